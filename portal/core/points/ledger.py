"""The ledger: one line per change of a balance, numbered without gaps, append-only."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.core.base import Base, Facts, Id, Instant, adding
from portal.core.points import balances
from portal.core.points.balances import Standing
from portal.core.refusals import InsufficientPoints


class EntryKind(StrEnum):
    """Why a balance changed."""

    EARNED = "earned"
    SPENT = "spent"
    RETURNED = "returned"
    EXPIRED = "expired"
    TAKEN_BACK = "taken_back"
    ADJUSTED = "adjusted"


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
    purchase_id: Mapped[int | None] = mapped_column(ForeignKey("purchases.id"), index=True)
    # The calendar year for whose tier the line counts; a purchase says its own year.
    counts_for: Mapped[int | None]
    reason: Mapped[str | None]
    written_at: Mapped[Instant]


_NOTHING: Facts = dict.fromkeys(("claim_id", "purchase_id", "card_id", "counts_for", "reason"))
_WRITE = adding(Entry).returning(Entry.id)


def write(
    session: Session, kind: EntryKind, amount: int, *, member_id: int, now: datetime, **about: Any
) -> tuple[int, Standing]:
    """Change the balance and write its line; answers the line's id and the standing after it.

    `about` names claim, purchase, card, reason and the year it counts for. Raises InsufficientPoints
    where the balance would pass below zero.
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
        "written_at": now,
    }
    return session.execute(_WRITE, _NOTHING | about | row).scalar_one(), after
