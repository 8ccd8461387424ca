"""Purchases: what a receipt says, once per store and number; a return is a row that names the purchase."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, bindparam, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.core.base import AnyRow, Base, Id, Instant

Key = tuple[int, str]


class PurchaseKind(StrEnum):
    """A purchase, or goods brought back."""

    PURCHASE = "purchase"
    RETURN = "return"


class Purchase(Base):
    __tablename__ = "purchases"
    __table_args__ = (
        UniqueConstraint("store_id", "receipt", name="one_receipt"),
        CheckConstraint("amount > 0", name="amount_positive"),
        CheckConstraint("lapsed >= 0 AND lapsed <= points", name="lapsed_within"),
    )
    id: Mapped[Id]
    store_id: Mapped[int] = mapped_column(ForeignKey("stores.id"))
    receipt: Mapped[str]
    kind: Mapped[str]
    returns_id: Mapped[int | None] = mapped_column(ForeignKey("purchases.id"), index=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    card_id: Mapped[int | None] = mapped_column(ForeignKey("cards.id"))
    amount: Mapped[int]
    rate: Mapped[int]
    # Earned by a purchase; no longer earned by a return, where `lapsed` of them had expired unspent.
    points: Mapped[int]
    lapsed: Mapped[int] = mapped_column(default=0)
    year: Mapped[int]
    bought_at: Mapped[Instant]
    recorded_at: Mapped[Instant]


@dataclass(frozen=True)
class Bought:
    """What a receipt says of a purchase: money in minor units."""

    store_id: int
    receipt: str
    member_id: int
    card_id: int | None
    amount: int
    at: datetime

    @property
    def key(self) -> Key:
        """By which it is known again."""
        return self.store_id, self.receipt


_BY_RECEIPT = select(Purchase.__table__).where(
    Purchase.store_id.in_(bindparam("of_stores", expanding=True)),
    Purchase.receipt.in_(bindparam("receipts", expanding=True)),
)
_BACK = select(
    func.coalesce(func.sum(Purchase.amount), 0).label("amount"),
    func.coalesce(func.sum(Purchase.points), 0).label("points"),
    func.coalesce(func.sum(Purchase.lapsed), 0).label("lapsed"),
).where(Purchase.returns_id == bindparam("of_purchase"))


def by_receipts(session: Session, keys: Collection[Key]) -> dict[Key, AnyRow]:
    """The purchases and returns that are recorded under these."""
    asked = {"of_stores": list({store for store, _ in keys}), "receipts": [receipt for _, receipt in keys]}
    return {(row.store_id, row.receipt): row for row in session.execute(_BY_RECEIPT, asked)}


def brought_back(session: Session, purchase_id: int) -> AnyRow:
    """How much of a purchase was returned: amount, points, and those of them that had expired unspent."""
    return session.execute(_BACK, {"of_purchase": purchase_id}).one()


def worth(amount: int, rate: int, unit: int) -> int:
    """The points for an amount in minor units (`unit` to 1 of the currency): whole ones, rounded down."""
    return amount * rate // (100 * unit)


def differences(row: AnyRow, bought: Bought, kind: PurchaseKind = PurchaseKind.PURCHASE) -> list[str]:
    """In what a receipt differs from the one that is recorded; nothing where it is the same again."""
    same = {
        "kind": row.kind == kind,
        "member": row.member_id == bought.member_id,
        "card": row.card_id == bought.card_id,
        "amount": row.amount == bought.amount,
        "at": row.bought_at == bought.at,
    }
    return [name for name, is_same in same.items() if not is_same]
