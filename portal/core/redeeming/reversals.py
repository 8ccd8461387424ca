"""A redemption is undone by a row of its own: the code works again, and what happened stays visible."""

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from portal.core.base import insert_or_none
from portal.core.claims import claims
from portal.core.claims.claims import Claim, State
from portal.core.records.timeline import Happening
from portal.core.redeeming import redemptions, scans
from portal.core.redeeming.redemptions import Redemption, RedemptionKind
from portal.core.redeeming.scans import Outcome, Place, Scan
from portal.core.refusals import AlreadyVoided, ClaimNotFound, VoidWindowClosed

AT_ONCE = timedelta(seconds=60)
LATEST = timedelta(minutes=10)


class UndoReason(StrEnum):
    """Why a redemption is taken back."""

    AT_ONCE = "at_once"
    WRONG_CODE = "wrong_code"
    CHANGED_MIND = "changed_mind"
    NOT_GIVEN = "not_given"


_OF_SCAN = select(Redemption).where(
    Redemption.scan_id == bindparam("with_scan"), Redemption.kind == RedemptionKind.REDEEM.value
)
_RESTORE = (
    update(Claim)
    .where(Claim.id == bindparam("of_claim"), Claim.uses_left < Claim.uses_allowed)
    .values(
        state=State.CLAIMED.value,
        closed_reason=None,
        closed_at=None,
        uses_left=Claim.uses_left + 1,
        version=Claim.version + 1,
    )
)


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
    _reverse(session, done, place, reason, now)
    session.connection().execute(_RESTORE, {"of_claim": claim.id})
    redemptions.record(session, claim, place, Happening.REVERSED, now=now, reason=reason.value)
    return scans.settle(scan, Outcome.UNDONE)


def _reverse(session: Session, done: Redemption, place: Place, reason: UndoReason, now: datetime) -> None:
    row = {
        "claim_id": done.claim_id,
        "kind": RedemptionKind.REVERSAL,
        "reverses_id": done.id,
        "store_id": place.store_id,
        "till_id": place.till_id,
        "staff_id": place.staff_id,
        "scan_id": done.scan_id,
        "reason": reason,
        "redeemed_at": now,
    }
    if insert_or_none(session, Redemption, row, unique=["reverses_id"]) is None:
        raise AlreadyVoided
