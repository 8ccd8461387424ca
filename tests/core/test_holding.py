"""What can be done with a claim: cancel, unclaim, extend, lock, withdraw with the offer, claim again."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from portal.core.claims import cancelling, claims, expiry, extending, locks, releases
from portal.core.claims.acts import By
from portal.core.claims.claims import Claim, Reading
from portal.core.offers import grants
from portal.core.offers.grants import GrantState
from portal.core.offers.offers import Status
from portal.core.offers.stock import Stock
from portal.core.points import balances, lots
from portal.core.reading import audit
from portal.core.records.journal import JournalEntry
from portal.core.redeeming import reversals, scanning
from portal.core.redeeming.reversals import UndoReason
from portal.core.refusals import (
    ClaimNotCancellable,
    ClaimNotExtendable,
    CodeLocked,
    OfferAlreadyClaimed,
    VoidWindowClosed,
)
from tests import build
from tests.plumbing.clock import NOON

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
BY = By("asked by phone")


def again(session: Session, claim: Claim) -> Claim:
    session.flush()
    return claims.locked(session, claim.id)


def reads(session: Session, claim: Claim, now=NOON) -> Reading:
    return claims.reading(claims.moment(again(session, claim)), now)


def scan(session: Session, claim: Claim, place, key: str, now=NOON):
    code = build.code_of(session, claim)
    came = scanning.scan(session, build.KEYRING, code, place, key=key, now=now, acting_since=now)
    session.flush()
    return came


def clean(session: Session) -> bool:
    return list(audit.breaches(session, build.KEYRING)) == []


def test_cancelling_gives_points_stock_and_place_back_and_says_why(session: Session) -> None:
    member, offer = build.a_member(session, points=100), build.an_offer(session, points_cost=80, stock=1)
    before = lots.of_member(session, member.id)
    claim = build.claim(session, member, offer)
    assert cancelling.cancel(session, claim.reference, BY, now=NOON + DAY) == 80
    assert (reads(session, claim), lots.of_member(session, member.id)) == (Reading.CANCELLED, before)
    entry = session.query(JournalEntry).filter_by(act="claim_cancelled").one()
    assert (entry.subject, entry.reason) == (f"claim:{claim.reference}", "asked by phone")
    build.claim(session, member, offer, now=NOON + DAY)
    assert (session.query(Stock).one().remaining, clean(session)) == (0, True)


def test_what_was_used_or_is_over_is_not_cancelled(session: Session) -> None:
    place = build.a_place(session)
    used = build.claim(session, build.a_member(session), build.an_offer(session, uses_per_claim=2))
    scan(session, used, place, "1")
    over = build.claim(session, build.a_member(session), build.an_offer(session))
    for claim, now in ((used, NOON), (over, NOON + 40 * DAY)):
        with pytest.raises(ClaimNotCancellable):
            cancelling.cancel(session, claim.reference, BY, now=now)


def test_unclaiming_opens_the_grant_again(session: Session) -> None:
    member, offer = build.a_member(session), build.an_offer(session, named_only=True)
    grant = build.a_grant(session, member, offer)
    claim = build.claim(session, member, offer)
    cancelling.unclaim(session, claim.reference, BY, now=NOON + DAY)
    found = grants.find(session, grant)
    assert found is not None
    assert found.state == GrantState.OPEN
    plain = build.claim(session, member, build.an_offer(session))
    with pytest.raises(ClaimNotCancellable):
        cancelling.unclaim(session, plain.reference, BY, now=NOON)
    assert clean(session)


def test_staff_extend_also_what_time_has_ended(session: Session) -> None:
    claim = build.claim(session, build.a_member(session), build.an_offer(session))
    place, late = build.a_place(session), NOON + 40 * DAY
    expiry.record_expired(session, now=late)
    extending.extend(session, claim.reference, BY, until=late + DAY, now=late)
    assert reads(session, claim, late) is Reading.READY
    assert scan(session, claim, place, "1", late).outcome == "redeemed"
    assert clean(session)


@pytest.mark.parametrize("days", [-1, 10])
def test_more_time_is_later_than_now_and_than_before(session: Session, days: int) -> None:
    claim = build.claim(session, build.a_member(session), build.an_offer(session))
    with pytest.raises(ClaimNotExtendable):
        extending.extend(session, claim.reference, BY, until=NOON + days * DAY, now=NOON)


def test_what_is_used_or_given_back_is_not_extended(session: Session) -> None:
    member, place = build.a_member(session), build.a_place(session)
    used, back = (build.claim(session, member, build.an_offer(session)) for _ in range(2))
    scan(session, used, place, "1")
    releases.give_back(session, member.id, back.reference, now=NOON)
    for claim in (used, back):
        with pytest.raises(ClaimNotExtendable):
            extending.extend(session, claim.reference, BY, until=NOON + 99 * DAY, now=NOON)


def test_a_link_extends_once_to_the_end_of_the_day(session: Session) -> None:
    claim = build.claim(session, build.a_member(session), build.an_offer(session, extend_days=7))
    entropy = build.CHANCE.entropy
    first, second = (extending.make_link(session, claim, now=NOON, entropy=entropy) for _ in range(2))
    ends = claim.expires_at
    assert ends is not None
    extending.by_link(session, first, now=NOON)
    assert again(session, claim).expires_at == ends + 7 * DAY
    for token in (first, second, "0" * 64):
        with pytest.raises(ClaimNotExtendable):
            extending.by_link(session, token, now=NOON)
    assert clean(session)


def test_no_link_where_it_was_not_promised(session: Session) -> None:
    claim = build.claim(session, build.a_member(session), build.an_offer(session))
    with pytest.raises(ClaimNotExtendable):
        extending.make_link(session, claim, now=NOON, entropy=build.CHANCE.entropy)


def test_a_lock_keeps_others_out_until_it_ends(session: Session) -> None:
    store = build.a_store(session)
    mine, other = build.a_place(session, store), build.a_place(session, store)
    claim = build.claim(session, build.a_member(session), build.an_offer(session))
    locks.lock(session, claim.reference, f"till:{mine.till_id}", BY, until=NOON + MINUTE, now=NOON)
    refused = scan(session, claim, other, "1")
    assert (refused.refusal, refused.facts) == ("code_locked", {"retry_after": 60})
    with pytest.raises(CodeLocked):
        releases.give_back(session, claim.member_id, claim.reference, now=NOON)
    assert scan(session, claim, mine, "2").outcome == "redeemed"
    free = build.claim(session, build.a_member(session), build.an_offer(session))
    locks.lock(session, free.reference, "basket:7", BY, until=NOON + MINUTE, now=NOON)
    assert scan(session, free, other, "3", NOON + MINUTE).outcome == "redeemed"
    assert clean(session)


def test_a_lock_of_a_store_lets_its_tills_through(session: Session) -> None:
    here, there = build.a_place(session), build.a_place(session)
    claim = build.claim(session, build.a_member(session), build.an_offer(session))
    by = By("basket", store_id=here.store_id)
    locks.lock(session, claim.reference, "basket:7", by, until=NOON + MINUTE, now=NOON)
    assert scan(session, claim, there, "1").refusal == "code_locked"
    assert scan(session, claim, here, "2").outcome == "redeemed"


def test_its_owner_or_staff_unlock(session: Session) -> None:
    claim = build.claim(session, build.a_member(session), build.an_offer(session))
    for owner in ("basket:7", None):
        locks.lock(session, claim.reference, "basket:7", BY, until=NOON + MINUTE, now=NOON)
        with pytest.raises(CodeLocked):
            locks.lock(session, claim.reference, "basket:8", BY, until=NOON + DAY, now=NOON)
        with pytest.raises(CodeLocked):
            locks.unlock(session, claim.reference, BY, owner="basket:8", now=NOON)
        assert locks.unlock(session, claim.reference, BY, owner=owner, now=NOON)
        assert not locks.unlock(session, claim.reference, BY, now=NOON)


def test_archiving_ends_no_claim_and_withdrawing_ends_the_unused(session: Session) -> None:
    offer = build.an_offer(session, points_cost=50, uses_per_claim=2)
    unused, used = (build.claim(session, build.a_member(session, points=50), offer) for _ in range(2))
    scan(session, used, build.a_place(session), "1")
    grant = build.a_grant(session, build.a_member(session), offer)
    cancelling.archive(session, offer, BY, now=NOON)
    assert (offer.status, reads(session, unused)) == (Status.ARCHIVED, Reading.READY)
    assert cancelling.withdraw_some(session, offer.id, BY, now=NOON) == 2
    assert cancelling.withdraw_some(session, offer.id, BY, now=NOON) == 0
    assert (reads(session, unused), reads(session, used)) == (Reading.CANCELLED, Reading.PART_USED)
    found = grants.find(session, grant)
    assert found is not None
    assert found.state == GrantState.WITHDRAWN
    assert (balances.lock(session, unused.member_id).balance, clean(session)) == (50, True)


def test_reclaiming_takes_the_place_of_what_is_used_or_over(session: Session) -> None:
    member, place = build.a_member(session), build.a_place(session)
    offer = build.an_offer(session, reclaimable=True)
    first = build.claim(session, member, offer)
    before = session.begin_nested()
    with pytest.raises(OfferAlreadyClaimed):
        build.claim(session, member, offer)
    before.rollback()
    used = scan(session, first, place, "1")
    second = build.claim(session, member, offer)
    assert again(session, first).successor_id == second.id
    with pytest.raises(VoidWindowClosed):
        reversals.undo(session, place, used.id, UndoReason.AT_ONCE, now=NOON)
    build.claim(session, member, offer, now=NOON + 40 * DAY)
    with pytest.raises(ClaimNotExtendable):
        extending.extend(session, second.reference, BY, until=NOON + 99 * DAY, now=NOON + 40 * DAY)
    expiry.record_expired(session, now=NOON + 40 * DAY)
    assert clean(session)
