"""Giving back: the code dies, and what was taken returns to where it came from."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from portal.core.claims import releases
from portal.core.offers.stock import Stock
from portal.core.points import balances, lots
from portal.core.reading import audit
from portal.core.redeeming import scanning
from portal.core.redeeming.scans import Outcome
from portal.core.refusals import ClaimNotCancellable, ClaimNotFound
from tests import build
from tests.plumbing.clock import NOON

MINUTE = timedelta(minutes=1)


def test_points_return_to_the_same_lots(session: Session) -> None:
    member = build.a_member(session)
    lots.earn(session, member.id, 100, now=NOON - MINUTE, expires_at=NOON + timedelta(days=1))
    lots.earn(session, member.id, 150, now=NOON - MINUTE, expires_at=None)
    before = lots.of_member(session, member.id)
    claim = build.claim(session, member, build.an_offer(session, points_cost=120))
    assert releases.give_back(session, member.id, claim.reference, now=NOON + MINUTE) == 120
    assert lots.of_member(session, member.id) == before
    assert list(audit.breaches(session, build.KEYRING)) == []


def test_points_whose_lot_has_died_since_come_back_and_expire_in_one_act(session: Session) -> None:
    member = build.a_member(session)
    lots.earn(session, member.id, 100, now=NOON - MINUTE, expires_at=NOON + MINUTE)
    claim = build.claim(session, member, build.an_offer(session, points_cost=100))
    assert releases.give_back(session, member.id, claim.reference, now=NOON + 2 * MINUTE) == 0
    assert balances.lock(session, member.id).balance == 0
    assert list(audit.breaches(session, build.KEYRING)) == []


def test_stock_and_the_place_in_the_limit_return(session: Session) -> None:
    member, offer = build.a_member(session), build.an_offer(session, stock=1)
    claim = build.claim(session, member, offer)
    releases.give_back(session, member.id, claim.reference, now=NOON)
    assert build.claim(session, member, offer).reference != claim.reference
    assert session.get_one(Stock, (offer.id, 0), populate_existing=True).remaining == 0
    assert list(audit.breaches(session, build.KEYRING)) == []


def test_the_code_is_dead_at_the_counter(session: Session) -> None:
    member = build.a_member(session)
    claim = build.claim(session, member, build.an_offer(session))
    code = build.code_of(session, claim)
    releases.give_back(session, member.id, claim.reference, now=NOON)
    scan = scanning.scan(
        session, build.KEYRING, code, build.a_place(session), key="1", now=NOON, acting_since=NOON
    )
    assert (scan.outcome, scan.refusal) == (Outcome.REFUSED, "code_revoked")


def test_giving_back_twice_is_giving_back_once(session: Session) -> None:
    member = build.a_member(session, points=50)
    claim = build.claim(session, member, build.an_offer(session, points_cost=50))
    returned = [releases.give_back(session, member.id, claim.reference, now=NOON) for _ in range(2)]
    assert returned == [50, 50]
    assert balances.lock(session, member.id).balance == 50


def test_after_the_minutes_are_over_it_is_refused(session: Session) -> None:
    member = build.a_member(session)
    claim = build.claim(session, member, build.an_offer(session, give_back_minutes=15))
    with pytest.raises(ClaimNotCancellable):
        releases.give_back(session, member.id, claim.reference, now=NOON + 15 * MINUTE)


def test_a_store_code_once_shown_cannot_be_given_back(session: Session) -> None:
    member = build.a_member(session)
    claim = build.claim(session, member, build.an_offer(session, store_code="10OFFSTORE"))
    with pytest.raises(ClaimNotCancellable):
        releases.give_back(session, member.id, claim.reference, now=NOON)


def test_nobody_gives_back_what_is_another_members(session: Session) -> None:
    claim = build.claim(session, build.a_member(session), build.an_offer(session))
    eve = build.a_member(session, "Eve")
    with pytest.raises(ClaimNotFound):
        releases.give_back(session, eve.id, claim.reference, now=NOON)
