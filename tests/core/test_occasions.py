"""Grants by event: to those it is about, each once, and only for what happens while the offer is there."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from portal.core.claims import granting, occasions
from portal.core.club import club, consents
from portal.core.club.consents import Consent
from portal.core.club.members import Member
from portal.core.redeeming import reversals, scanning
from portal.core.redeeming.reversals import UndoReason
from tests import build
from tests.plumbing.clock import NOON

DAY, YEAR = timedelta(days=1), timedelta(days=365)


def due(session: Session, now: datetime = NOON) -> set[int]:
    """Whom something is due to; each of them is then given it, so that nothing is left."""
    gifts = occasions.due(session, now, most=100)
    for gift in gifts:
        granting.give(session, build.KEYRING, gift, now=now, chance=build.CHANCE)
    session.flush()
    assert occasions.due(session, now, most=100) == []
    return {gift.member_id for gift in gifts}


def joined(session: Session, at: datetime, **more) -> Member:
    member = build.a_member(session, **more)
    member.joined_at = at
    consents.record(session, member.id, Consent.TERMS, given=True, source="join", version="1", now=at)
    session.flush()
    return member


def test_who_joins_once_the_offer_is_there(session: Session) -> None:
    build.an_offer(session, grant_on="joining", created_at=NOON - DAY)
    joined(session, NOON - 2 * DAY)
    build.a_member(session, "Imported").joined_at = NOON
    new = joined(session, NOON)
    assert due(session) == {new.id}
    assert due(session, NOON + DAY) == set()


def test_who_has_reached_the_tier(session: Session) -> None:
    silver, gold = build.a_tier(session, "silver", 2, 500), build.a_tier(session, "gold", 3, 1500)
    build.an_offer(session, grant_on="tier", minimum_tier_id=silver.id)
    there = [build.a_member(session, tier=silver), build.a_member(session, tier=gold)]
    late = build.a_member(session)
    assert due(session) == {member.id for member in there}
    late.tier_id = silver.id
    session.flush()
    assert due(session) == {late.id}


def born(session: Session, day: str) -> Member:
    return build.a_member(session, profile={"birthday": day})


def test_days_before_a_birthday_once_a_year(session: Session) -> None:
    build.an_offer(session, grant_on="birthday", grant_after=7, per_member=None)
    today, week, later, past = (born(session, f"1990-06-{day}") for day in ("10", "17", "18", "09"))
    build.a_member(session)
    assert due(session) == {today.id, week.id}
    assert due(session, NOON + DAY) == {later.id}
    assert due(session, NOON + YEAR - DAY) == {today.id, past.id}


@pytest.mark.parametrize(
    "today, ahead, days",
    [
        (date(2027, 2, 27), 1, {2027: ["02-27", "02-28", "02-29"]}),
        (date(2028, 2, 28), 1, {2028: ["02-28", "02-29"]}),
        (date(2026, 12, 31), 1, {2026: ["12-31"], 2027: ["01-01"]}),
    ],
)
def test_birthdays_over_the_turn_of_a_year_and_on_leap_days(today, ahead, days) -> None:
    assert occasions._birthdays(today, ahead) == days


def redeems(session: Session, member: Member, place, key: str, now: datetime = NOON):
    claim = build.claim(session, member, build.an_offer(session))
    code = build.code_of(session, claim)
    scan = scanning.scan(session, build.KEYRING, code, place, key=key, now=now, acting_since=now)
    session.flush()
    return scan


def test_the_nth_redemption_counts_what_stands(session: Session) -> None:
    build.an_offer(session, grant_on="redemptions", grant_after=2)
    place, ada, eve = build.a_place(session), build.a_member(session), build.a_member(session, "Eve")
    redeems(session, ada, place, "1")
    redeems(session, eve, place, "2")
    undone = redeems(session, eve, place, "3")
    reversals.undo(session, place, undone.id, UndoReason.AT_ONCE, now=NOON)
    assert due(session) == set()
    redeems(session, ada, place, "4")
    assert due(session) == {ada.id}


def test_nobody_banned_and_nobody_who_has_enough_waiting(session: Session) -> None:
    silver = build.a_tier(session, "silver", 2, 500)
    offer = build.an_offer(session, grant_on="tier", minimum_tier_id=silver.id)
    build.a_member(session, tier=silver, banned_until=NOON + DAY)
    full = build.a_member(session, tier=silver)
    club.the(session).most_open_grants = 1
    build.a_grant(session, full, build.an_offer(session))
    assert due(session) == set()
    assert [gift.offer_id for gift in occasions.due(session, NOON + 2 * DAY, most=9)] == [offer.id]


def test_what_awaits_a_newcomer(session: Session) -> None:
    member, offer = build.a_member(session), build.an_offer(session, grant_on="joining")
    build.an_offer(session, grant_on="joining", status="paused")
    gifts = occasions.on_joining(session, member.id, NOON)
    assert [(gift.offer_id, gift.member_id) for gift in gifts] == [(offer.id, member.id)]
