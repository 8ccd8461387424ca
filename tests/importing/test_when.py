"""When codes work, from a list: clocks as days of the club, hours as people write them."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core.offers import timeframes
from portal.core.offers.offers import Offer
from portal.core.offers.timeframes import Timeframe
from portal.core.redeeming import scanning
from tests import build
from tests.importing.test_offers import COFFEE, table
from tests.plumbing.clock import NOON

CLOCKS = {
    "visible_from": "2026-05-01",
    "visible_to": "2026-12-31",
    "use_from": "2026-06-01",
    "use_to": "2026-12-31T18:00+02:00",
    "starts_after_days": "2",
    "starts_after_minutes": "90",
}
KEPT = {
    "visible_from": datetime(2026, 4, 30, 21, tzinfo=UTC),
    "visible_to": datetime(2026, 12, 31, 22, tzinfo=UTC),
    "use_from": datetime(2026, 5, 31, 21, tzinfo=UTC),
    "use_to": datetime(2026, 12, 31, 16, tzinfo=UTC),
    "starts_after_days": 2,
    "starts_after_minutes": 90,
}
HOURS = {
    "mon-fri 07:00-10:00": [Timeframe(days=(0, 1, 2, 3, 4), begins=420, ends=600)],
    "TUE | sat,sun 22:00-2:00": [Timeframe(days=(1,)), Timeframe(days=(5, 6), begins=1320, ends=120)],
    "12:00-24:00": [Timeframe(begins=720)],
    "fri-mon,wed": [Timeframe(days=(0, 2, 4, 5, 6))],
    "": [],
}


def test_every_clock_comes_in(bring, session):
    assert bring("offers", table(COFFEE | CLOCKS, extra=CLOCKS)).output.startswith("offers.csv: 1 new")
    assert {name: getattr(the(session), name) for name in KEPT} == KEPT


@pytest.mark.parametrize("text", HOURS)
def test_hours_are_written_as_people_do(bring, session, text):
    bring("offers", table(COFFEE | {"hours": text}, extra=["hours"]))
    assert the(session).timeframes == timeframes.kept(HOURS[text])


def test_new_hours_make_a_new_version_and_a_file_without_them_keeps_them(bring, session):
    bring("offers", table(COFFEE | {"hours": "tue"}, extra=["hours"]))
    assert "1 unchanged" in bring("offers", table(COFFEE | {"hours": "tue"}, extra=["hours"])).output
    assert "1 unchanged" in bring("offers", table(COFFEE)).output
    bring("offers", table(COFFEE | {"hours": "wed"}, extra=["hours"]))
    assert (the(session).version, the(session).timeframes[0]["days"]) == (2, [2])


@pytest.mark.parametrize(
    "text", ["always", "mon-xyz", "07:00-07:00", "25:00-26:00", "mon 7-10", "24:00-01:00"]
)
def test_other_hours_are_mended(bring, text):
    said = bring("offers", table(COFFEE | {"hours": text}, extra=["hours"])).output
    assert "Line 2, hours: use days and hours such as mon-fri 07:00-10:00, with | between several." in said


@pytest.mark.parametrize(
    "cells, mend",
    [
        (
            {"use_from": "2026-06-02", "use_to": "2026-06-01"},
            "use_to: use a day that is not before use_from.",
        ),
        (
            {"starts_after_days": "3", "valid_days": "2"},
            "valid_days: use at least as many days as starts_after_days, or the code never works.",
        ),
        ({"starts_after_days": "0"}, "starts_after_days: use a whole number from 1"),
    ],
)
def test_clocks_that_never_meet_are_mended(bring, cells, mend):
    said = bring("offers", table(COFFEE | cells, extra=cells.keys() - {"valid_days"})).output
    assert f"Line 2, {mend}" in said


def test_a_limit_for_a_period_comes_in(bring, session):
    twice = {"per_period": "2", "period": "Month"}
    assert "1 new" in bring("offers", table(COFFEE | twice, extra=twice)).output
    assert (the(session).per_period, the(session).period) == (2, "month")
    bring("offers", table(COFFEE, extra=twice))
    assert (the(session).per_period, the(session).period, the(session).version) == (None, None, 2)


@pytest.mark.parametrize("cells", [{"per_period": "2"}, {"period": "day"}, {"per_period": "2", "period": ""}])
def test_half_a_limit_for_a_period_is_mended(bring, cells):
    said = bring("offers", table(COFFEE | cells, extra=cells)).output
    assert "Line 2, period: fill in both per_period and period, or neither." in said


LIMITS = {
    "uses_per_member": "5",
    "uses_per_period": "1",
    "uses_period": "day",
    "redemptions_in_all": "100",
    "redemptions_per_store": "50",
    "redemptions_per_store_day": "10",
    "use_cost": "4.50",
    "budget": "1000",
}


def test_limits_of_redemptions_come_in(bring, session):
    assert "1 new" in bring("offers", table(COFFEE | LIMITS, extra=LIMITS)).output
    offer = the(session)
    sums = (offer.use_cost, offer.budget)
    numbers = (offer.uses_per_member, offer.uses_per_period, offer.redemptions_in_all)
    places = (offer.redemptions_per_store, offer.redemptions_per_store_day)
    assert (numbers, places, sums, offer.uses_period) == ((5, 1, 100), (50, 10), (450, 100000), "day")


@pytest.mark.parametrize(
    "cells, mend",
    [
        ({"uses_per_period": "2"}, "uses_period: fill in both uses_per_period and uses_period, or neither."),
        ({"budget": "100"}, "benefit: with a budget, say in use_cost what one free_item costs the club."),
        ({"budget": "0"}, "budget: use a sum above 0, or leave it empty."),
        ({"redemptions_in_all": "0"}, "redemptions_in_all: use a whole number from 1"),
    ],
)
def test_limits_that_limit_nothing_are_mended(bring, cells, mend):
    said = bring("offers", table(COFFEE | cells, extra=cells)).output
    assert f"Line 2, {mend}" in said


def test_a_limit_set_again_counts_what_was_redeemed_without_it(bring, session):
    place, member = build.a_place(session), build.a_member(session)
    session.commit()
    came: list[str] = []
    for limit, scans in (("9", 1), ("", 2), ("3", 1)):
        bring("offers", table(COFFEE | {"redemptions_in_all": limit}, extra=["redemptions_in_all"]))
        for _ in range(scans):
            code, key = build.code_of(session, build.claim(session, member, the(session))), str(len(came))
            scan = scanning.scan(session, build.KEYRING, code, place, key=key, now=NOON, acting_since=NOON)
            came.append(scan.refusal or scan.outcome)
            session.commit()
    assert came == ["redeemed"] * 3 + ["offer_used_up"]


def the(session: Session) -> Offer:
    session.rollback()
    return session.scalars(select(Offer)).one()
