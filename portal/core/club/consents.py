"""What a member agreed to, and when: terms by their version, and being written to, each a row of its own."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.core.base import Base, Id, Instant, adding


class Consent(StrEnum):
    """The two things that are asked, and never in one box."""

    TERMS = "terms"
    MARKETING = "marketing"


class ConsentGiven(Base):
    """Append-only: a change of mind is a new row, and the newest of a kind holds."""

    __tablename__ = "consents"
    __table_args__ = (Index("ix_consents_member_id_id", "member_id", "id"),)
    id: Mapped[Id]
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    kind: Mapped[str]
    version: Mapped[str | None]
    given: Mapped[bool]
    source: Mapped[str]
    happened_at: Mapped[Instant]


_ADD = adding(ConsentGiven)


def record(
    session: Session,
    member_id: int,
    kind: Consent,
    *,
    given: bool,
    source: str,
    now: datetime,
    version: str | None = None,
) -> None:
    """Write down what was answered; `version` names the terms that were read."""
    row = {
        "member_id": member_id,
        "kind": kind.value,
        "version": version,
        "given": given,
        "source": source,
        "happened_at": now,
    }
    session.execute(_ADD, row)


def holding(session: Session, member_id: int, kind: Consent) -> ConsentGiven | None:
    """The newest answer of that kind, which is the one that holds."""
    newest = ConsentGiven.id.desc()
    asked = ConsentGiven.member_id == member_id, ConsentGiven.kind == kind.value
    return session.scalar(select(ConsentGiven).where(*asked).order_by(newest).limit(1))


def answer(
    session: Session, member_id: int, kind: Consent, *, given: bool, source: str, now: datetime
) -> None:
    """Keep a change of mind as a row of its own; who says the same again has changed nothing."""
    held = holding(session, member_id, kind)
    if given != (held is not None and held.given):
        record(session, member_id, kind, given=given, source=source, now=now)
