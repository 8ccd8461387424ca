"""What is to be told to the outside, written with the act and sent later; holds no code, link or digit."""

from datetime import datetime

from sqlalchemy import Index, insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.core.base import Base, Document, Facts, Id, Instant


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


_ADD = insert(Message)


def add(session: Session, kind: str, facts: Facts, *, now: datetime) -> None:
    """Queue one message; it exists if and only if the act that caused it does."""
    session.execute(_ADD, {"kind": kind, "facts": facts, "due_at": now, "attempts": 0})
