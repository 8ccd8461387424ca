"""Posters: managers print them, the QR leads to joining for the offer, and what it takes is on the sheet."""

import re
from datetime import UTC, datetime

import pytest

from portal.core.club.accounts import Role
from portal.core.offers.offers import BenefitKind, Status
from tests import build
from tests.counter.town import Town
from tests.plumbing.clock import NOON

DAY = datetime(2026, 12, 31, 22, tzinfo=UTC)


@pytest.fixture
def manager(town: Town):
    manager = town.staff("Jonas", "1357", town.store, role=Role.MANAGER)
    return town.device(manager)


def test_managers_find_posters_before_they_choose_a_till(town, manager):
    build.an_offer(town.session, "Free coffee", slug="coffee")
    town.session.commit()
    assert "Posters" in manager.open("/counter").text
    assert 'href="/counter/posters/coffee"' in manager.open("/counter/posters").html
    assert "Posters" not in town.device(town.ona).open("/counter").text


def test_other_staff_are_told_that_it_is_not_for_them(town):
    build.an_offer(town.session, slug="coffee")
    town.session.commit()
    for path in ("/counter/posters", "/counter/posters/coffee"):
        assert town.page.open(path).status == 403


def test_the_sheet_says_what_whoever_joins_gets(town, manager):
    build.an_offer(town.session, "Free coffee", slug="coffee", claim_to=DAY)
    town.session.commit()
    sheet = manager.open("/counter/posters/coffee")
    assert "Free coffee Where All stores Until Thursday 31 December 2026" in sheet.text
    assert "Free for members. Join, and the code is in your wallet." in sheet.text
    assert "Type this into your browser: 127.0.0.1:8000/join?offer=coffee" in sheet.text


def test_the_sheet_says_what_else_it_takes(town, manager):
    gold = build.a_tier(town.session, "gold", 3)
    terms = {"benefit_kind": BenefitKind.FIXED_AMOUNT, "benefit_value": 500, "points_cost": 150}
    terms |= {"minimum_purchase": 2500, "minimum_tier_id": gold.id, "claim_from": DAY}
    build.an_offer(town.session, "Off a paperback", slug="book", **terms)
    town.session.commit()
    said = manager.open("/counter/posters/book").text
    assert "€5 off Off a paperback Where All stores Spend €25 or more Costs 150 points" in said
    assert "From tier Gold From Friday 1 January 2027" in said
    assert "For members. Join, and see what it takes to have it." in said


@pytest.mark.parametrize("terms", [{"status": Status.DRAFT}, {"status": Status.PAUSED}, {"claim_to": NOON}])
def test_there_is_no_poster_of_what_nobody_can_have(town, manager, terms):
    build.an_offer(town.session, slug="gone", **terms)
    town.session.commit()
    assert manager.open("/counter/posters/gone").status == 404
    assert "Nothing to print yet" in manager.open("/counter/posters").text


def test_the_way_on_the_sheet_is_the_way_to_join(town, manager):
    build.an_offer(town.session, "Free coffee", slug="coffee")
    town.session.commit()
    [typed] = re.findall(r"127\.0\.0\.1:8000(/join\?[^<]+)", manager.open("/counter/posters/coffee").html)
    assert "Join and get: Free coffee" in manager.open(typed).text


def test_what_newcomers_do_not_see_is_on_no_poster_and_joining_does_not_name_it(town, manager):
    silver_only = '{"==": [{"var": "member.tier"}, "silver"]}'
    build.an_offer(town.session, "Secret supper", slug="secret", view_condition=silver_only)
    build.an_offer(town.session, "For parents", slug="kids", audience='{">": [{"var": "member.age"}, 30]}')
    town.session.commit()
    listed = manager.open("/counter/posters").text
    assert ("Secret supper" in listed, "For parents" in listed) == (False, True)
    assert manager.open("/counter/posters/secret").status == 404
    assert "Secret supper" not in manager.open("/join?offer=secret").text
    assert "“For parents” says what it takes to have it." in manager.open("/join?offer=kids").text
