"""A scan: one look at one code at one till, whatever came of it. It never holds the code."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, bindparam, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.core.base import Base, Document, Facts, Id, Instant


class Outcome(StrEnum):
    """What a scan came to."""

    OPEN = "open"
    REDEEMED = "redeemed"
    READY = "ready"
    ASKED = "asked"
    LEFT_UNUSED = "left_unused"
    COUNTED_ONCE = "counted_once"
    UNDONE = "undone"
    REFUSED = "refused"
    MISTYPED = "mistyped"
    FOREIGN = "foreign"
    UNKNOWN = "unknown"
    PAUSED = "paused"


WAITING = (Outcome.READY, Outcome.ASKED)


@dataclass(frozen=True)
class Place:
    """Where and by whom a code is presented."""

    store_id: int
    till_id: int
    staff_id: int
    auto_redeem: bool
    address: str


class Scan(Base):
    __tablename__ = "scans"
    __table_args__ = (
        UniqueConstraint("till_id", "key", name="uq_scans_till_id_key"),
        Index("ix_scans_outcome_scanned_at", "outcome", "scanned_at"),
        Index("ix_scans_till_id_id", "till_id", "id"),
        Index("ix_scans_till_id_scanned_at", "till_id", "scanned_at"),
        Index("ix_scans_till_id_outcome", "till_id", "outcome"),
    )
    id: Mapped[Id]
    store_id: Mapped[int] = mapped_column(ForeignKey("stores.id"))
    till_id: Mapped[int] = mapped_column(ForeignKey("tills.id"))
    staff_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    address: Mapped[str]
    key: Mapped[str]
    outcome: Mapped[str]
    claim_id: Mapped[int | None] = mapped_column(ForeignKey("claims.id"), index=True)
    refusal: Mapped[str | None]
    facts: Mapped[Document]
    scanned_at: Mapped[Instant]
    answered_at: Mapped[Instant | None]


_ONE = select(Scan).where(Scan.id == bindparam("with_id"), Scan.till_id == bindparam("of_till"))
_BY_KEY = select(Scan).where(Scan.till_id == bindparam("of_till"), Scan.key == bindparam("with_key"))
_WAITING = (
    update(Scan)
    .where(Scan.till_id == bindparam("of_till"), Scan.outcome.in_(WAITING), Scan.id < bindparam("before"))
    .values(outcome=Outcome.LEFT_UNUSED, answered_at=bindparam("at"))
    .execution_options(synchronize_session=False)
)


def find(session: Session, till_id: int, scan_id: int, *, lock: bool = False) -> Scan | None:
    """The scan of that till, if there is one."""
    statement = _ONE.with_for_update().execution_options(populate_existing=True) if lock else _ONE
    return session.scalar(statement, {"with_id": scan_id, "of_till": till_id})


def by_key(session: Session, till_id: int, key: str) -> Scan:
    """The scan that this key has made at this till."""
    return session.scalars(_BY_KEY, {"of_till": till_id, "with_key": key}).one()


def leave_waiting(session: Session, till_id: int, *, before: int, now: datetime) -> None:
    """A new scan answers the questions still open at the till with No: those codes stay unused."""
    session.connection().execute(_WAITING, {"of_till": till_id, "before": before, "at": now})


def settle(
    scan: Scan,
    outcome: Outcome,
    *,
    claim_id: int | None = None,
    refusal: str | None = None,
    facts: Facts | None = None,
) -> Scan:
    """Write what the scan came to."""
    scan.outcome = outcome
    scan.claim_id = claim_id if claim_id is not None else scan.claim_id
    scan.refusal = refusal
    scan.facts = pack(facts or {})
    return scan


def pack(facts: Facts) -> Facts:
    """Facts in a form that JSON can hold; instants keep their moment."""
    return {name: _plain(value) for name, value in facts.items()}


def unpack(facts: Facts) -> Facts:
    """Facts as they were before `pack`."""
    return {name: _instant(value) for name, value in facts.items()}


def _plain(value: Any) -> Any:
    return {"at": value.isoformat()} if isinstance(value, datetime) else value


def _instant(value: Any) -> Any:
    return datetime.fromisoformat(value["at"]) if isinstance(value, dict) and "at" in value else value
