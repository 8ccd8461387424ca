"""A redemption is undone by a row of its own: the code works again, and what happened stays visible."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import bindparam, case, select, update
from sqlalchemy.orm import Session

from portal.core.base import insert_or_none
from portal.core.claims import acts, awards, cancelling, claims
from portal.core.claims.acts import By
from portal.core.claims.claims import Claim, Closed, State
from portal.core.records.timeline import Happening
from portal.core.redeeming import counters, redemptions, scans
from portal.core.redeeming.parts import Part
from portal.core.redeeming.redemptions import Redemption, RedemptionKind, Where
from portal.core.redeeming.scans import Outcome, Place, Scan
from portal.core.refusals import AlreadyVoided, ClaimNotFound, VoidWindowClosed

AT_ONCE = timedelta(seconds=60)
LATEST = timedelta(minutes=10)
BY_A_MANAGER = timedelta(days=90)


class UndoReason(StrEnum):
    """Why a redemption is taken back."""

    AT_ONCE = "at_once"
    WRONG_CODE = "wrong_code"
    CHANGED_MIND = "changed_mind"
    NOT_GIVEN = "not_given"


_REDEEMED = select(Redemption).where(Redemption.kind == RedemptionKind.REDEEM.value)
_OF_SCAN = _REDEEMED.where(Redemption.scan_id == bindparam("with_scan"))
_WITH_ID = _REDEEMED.where(Redemption.id == bindparam("with_id"))
_REFERENCE = (
    select(Claim.reference)
    .join(Redemption, Redemption.claim_id == Claim.id)
    .where(Redemption.id == bindparam("with_id"))
)
_was_redeemed = Claim.closed_reason == Closed.REDEEMED.value
# A claim that was cancelled or has expired meanwhile stays closed; only what was used up opens again.
_RESTORE = (
    update(Claim)
    .where(Claim.id == bindparam("of_claim"))
    .values(
        state=case((_was_redeemed, State.CLAIMED.value), else_=Claim.state),
        closed_reason=case((_was_redeemed, None), else_=Claim.closed_reason),
        closed_at=case((_was_redeemed, None), else_=Claim.closed_at),
        uses_left=Claim.uses_left + bindparam("uses"),
        amount_left=Claim.amount_left + bindparam("taken"),
        active_until=None,
        version=Claim.version + 1,
    )
    .execution_options(synchronize_session=False)
)


@dataclass(frozen=True)
class Office:
    """Where a manager is who reverses: in no till's way, but for a store."""

    store_id: int
    staff_id: int | None
    till_id: int | None = None


def undo(session: Session, place: Place, scan_id: int, reason: UndoReason, *, now: datetime) -> Scan:
    """Take back one's own redemption of the last ten minutes; points, limits and stock stay as they were.

    Raises AlreadyVoided the second time, VoidWindowClosed for another's or an older one.
    """
    scan = scans.find(session, place.till_id, scan_id)
    if scan is None or scan.claim_id is None:
        raise ClaimNotFound
    claim = claims.locked(session, scan.claim_id)
    done = session.scalar(_OF_SCAN, {"with_scan": scan_id})
    if done is None:
        raise ClaimNotFound
    if done.staff_id != place.staff_id or now - done.redeemed_at > LATEST:
        raise VoidWindowClosed
    _reverse(session, claim, done, place, reason.value, now)
    return scans.settle(scan, Outcome.UNDONE)


def reverse(session: Session, redemption_id: int, reason: str, *, by: int | None, now: datetime) -> Claim:
    """A manager takes back a redemption of the last 90 days, with a reason; the code works again.

    Points that a proof of presence gave go back as far as they are still there.

    Raises ClaimNotFound, AlreadyVoided the second time, VoidWindowClosed for an older one.
    """
    done = session.scalar(_WITH_ID, {"with_id": redemption_id})
    reference = session.scalar(_REFERENCE, {"with_id": redemption_id})
    if done is None or reference is None:
        raise ClaimNotFound
    claim = acts.under_locks(session, reference)
    if now - done.redeemed_at > BY_A_MANAGER:
        raise VoidWindowClosed
    _reverse(session, claim, done, Office(done.store_id, by), reason, now)
    if done.verified:
        awards.take_back_presence(session, claim, done.redeemed_at, now=now)
    return claims.locked(session, claim.id)


def reverse_and_cancel(session: Session, redemption_id: int, by: By, *, now: datetime) -> int:
    """The same, and then the claim is cancelled: answers the points that are spendable again.

    Raises ClaimNotCancellable, and nothing is reversed, where other parts of the claim stay used.
    """
    reference = session.scalar(_REFERENCE, {"with_id": redemption_id})
    if reference is None:
        raise ClaimNotFound
    reverse(session, redemption_id, by.reason, by=by.account_id, now=now)
    return cancelling.cancel(session, reference, by, now=now)


def last_of(session: Session, reference: str) -> int:
    """The latest redemption of a claim that stands. Raises ClaimNotFound where there is none."""
    claim_id = session.scalar(select(Claim.id).where(Claim.reference == reference))
    last = None if claim_id is None else redemptions.last_standing(session, claim_id)
    if last is None:
        raise ClaimNotFound
    return last[0].id


def _reverse(
    session: Session, claim: Claim, done: Redemption, where: Where, reason: str, now: datetime
) -> None:
    if claim.successor_id is not None:  # it has been claimed anew since
        raise VoidWindowClosed
    row = {
        "claim_id": done.claim_id,
        "kind": RedemptionKind.REVERSAL,
        "reverses_id": done.id,
        "store_id": where.store_id,
        "till_id": where.till_id,
        "staff_id": where.staff_id,
        "scan_id": done.scan_id,
        "uses": done.uses,
        "amount": done.amount,
        "reason": reason,
        "redeemed_at": now,
    }
    if insert_or_none(session, Redemption, row, unique=["reverses_id"]) is None:
        raise AlreadyVoided
    part = Part(done.uses, done.amount)
    counters.put_back(session, claim, done.store_id, uses=part.uses, amount=part.amount, at=done.redeemed_at)
    session.connection().execute(_RESTORE, {"of_claim": claim.id, "uses": part.uses, "taken": part.amount})
    redemptions.record(session, claim, where, Happening.REVERSED, part=part, now=now, reason=reason)
