"""Guessing is slowed and noticed: only well-formed codes that nobody holds count (docs/codes.md)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from portal.core.codes import guessing
from portal.core.codes.store import Code
from portal.core.records import journal, outbox
from portal.core.records.journal import JournalEntry
from portal.core.redeeming.scans import Outcome, Place, Scan

WINDOW = timedelta(minutes=5)
PAUSE = timedelta(seconds=30)
PER_TILL = 20
PER_PERSON = 20
PER_ADDRESS = 60
ALARM = "guess_alarm"
Budget = Callable[[int], int]

_RECENT = select(
    func.count().filter(Scan.till_id == bindparam("till")).label("till"),
    func.count().filter(Scan.staff_id == bindparam("staff")).label("person"),
    func.count().filter(Scan.address == bindparam("address")).label("address"),
    func.max(Scan.scanned_at).label("last"),
).where(Scan.outcome == Outcome.UNKNOWN.value, Scan.scanned_at > bindparam("since"))
_ALARM = select(func.max(JournalEntry.happened_at)).where(
    JournalEntry.act == ALARM, JournalEntry.happened_at > bindparam("since")
)


@dataclass(frozen=True)
class Pause:
    """No look-up until then; `fresh_sign_in` asks for the PIN as well."""

    until: datetime
    fresh_sign_in: bool = False


def pause(session: Session, place: Place, acting_since: datetime | None, now: datetime) -> Pause | None:
    """Whether this till must wait. A code that is right is only delayed by it, never refused."""
    alarm = _alarm(session, now)
    if alarm is not None and (acting_since is None or acting_since < alarm):
        return Pause(until=now, fresh_sign_in=True)
    asked = {
        "till": place.till_id,
        "staff": place.staff_id,
        "address": place.address,
        "since": now - WINDOW,
    }
    recent = session.execute(_RECENT, asked).one()
    over = recent.till >= PER_TILL or recent.person >= PER_PERSON or recent.address >= PER_ADDRESS
    if over and now < recent.last + PAUSE:
        return Pause(until=recent.last + PAUSE)
    return None


def note_unknown(session: Session, now: datetime, budget: Budget = guessing.guesses_per_hour) -> None:
    """After an unknown code: raise the club's alarm once an hour's guesses pass what its live codes allow."""
    hour = now - timedelta(hours=1)
    guessed = session.scalar(
        select(func.count()).where(Scan.outcome == Outcome.UNKNOWN, Scan.scanned_at > hour)
    )
    minted = session.scalar(select(func.max(Code.id))) or 0
    if (guessed or 0) <= budget(minted) or _alarm(session, now) is not None:
        return
    live = session.scalar(select(func.count()).where(Code.ended_at.is_(None))) or 0
    if (guessed or 0) > budget(live):
        journal.add(session, ALARM, "club", now=now, facts={"guesses": guessed, "live": live})
        outbox.add(session, ALARM, {"guesses": guessed}, now=now)


def _alarm(session: Session, now: datetime) -> datetime | None:
    return session.scalar(_ALARM, {"since": now - timedelta(hours=1)})
