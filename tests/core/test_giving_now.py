"""Staff give on the spot: claimed and redeemed in one act, or neither; taken back by a manager; bans."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core.claims.acts import By
from portal.core.claims.claims import Claim
from portal.core.club import banning
from portal.core.offers import offers
from portal.core.offers.offers import Offer
from portal.core.reading import audit
from portal.core.redeeming import giving, reversals
from portal.core.redeeming.giving import Gift
from portal.core.redeeming.redemptions import Redemption
from portal.core.redeeming.scans import Outcome, Place, Scan
from portal.core.refusals import (
    AlreadyVoided,
    ClaimNotCancellable,
    IdempotencyKeyReused,
    InsufficientPoints,
    MemberBanned,
    VoidWindowClosed,
    WrongStore,
)
from tests import build
from tests.plumbing.clock import NOON

BY = By("mistake")


@pytest.fixture
def place(session: Session) -> Place:
    return build.a_place(session)


def test_one_act_claims_pays_and_redeems(session: Session, place: Place) -> None:
    member, offer = build.a_member(session, points=80), build.an_offer(session, points_cost=50, stock=1)
    scan = give(session, member.id, offer, place)
    claim = session.get_one(Claim, scan.claim_id)
    assert (scan.outcome, claim.closed_reason, claim.price_paid) == (Outcome.REDEEMED, "redeemed", 50)
    assert list(audit.breaches(session, build.KEYRING)) == []


def test_staff_give_what_members_may_not_claim(session: Session, place: Place) -> None:
    offer = build.an_offer(session, self_claim=False)
    assert give(session, build.a_member(session).id, offer, place).outcome == Outcome.REDEEMED


def test_the_same_key_gives_once_and_only_that(session: Session, place: Place) -> None:
    member, offer = build.a_member(session), build.an_offer(session, per_member=5)
    assert give(session, member.id, offer, place).id == give(session, member.id, offer, place).id
    assert len(session.scalars(select(Redemption)).all()) == 1
    with pytest.raises(IdempotencyKeyReused):
        give(session, build.a_member(session).id, offer, place)


def test_who_cannot_pay_is_given_nothing(session: Session, place: Place) -> None:
    member, offer = build.a_member(session, points=49), build.an_offer(session, points_cost=50)
    with pytest.raises(InsufficientPoints), session.begin_nested():
        give(session, member.id, offer, place)
    assert nothing_moved(session)


def test_what_does_not_work_here_is_not_claimed_either(session: Session, place: Place) -> None:
    offer = build.an_offer(session, stock=3)
    offers.set_stores(session, offer, [build.a_store(session, "Mill").id])
    with pytest.raises(WrongStore), session.begin_nested():
        give(session, build.a_member(session).id, offer, place)
    assert nothing_moved(session)


def test_a_manager_takes_it_back_and_the_code_works_again(session: Session, place: Place) -> None:
    claim, done = given(session, place)
    reversals.reverse(session, done.id, "mistake", by=None, now=NOON + timedelta(days=90))
    session.refresh(claim)
    assert (claim.state, claim.uses_left) == ("claimed", 1)
    with pytest.raises(AlreadyVoided):
        reversals.reverse(session, done.id, "mistake", by=None, now=NOON)
    assert list(audit.breaches(session, build.KEYRING)) == []


def test_after_ninety_days_it_stays(session: Session, place: Place) -> None:
    _, done = given(session, place)
    with pytest.raises(VoidWindowClosed):
        reversals.reverse(session, done.id, "late", by=None, now=NOON + timedelta(days=90, seconds=1))


def test_a_manager_takes_it_back_and_cancels_the_claim(session: Session, place: Place) -> None:
    claim, done = given(session, place)
    assert reversals.reverse_and_cancel(session, done.id, BY, now=NOON) == 50
    session.refresh(claim)
    assert claim.closed_reason == "cancelled"
    assert list(audit.breaches(session, build.KEYRING)) == []


def test_a_claim_that_stays_used_in_part_is_not_cancelled(session: Session, place: Place) -> None:
    member, offer = build.a_member(session), build.an_offer(session, uses_per_claim=2)
    scan = give(session, member.id, offer, place)
    claim = session.get_one(Claim, scan.claim_id)
    from tests.core.test_redeeming import present

    present(session, place, claim, NOON + timedelta(minutes=1))
    done = session.scalars(select(Redemption).order_by(Redemption.id)).first()
    assert done is not None
    with pytest.raises(ClaimNotCancellable), session.begin_nested():
        reversals.reverse_and_cancel(session, done.id, BY, now=NOON)
    session.refresh(claim)
    assert claim.uses_left == 0


def test_a_ban_stops_claims_and_ends_nothing(session: Session, place: Place) -> None:
    member, offer = build.a_member(session), build.an_offer(session)
    banning.ban(session, member, NOON + timedelta(days=2), reason="shouting", by=None, now=NOON)
    session.flush()
    with pytest.raises(MemberBanned), session.begin_nested():
        give(session, member.id, offer, place)
    assert banning.lift(session, member, reason="sorry", by=None, now=NOON)
    session.flush()
    assert give(session, member.id, offer, place).outcome == Outcome.REDEEMED
    assert not banning.lift(session, member, reason="sorry", by=None, now=NOON)


def give(session: Session, member_id: int, offer: Offer, place: Place) -> Scan:
    gift = Gift(member_id, offer.id, "tap")
    scan = giving.give_now(session, build.KEYRING, gift, place, now=NOON, chance=build.CHANCE)
    session.flush()
    return scan


def given(session: Session, place: Place) -> tuple[Claim, Redemption]:
    member, offer = build.a_member(session, points=50), build.an_offer(session, points_cost=50, stock=1)
    scan = give(session, member.id, offer, place)
    return session.get_one(Claim, scan.claim_id), session.scalars(select(Redemption)).one()


def nothing_moved(session: Session) -> bool:
    rows = [session.scalars(select(each)).all() for each in (Claim, Redemption, Scan)]
    return rows == [[], [], []] and list(audit.breaches(session, build.KEYRING)) == []
