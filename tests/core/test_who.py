"""Whom an offer is for: who sees it, who may have it, and how many that are."""

import json
from datetime import timedelta

import pytest

from portal.core.base import Facts
from portal.core.club import fields
from portal.core.club.fields import Editor, FieldKind
from portal.core.offers.audience.people import Person
from portal.core.points import balances
from portal.core.reading import audiences, catalogue
from portal.core.reading.people import MemberHere
from portal.core.refusals import NotEligible, OfferNotFound
from tests import build
from tests.plumbing.clock import NOON

DAY = timedelta(days=1)
MOTHERS = json.dumps({"and": [{">=": [{"var": "children"}, 1]}, {"===": [{"var": "gender"}, "female"]}]})
GOLD = json.dumps({"===": [{"var": "member.tier"}, "gold"]})


@pytest.fixture
def club(session):
    build.a_club(session)
    fields.declare(session, "children", "Children", FieldKind.INTEGER, purpose="")
    fields.declare(session, "gender", "", FieldKind.CHOICE, purpose="", options=["female", "male"])
    fields.declare(session, "birthday", "Birthday", FieldKind.DATE, purpose="", editor=Editor.MEMBER)
    return session


def here(member, tier=None):
    person = Person(member.profile, tier, member.language, member.joined_at)
    return MemberHere(1, member.id, "Ada", "en", 0, None, None, 0, None, None, "system", person)


@pytest.mark.parametrize(
    "terms, fits, does_not",
    [
        (
            {"audience": MOTHERS},
            {"profile": {"children": 2, "gender": "female"}},
            {"profile": {"children": 2}},
        ),
        ({"audience": MOTHERS}, {"profile": {"children": 1, "gender": "female"}}, {}),
        (
            {"new_member_days": 7},
            {"joined": NOON - 7 * DAY + timedelta(seconds=1)},
            {"joined": NOON - 7 * DAY},
        ),
        (
            {"birthday_month": True},
            {"profile": {"birthday": "1985-06-30"}},
            {"profile": {"birthday": "1985-05-31"}},
        ),
        ({"birthday_month": True}, {"profile": {"birthday": "2000-06-01"}}, {}),
    ],
)
def test_an_offer_is_for_whom_its_rules_fit(club, terms, fits, does_not):
    offer = build.an_offer(club, **terms)
    build.claim(club, a_member(club, **fits), offer)
    other = a_member(club, **does_not)
    club.commit()
    with pytest.raises(NotEligible):
        build.claim(club, other, offer)
    club.rollback()
    assert balances.lock(club, other.id).balance == 0


def test_a_view_condition_hides_the_offer_from_whom_it_excludes(club):
    gold = build.a_tier(club, "gold", 3)
    offer = build.an_offer(club, view_condition=GOLD, public=True)
    ada, bo = build.a_member(club, tier=gold), build.a_member(club, "Bo")
    club.commit()
    with pytest.raises(OfferNotFound):
        build.claim(club, bo, offer)
    club.rollback()
    assert [len(catalogue.shelf(club, one, NOON)) for one in (here(ada, "gold"), here(bo))] == [1, 0]
    assert catalogue.item(club, here(bo), offer.slug, NOON) is None
    assert catalogue.public_shelf(club, "en", NOON) == []
    assert catalogue.public_item(club, offer.slug, "en", NOON) is None
    build.claim(club, ada, offer)


def test_who_holds_a_code_still_finds_its_offer(club):
    offer, ada = build.an_offer(club), build.a_member(club)
    build.claim(club, ada, offer)
    offer.view_condition = GOLD
    club.flush()
    assert catalogue.item(club, here(ada), offer.slug, NOON) is not None


def test_a_guest_sees_what_asks_for_members_and_is_asked_nothing(club):
    build.an_offer(club, audience=MOTHERS, new_member_days=1, birthday_month=True, public=True)
    [item] = catalogue.public_shelf(club, "en", NOON)
    assert item.eligibility.refusal is None


def test_a_refusal_says_which_rule_it_was(club):
    facts = []
    for terms in ({"new_member_days": 7}, {"birthday_month": True}, {"audience": MOTHERS}):
        with pytest.raises(NotEligible) as refused:
            build.claim(club, build.a_member(club), build.an_offer(club, **terms))
        facts.append(refused.value.facts)
    assert facts == [{"new_member_days": 7}, {"birthday_told": False}, {}]


def test_counting_finds_those_whom_the_deed_lets_in(club):
    gold = build.a_tier(club, "gold", 3)
    rules: Facts = {"new_member_days": 7, "birthday_month": True, "minimum_tier_id": gold.id}
    offer = build.an_offer(club, audience=MOTHERS, view_condition=GOLD, **rules)
    fitting = {"children": 2, "gender": "female", "birthday": "1985-06-30"}
    build.claim(club, a_member(club, fitting, joined=NOON - DAY, tier=gold), offer)
    for lacking in fitting:
        profile = {key: told for key, told in fitting.items() if key != lacking}
        a_member(club, profile, joined=NOON - DAY, tier=gold)
    a_member(club, fitting, joined=NOON - DAY)
    a_member(club, fitting, tier=gold)
    reach = audiences.reach(club, offer, NOON)
    assert (reach.members, reach.shown, reach.let_in) == (6, 5, 1)


def test_an_offer_for_everybody_reaches_everybody(club):
    build.a_member(club)
    assert audiences.reach(club, build.an_offer(club), NOON) == audiences.Reach(1, 1, 1)


def a_member(session, profile=None, joined=None, tier=None):
    member = build.a_member(session, tier=tier, profile=profile or {})
    member.joined_at = joined or member.joined_at
    session.flush()
    return member
