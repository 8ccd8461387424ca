"""Loyalty cards: numbered, owned by a member, who may have several."""

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.core.base import Base, Id, Instant


class Card(Base):
    __tablename__ = "cards"
    id: Mapped[Id]
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    number: Mapped[str] = mapped_column(unique=True)
    blocked_at: Mapped[Instant | None]
    issued_at: Mapped[Instant]


def by_number(session: Session, number: str) -> Card | None:
    """The card with that number."""
    return session.scalar(select(Card).where(Card.number == number))
