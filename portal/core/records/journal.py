"""Who did what to what, and why: every act of staff, managers and commands, append-only."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.core.base import Base, Document, Facts, Id, Instant, adding


class JournalEntry(Base):
    __tablename__ = "journal"
    __table_args__ = (Index("ix_journal_act_happened_at", "act", "happened_at"),)
    id: Mapped[Id]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    act: Mapped[str]
    subject: Mapped[str]
    store_id: Mapped[int | None] = mapped_column(ForeignKey("stores.id"))
    reason: Mapped[str | None]
    facts: Mapped[Document]
    happened_at: Mapped[Instant] = mapped_column(index=True)


_ADD = adding(JournalEntry)


def add(
    session: Session,
    act: str,
    subject: str,
    *,
    now: datetime,
    account_id: int | None = None,
    store_id: int | None = None,
    reason: str | None = None,
    facts: Facts | None = None,
) -> None:
    """Record an act on `subject` ("claim:KRTBFLNX"); no account means the command line."""
    row = {
        "account_id": account_id,
        "act": act,
        "subject": subject,
        "store_id": store_id,
        "reason": reason,
        "facts": facts or {},
        "happened_at": now,
    }
    session.execute(_ADD, row)
