"""Tiers: ordered levels, reached by points earned in a period, never by the balance."""

from collections.abc import Sequence

from sqlalchemy import CheckConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.core.base import Base, Id


class Tier(Base):
    __tablename__ = "tiers"
    __table_args__ = (CheckConstraint("rate >= 0", name="rate_not_negative"),)
    id: Mapped[Id]
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    rank: Mapped[int] = mapped_column(unique=True)
    threshold: Mapped[int]
    hue: Mapped[str]
    # Points for a purchase of 100 in the club's currency, so that 150 means 1.5 points for each €1.
    rate: Mapped[int] = mapped_column(default=100)


def every(session: Session) -> Sequence[Tier]:
    """All tiers, lowest first."""
    return session.scalars(select(Tier).order_by(Tier.rank)).all()


def first_id(session: Session) -> int | None:
    """The tier that everybody begins with: the lowest that asks for nothing."""
    return session.scalar(select(Tier.id).where(Tier.threshold == 0).order_by(Tier.rank).limit(1))


def by_code(session: Session, code: str) -> Tier | None:
    """The tier with that code, if the club has it."""
    return session.scalar(select(Tier).where(Tier.code == code))


def ids_by_word(session: Session) -> dict[str, int]:
    """Every tier's id, found by its code or by its name, in small letters."""
    return {word.casefold(): tier.id for tier in every(session) for word in (tier.code, tier.name)}


def set_up(session: Session, code: str, name: str, *, rank: int, threshold: int, hue: str) -> Tier:
    """A new tier."""
    tier = Tier(code=code, name=name, rank=rank, threshold=threshold, hue=hue)
    session.add(tier)
    session.flush()
    return tier
