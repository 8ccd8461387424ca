"""Handing over: nothing moves until the other accepts; then the old code is dead and a new one works."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from portal.core.claims import claims, handovers, locks
from portal.core.claims.acts import By
from portal.core.claims.claims import Claim, Reading
from portal.core.club.members import Member
from portal.core.reading import audit
from portal.core.redeeming import scanning
from portal.core.refusals import (
    ClaimNotFound,
    ClaimNotTransferable,
    CodeLocked,
    MemberBanned,
    OfferAlreadyClaimed,
    TierRequired,
)
from tests import build
from tests.plumbing.clock import NOON

DAY = timedelta(days=1)


def held(session: Session, **terms) -> Claim:
    """A claim of Ada's that cost her points."""
    given = {"reassignable": True, "points_cost": 50, "stock": 3, **terms}
    return build.claim(session, build.a_member(session, points=50), build.an_offer(session, **given))


def offered(session: Session, claim: Claim, to: Member | None, now=NOON) -> str:
    whom = None if to is None else to.id
    return handovers.offer(session, claim.member_id, claim.reference, whom, now=now, chance=build.CHANCE)


def accept(session: Session, member: Member, reference: str, now=NOON) -> Claim:
    new = handovers.accept(session, build.KEYRING, member.id, reference, now=now, chance=build.CHANCE)
    found = claims.find(session, member.id, new)
    assert found is not None
    return found


def present(session: Session, code: str, key: str) -> str:
    place = build.a_place(session)
    scan = scanning.scan(session, build.KEYRING, code, place, key=key, now=NOON, acting_since=NOON)
    return scan.refusal or scan.outcome


def test_the_old_code_dies_and_a_new_one_works(session: Session) -> None:
    claim, eve = held(session), build.a_member(session, "Eve")
    old = build.code_of(session, claim)
    new = accept(session, eve, offered(session, claim, eve))
    before = claims.locked(session, claim.id)
    assert claims.reading(claims.moment(before), NOON) is Reading.TRANSFERRED
    assert (before.successor_id, new.terms, new.expires_at) == (new.id, claim.terms, claim.expires_at)
    assert (new.price_paid, claims.can_be_given_back(new, NOON)) == (0, False)
    assert present(session, old, "1") == "code_revoked"
    assert present(session, build.code_of(session, new), "1") == "redeemed"
    assert list(audit.breaches(session, build.KEYRING)) == []


def test_until_it_is_accepted_nothing_moves(session: Session) -> None:
    claim, eve = held(session), build.a_member(session, "Eve")
    offered(session, claim, eve)
    assert present(session, build.code_of(session, claim), "1") == "redeemed"


def test_nobody_else_accepts_it_and_nobody_twice(session: Session) -> None:
    claim, eve, mia = held(session), build.a_member(session, "Eve"), build.a_member(session, "Mia")
    reference = offered(session, claim, eve)
    with pytest.raises(ClaimNotFound):
        accept(session, mia, reference)
    accept(session, eve, reference)
    with pytest.raises(ClaimNotFound):
        accept(session, eve, reference)


def test_an_unknown_recipient_is_answered_like_any_other(session: Session) -> None:
    assert offered(session, held(session), None)


@pytest.mark.parametrize("end", ["taken back", "declined", "offered to another", "late"])
def test_an_offer_that_has_ended_is_not_there(session: Session, end: str) -> None:
    claim, eve = held(session), build.a_member(session, "Eve")
    reference = offered(session, claim, eve)
    if end == "taken back":
        handovers.take_back(session, claim.member_id, claim.reference, now=NOON)
    elif end == "declined":
        handovers.decline(session, eve.id, reference, now=NOON)
    elif end == "offered to another":
        offered(session, claim, build.a_member(session, "Mia"))
    with pytest.raises(ClaimNotFound):
        accept(session, eve, reference, now=NOON + 7 * DAY if end == "late" else NOON)
    assert claims.reading(claims.moment(claims.locked(session, claim.id)), NOON) is Reading.READY


def test_who_may_not_have_it_is_refused_and_nothing_moves(session: Session) -> None:
    gold = build.a_tier(session, "gold", 3, 1500)
    ada = build.a_member(session, tier=gold)
    offer = build.an_offer(session, reassignable=True, minimum_tier_id=gold.id)
    claim = build.claim(session, ada, offer)
    banned = build.a_member(session, "Mia", tier=gold, banned_until=NOON + DAY)
    has_one = build.a_member(session, "Eve", tier=gold)
    build.claim(session, has_one, offer)
    for member, refusal in (
        (build.a_member(session), TierRequired),
        (banned, MemberBanned),
        (has_one, OfferAlreadyClaimed),
    ):
        reference = offered(session, claim, member)
        before = session.begin_nested()
        with pytest.raises(refusal):
            accept(session, member, reference)
        before.rollback()
    assert claims.locked(session, claim.id).state == "claimed"


@pytest.mark.parametrize("terms", [{"reassignable": False}, {"store_code": "X1"}, {"code_mode": "none"}])
def test_what_cannot_be_handed_over(session: Session, terms) -> None:
    with pytest.raises(ClaimNotTransferable):
        offered(session, held(session, **terms), build.a_member(session, "Eve"))


def test_a_locked_one_waits_and_ones_own_is_no_gift(session: Session) -> None:
    claim, eve = held(session), build.a_member(session, "Eve")
    with pytest.raises(ClaimNotTransferable):
        handovers.offer(
            session, claim.member_id, claim.reference, claim.member_id, now=NOON, chance=build.CHANCE
        )
    reference = offered(session, claim, eve)
    locks.lock(session, claim.reference, "basket:1", By("sale"), until=NOON + DAY, now=NOON)
    with pytest.raises(CodeLocked):
        accept(session, eve, reference)
