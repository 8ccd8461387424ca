"""Loyalty cards: numbered, owned by a member, who may have several."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.core.base import Base, Entropy, Id, Instant, insert_or_none

_DIGITS = 12


class Card(Base):
    __tablename__ = "cards"
    id: Mapped[Id]
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    number: Mapped[str] = mapped_column(unique=True)
    blocked_at: Mapped[Instant | None]
    block_reason: Mapped[str | None]
    issued_at: Mapped[Instant]


def by_number(session: Session, number: str) -> Card | None:
    """The card with that number."""
    return session.scalar(select(Card).where(Card.number == number))


def by_numbers(session: Session, numbers: Collection[str]) -> dict[str, Card]:
    """The cards with these numbers, as far as there are any."""
    found = session.scalars(select(Card).where(Card.number.in_(numbers)))
    return {card.number: card for card in found}


def of_member(session: Session, member_id: int) -> Sequence[Card]:
    """The member's cards: those that work first, the newest before the older."""
    mine = select(Card).where(Card.member_id == member_id)
    return session.scalars(mine.order_by(Card.blocked_at.is_not(None), Card.id.desc())).all()


def issue(session: Session, member_id: int, *, now: datetime, entropy: Entropy) -> str:
    """Give the member a card with a number that nobody has; answers the number."""
    while True:
        number = mint_number(entropy)
        values = {"member_id": member_id, "number": number, "issued_at": now}
        if insert_or_none(session, Card, values, unique=["number"]) is not None:
            return number


def mint_number(entropy: Entropy) -> str:
    """Twelve digits and a check digit (Luhn's, as on bank cards), which catches any one wrong digit."""
    body = f"{int.from_bytes(entropy(8)) % 10**_DIGITS:0{_DIGITS}d}"
    doubled = [int(digit) * (2 - place % 2) for place, digit in enumerate(reversed(body))]
    return body + str(-sum(value - 9 * (value > 9) for value in doubled) % 10)
