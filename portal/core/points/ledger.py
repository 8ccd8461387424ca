"""The ledger: one line per change of a balance, numbered without gaps, append-only."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.core.base import Base, Id, Instant, adding
from portal.core.points import balances
from portal.core.points.balances import Standing
from portal.core.refusals import InsufficientPoints


class EntryKind(StrEnum):
    """Why a balance changed."""

    EARNED = "earned"
    SPENT = "spent"
    RETURNED = "returned"
    EXPIRED = "expired"


class Entry(Base):
    __tablename__ = "entries"
    __table_args__ = (
        UniqueConstraint("member_id", "seq", name="uq_entries_member_id_seq"),
        Index("ix_entries_member_id_kind_written_at", "member_id", "kind", "written_at"),
    )
    id: Mapped[Id]
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    seq: Mapped[int]
    kind: Mapped[str]
    amount: Mapped[int]
    balance_after: Mapped[int]
    claim_id: Mapped[int | None] = mapped_column(ForeignKey("claims.id"), index=True)
    card_id: Mapped[int | None] = mapped_column(ForeignKey("cards.id"))
    reason: Mapped[str | None]
    written_at: Mapped[Instant]


_WRITE = adding(Entry).returning(Entry.id)


def write(
    session: Session,
    kind: EntryKind,
    amount: int,
    *,
    member_id: int,
    now: datetime,
    claim_id: int | None = None,
    reason: str | None = None,
) -> tuple[int, Standing]:
    """Change the balance and write its line; answers the line's id and the standing after it.

    Raises InsufficientPoints where the balance would pass below zero.
    """
    after = balances.change(session, member_id, amount)
    if after is None:
        raise InsufficientPoints(needed=-amount)
    row = {
        "member_id": member_id,
        "seq": after.seq,
        "kind": kind.value,
        "amount": amount,
        "balance_after": after.balance,
        "claim_id": claim_id,
        "reason": reason,
        "written_at": now,
    }
    return session.execute(_WRITE, row).scalar_one(), after
