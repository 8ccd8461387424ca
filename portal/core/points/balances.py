"""The balance row of a member: the first lock of every act that touches points or claims."""

from dataclasses import dataclass

from sqlalchemy import CheckConstraint, ForeignKey, bindparam, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.core.base import Base, Instant


class Balance(Base):
    __tablename__ = "balances"
    __table_args__ = (CheckConstraint("balance >= 0", name="never_negative"),)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), primary_key=True, autoincrement=False)
    balance: Mapped[int] = mapped_column(default=0)
    seq: Mapped[int] = mapped_column(default=0)
    opened_at: Mapped[Instant]


@dataclass(frozen=True)
class Standing:
    """A balance as it is under the lock: points, and the number of its last ledger line."""

    balance: int
    seq: int


_LOCK = (
    select(Balance.balance, Balance.seq).where(Balance.member_id == bindparam("of_member")).with_for_update()
)
CHANGE = (
    update(Balance)
    .where(Balance.member_id == bindparam("of_member"), Balance.balance + bindparam("amount") >= 0)
    .values(balance=Balance.balance + bindparam("amount"), seq=Balance.seq + 1)
    .returning(Balance.balance, Balance.seq)
    .execution_options(synchronize_session=False)
)


def lock(session: Session, member_id: int) -> Standing:
    """Take the member's lock: everything that follows in this transaction is alone with this member."""
    row = session.execute(_LOCK, {"of_member": member_id}).one()
    return Standing(row.balance, row.seq)


def change(session: Session, member_id: int, amount: int) -> Standing | None:
    """Add `amount` (negative to take); None, and nothing changed, where it would pass below zero."""
    row = session.execute(CHANGE, {"of_member": member_id, "amount": amount}).one_or_none()
    return None if row is None else Standing(row.balance, row.seq)
