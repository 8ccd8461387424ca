"""The desk at a till: one verdict and what can be done about it, the last scans, the day's counts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from zoneinfo import ZoneInfo

from portal.core.reading import bench
from portal.core.reading.bench import Day, Look
from portal.core.redeeming import scans
from portal.core.refusals import AlreadyVoided, Refusal, VoidWindowClosed
from portal.counter import lines, undoing, verdicts
from portal.counter.lines import Line
from portal.counter.undoing import Undo
from portal.counter.verdicts import Seen
from portal.web import clock, dates, db, doors


@dataclass(frozen=True)
class Desk:
    """The bench around one scan, or around none."""

    till_id: int
    scan_id: int | None
    seen: Seen
    undo: Undo | None
    last: Sequence[Line]
    day: Day
    uses_left: int = 0

    @property
    def more(self) -> int:
        """How many further uses of the claim on the screen can be taken at once."""
        return self.uses_left if self.undo else 0


def idle() -> Desk:
    """Ready for a scan."""
    return _desk(None, verdicts.idle())


def around(look: Look) -> Desk:
    """What came of a scan."""
    return _desk(look, verdicts.of(look, zone(), clock.now()))


def unfit(look: Look, problem: str) -> Desk:
    """The question still stands: the sum that was typed cannot be taken."""
    desk = around(look)
    return replace(desk, seen=replace(desk.seen, at_amount=problem))


def waiting() -> Desk:
    """The question that still stands at the till, or the bench without one."""
    here = doors.staff()
    last = bench.last(db.session(), till_id())
    asks = bool(last) and last[0].outcome in scans.WAITING and here.acting_id is not None
    return around(last[0]) if asks else idle()


def refused(refusal: Refusal, look: Look | None) -> Desk:
    """Why nothing moved. A redemption that stays done, or undone, stays on the screen with the reason."""
    said = verdicts.refused(refusal.code, refusal.facts, zone(), clock.now())
    if look is None or not isinstance(refusal, AlreadyVoided | VoidWindowClosed):
        return _desk(look, said)
    desk = around(look)
    return replace(desk, seen=replace(desk.seen, then=f"{said.headline}. {said.then}", reason=refusal.code))


def till_id() -> int:
    """The till where this device stands; behind a PIN there is one."""
    standing = doors.staff().till_id
    assert standing is not None
    return standing


def zone() -> str:
    """The zone of this device's store."""
    known = doors.staff().store_zone
    assert known is not None
    return known


def day_began() -> datetime:
    """The midnight before now, on the store's wall."""
    today = dates.local(clock.now(), zone()).date()
    return datetime.combine(today, time(), ZoneInfo(zone()))


def _desk(look: Look | None, seen: Seen) -> Desk:
    here, now = doors.staff(), clock.now()
    last = bench.last(db.session(), till_id())
    return Desk(
        till_id(),
        None if look is None else look.scan_id,
        seen,
        None if look is None else undoing.of(look, last, here.acting_id, now),
        [lines.of(each, till_id(), zone(), now) for each in last],
        bench.day(db.session(), till_id(), day_began()),
        0 if look is None or look.amount_left is not None else look.uses_left,
    )
