"""What the till asks before it redeems: another basket, a minimum, an amount."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from portal.core.claims.claims import Claim
from portal.core.club.members import Member
from portal.core.redeeming import reversals, scanning, scans
from portal.core.redeeming.reversals import UndoReason
from portal.core.redeeming.scans import Outcome, Place, Scan
from tests import build
from tests.plumbing.clock import NOON

SOON = NOON + timedelta(minutes=2, seconds=59)


@pytest.fixture
def place(session: Session) -> Place:
    return build.a_place(session)


@pytest.fixture
def member(session: Session) -> Member:
    return build.a_member(session)


@pytest.mark.parametrize("first, second", [(False, True), (True, False), (False, False)])
def test_two_that_do_not_combine_ask_for_the_basket(
    session: Session, place: Place, member: Member, first: bool, second: bool
) -> None:
    present(session, place, a_claim(session, member, "Coffee", combines=first))
    scan = present(session, place, a_claim(session, member, "Cake", combines=second), SOON)
    asked = scans.unpack(scan.facts)
    assert (scan.outcome, asked["asks"]) == (Outcome.ASKED, ["other_basket"])
    assert (asked["before"], asked["before_at"]) == ("Coffee", NOON)
    assert scanning.confirm(session, place, scan.id, now=SOON).outcome == Outcome.REDEEMED


def test_two_that_combine_do_not(session: Session, place: Place, member: Member) -> None:
    present(session, place, a_claim(session, member))
    assert present(session, place, a_claim(session, member), SOON).outcome == Outcome.REDEEMED


def test_after_three_minutes_nobody_asks(session: Session, place: Place, member: Member) -> None:
    present(session, place, a_claim(session, member, combines=False))
    later = NOON + timedelta(minutes=3)
    assert present(session, place, a_claim(session, member), later).outcome == Outcome.REDEEMED


def test_another_members_basket_is_another(session: Session, place: Place, member: Member) -> None:
    present(session, place, a_claim(session, member, combines=False))
    other = a_claim(session, build.a_member(session, "Bela"))
    assert present(session, place, other, SOON).outcome == Outcome.REDEEMED


def test_what_was_undone_is_in_no_basket(session: Session, place: Place, member: Member) -> None:
    scan = present(session, place, a_claim(session, member, combines=False))
    reversals.undo(session, place, scan.id, UndoReason.AT_ONCE, now=NOON)
    assert present(session, place, a_claim(session, member), SOON).outcome == Outcome.REDEEMED


def test_several_questions_are_asked_at_once(session: Session, place: Place, member: Member) -> None:
    present(session, place, a_claim(session, member, combines=False))
    scan = present(session, place, a_claim(session, member, minimum_purchase=2500), SOON)
    assert scan.facts["asks"] == ["other_basket", "minimum_purchase"]


def a_claim(session: Session, member: Member, title: str = "Coffee", **terms: Any) -> Claim:
    return build.claim(session, member, build.an_offer(session, title, **terms))


def present(session: Session, place: Place, claim: Claim, now: datetime = NOON) -> Scan:
    code = build.code_of(session, claim)
    scan = scanning.scan(session, build.KEYRING, code, place, key=claim.reference, now=now, acting_since=NOON)
    session.flush()
    return scan
