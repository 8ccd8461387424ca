"""What is to be told to the outside, written with the act and sent later; holds no code, link or digit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Index, Update, delete, or_, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.core.base import Base, Document, Facts, Id, Instant, adding

# The waits between tries; a message that fails after the last of them is dead.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 300, 600, 840))
KEPT = timedelta(days=30)
# Somebody waits before a screen for these.
URGENT = ("sign_in", "join")


class Message(Base):
    __tablename__ = "outbox"
    __table_args__ = (Index("ix_outbox_sent_at_due_at", "sent_at", "due_at"),)
    id: Mapped[Id]
    kind: Mapped[str]
    facts: Mapped[Document]
    due_at: Mapped[Instant]
    attempts: Mapped[int] = mapped_column(default=0)
    leased_until: Mapped[Instant | None]
    sent_at: Mapped[Instant | None]
    dead_at: Mapped[Instant | None]


@dataclass(frozen=True)
class Leased:
    """A message that is ours to send until the lease ends; `attempts` counts this one too."""

    id: int
    kind: str
    facts: Facts
    due_at: datetime
    attempts: int
    leased_until: datetime


_ADD = adding(Message)


def add(session: Session, kind: str, facts: Facts, *, now: datetime) -> None:
    """Queue one message; it exists if and only if the act that caused it does."""
    session.execute(_ADD, {"kind": kind, "facts": facts, "due_at": now, "attempts": 0})


def latest(session: Session, kinds: Sequence[str], *, since: datetime, most: int) -> Sequence[Message]:
    """The newest messages of these kinds, whatever became of them."""
    named = Message.kind.in_(kinds), Message.due_at >= since
    return session.scalars(select(Message).where(*named).order_by(Message.id.desc()).limit(most)).all()


def lease(session: Session, *, now: datetime, lasts: timedelta, most: int) -> list[Leased]:
    """Take what is due for ourselves; another worker passes it by until the lease ends."""
    free = or_(Message.leased_until.is_(None), Message.leased_until <= now)
    due = (
        select(Message.id)
        .where(Message.sent_at.is_(None), Message.dead_at.is_(None), Message.due_at <= now, free)
        .order_by(Message.kind.not_in(URGENT), Message.due_at, Message.id)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    taken = list(session.scalars(due))
    if not taken:
        return []
    until = now + lasts
    mine = (
        update(Message)
        .where(Message.id.in_(taken))
        .values(leased_until=until, attempts=Message.attempts + 1)
        .returning(Message.id, Message.kind, Message.facts, Message.due_at, Message.attempts)
    )
    return sorted((Leased(*row, until) for row in session.execute(mine)), key=lambda one: one.id)


def settle(session: Session, one: Leased, now: datetime) -> None:
    """It is sent, or there is nobody to tell any more."""
    session.execute(_held(one).values(sent_at=now, leased_until=None))


def put_off(session: Session, one: Leased, until: datetime) -> None:
    """Not now: at that moment again, without a try spent."""
    session.execute(_held(one).values(due_at=until, leased_until=None, attempts=Message.attempts - 1))


def retry_or_bury(session: Session, one: Leased, now: datetime) -> bool:
    """It failed: again after a pause, or never again after the last; answers whether it lives."""
    lives = one.attempts <= len(PAUSES)
    if lives:
        session.execute(_held(one).values(due_at=now + PAUSES[one.attempts - 1], leased_until=None))
    else:
        bury(session, one, now)
    return lives


def bury(session: Session, one: Leased, now: datetime) -> None:
    """It can never be sent."""
    session.execute(_held(one).values(dead_at=now, leased_until=None))


def sweep(session: Session, now: datetime) -> None:
    """Drop what was settled or buried long ago."""
    over = or_(Message.sent_at < now - KEPT, Message.dead_at < now - KEPT)
    session.execute(delete(Message).where(over))


def _held(one: Leased) -> Update:
    """Changes the message while the lease is still ours: a worker that comes back late changes nothing."""
    return update(Message).where(
        Message.id == one.id, Message.leased_until == one.leased_until, Message.attempts == one.attempts
    )
