"""Whether the person at the till may still take a redemption back: by one tap, later with a reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from portal.core.reading.bench import Look
from portal.core.redeeming import reversals, scanning
from portal.core.redeeming.reversals import UndoReason
from portal.core.redeeming.scans import Outcome
from portal.web.i18n import lazy as _

# What may be said after the first minute; the shorter way is one tap and needs no reason.
REASONS = {
    UndoReason.WRONG_CODE: _("Undo: wrong code"),
    UndoReason.CHANGED_MIND: _("Undo: they changed their mind"),
    UndoReason.NOT_GIVEN: _("Undo: it wasn’t given"),
}


@dataclass(frozen=True)
class Undo:
    """The redemption that can be taken back; with no seconds left, a reason is asked for."""

    scan_id: int
    seconds: int


def of(look: Look, last: Sequence[Look], staff_id: int | None, now: datetime) -> Undo | None:
    """The undo of this scan's own redemption, or of the one that it repeated."""
    done = _repeated(look, last) if look.outcome is Outcome.COUNTED_ONCE else look
    if done is None or done.outcome is not Outcome.REDEEMED or done.redeemed_at is None:
        return None
    gone = now - done.redeemed_at
    if done.redeemed_by != staff_id or gone > reversals.LATEST:
        return None
    return Undo(done.scan_id, max(0, int((reversals.AT_ONCE - gone).total_seconds())))


def reason(given: str, look: Look, now: datetime) -> UndoReason | None:
    """Why it is taken back; none yet when the first minute is over and nobody said so."""
    if given in REASONS:
        return UndoReason(given)
    at_once = look.redeemed_at is not None and now - look.redeemed_at <= reversals.AT_ONCE
    return UndoReason.AT_ONCE if at_once else None


def _repeated(look: Look, last: Sequence[Look]) -> Look | None:
    return next((earlier for earlier in last if _is_repeated_by(earlier, look)), None)


def _is_repeated_by(earlier: Look, look: Look) -> bool:
    if earlier.redeemed_at is None or earlier.offer_id != look.offer_id or earlier.scan_id > look.scan_id:
        return False
    return look.scanned_at - earlier.redeemed_at <= scanning.SAME_SCAN
