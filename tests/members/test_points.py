"""Points and tiers: the balance, what expires when, each change with its offer, and how to go up."""

from datetime import timedelta

import pytest

from portal.core.points import balances, lots
from portal.core.reading.statement import LINES_SHOWN
from tests import build
from tests.members.ada import Ada
from tests.plumbing.clock import NOON

DAY = timedelta(days=1)


def test_each_change_has_its_offer_and_the_balance_after(ada: Ada) -> None:
    claim = ada.holds(ada.meets("Free coffee", points_cost=150))
    changes = ada.opens("/points").one(class_="ledger").all("li")
    assert [line.text for line in changes] == [
        "Free coffee −150 points Claimed Today, 12pm Balance 900",
        "Points earned +1,050 points Yesterday, 12pm Balance 1,050",
    ]
    assert changes[0].link("Free coffee") == f"/wallet/{claim.reference}"


def test_what_is_given_back_is_a_line_of_its_own(ada: Ada) -> None:
    claim = ada.holds(ada.meets("Free coffee", points_cost=150))
    ada.presses(ada.opens(f"/wallet/{claim.reference}/release").button("Give it back"))
    first = ada.opens("/points").one(class_="ledger").all("li")[0]
    assert first.text == "Free coffee +150 points Given back Today, 12pm Balance 1,050"


def test_it_says_what_expires_when(ada: Ada) -> None:
    earns(ada, 200, NOON + 20 * DAY)
    earns(ada, 50, None)
    expiry = ada.opens("/points").section("What expires when")
    assert [line.text for line in expiry.all("li")] == [
        "200 points expire on Tuesday 30 June",
        "1,050 points expire on Thursday 10 June 2027",
        "50 points never expire",
    ]


def test_points_of_one_day_are_one_line_and_the_far_ones_another(ada: Ada) -> None:
    for number in range(8):
        earns(ada, 10, NOON + number * DAY + DAY)
    earns(ada, 5, NOON + DAY + timedelta(hours=2))
    lines = ada.opens("/points").section("What expires when").all("li")
    assert lines[0].text == "15 points expire on Thursday 11 June"
    assert [line.text for line in lines[6:]] == ["1,070 points expire later"]


def test_dead_points_are_gone_before_a_sweep_writes_it_down(ada: Ada) -> None:
    earns(ada, 200, NOON + DAY)
    ada.clock.forward(days=3)
    page = ada.opens("/points")
    assert page.one(class_="bal").text == "You have 1,050 points to spend"
    before = page.one(class_="ledger").all("li")[0].text
    write_off(ada)
    after = ada.opens("/points").one(class_="ledger").all("li")[0].text
    assert before == after == "Points expired −200 points Thu 11 June Balance 1,050"


def test_older_changes_come_a_page_at_a_time(ada: Ada) -> None:
    for _number in range(LINES_SHOWN + 4):
        earns(ada, 1, None)
    page = ada.opens("/points")
    assert len(page.one(class_="ledger").all("li")) == LINES_SHOWN
    older = ada.opens(page.link("Older changes"))
    assert older.headings() == ["Older changes", "Every change"]
    assert len(older.one(class_="ledger").all("li")) == 5
    assert [link for link in older.all("a") if link.text == "Older changes"] == []


@pytest.mark.parametrize("before", ["0", "-1", "x", "9" * 40])
def test_an_address_without_sense_is_the_first_page(ada: Ada, before: str) -> None:
    assert ada.opens(f"/points?before={before}").headings()[:2] == ["Points", "What expires when"]


def test_past_the_first_line_there_is_nothing(ada: Ada) -> None:
    assert "That was the first one." in ada.opens("/points?before=1").text


def test_the_ways_to_earn_are_there(ada: Ada) -> None:
    ways = ada.opens("/points").one("section", id="earn")
    assert ways.headings()[0] == "Ways to earn points"
    assert len(ways.headings()) > 1
    assert ways.link("How tiers work") == "/tiers"


def test_without_points_the_page_says_how_it_begins(app, session, clock) -> None:
    eve = Ada(app, session, clock).join(name="Eve")
    page = eve.opens("/points")
    assert "You have no points now, so none can expire." in page.text
    assert page.section("No points yet").link("See offers") == "/offers"


def test_it_shows_nobody_elses_changes(ada: Ada) -> None:
    other = build.a_member(ada.session, "Eve", points=7)
    build.claim(ada.session, other, ada.meets("Free tea", points_cost=5))
    ada.session.commit()
    assert "Free tea" not in ada.opens("/points").text


def test_it_asks_five_questions_however_long_the_story_is(ada: Ada) -> None:
    ada.opens("/points")
    for number in range(8):
        ada.holds(ada.meets(f"Offer {number}", points_cost=10))
        earns(ada, 3, NOON + number * DAY)
    with ada.counting() as sent:
        ada.opens("/points")
    assert len(sent) == 5


def earns(ada: Ada, points: int, expires_at) -> None:
    balances.lock(ada.session, ada.member.id)
    build.earn(ada.session, ada.member.id, points, now=ada.clock(), expires_at=expires_at)
    ada.session.commit()


def write_off(ada: Ada) -> None:
    balances.lock(ada.session, ada.member.id)
    lots.write_off_due(ada.session, ada.member.id, ada.clock())
    ada.session.commit()
