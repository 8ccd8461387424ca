"""The balance row of a member: the first lock of every act that touches points or claims."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import CheckConstraint, ForeignKey, bindparam, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.core.base import Base, Instant


class Balance(Base):
    __tablename__ = "balances"
    __table_args__ = (
        CheckConstraint("balance >= 0", name="never_negative"),
        CheckConstraint("owed >= 0", name="owed_not_negative"),
    )
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), primary_key=True, autoincrement=False)
    balance: Mapped[int] = mapped_column(default=0)
    seq: Mapped[int] = mapped_column(default=0)
    opened_at: Mapped[Instant]
    # Points to be taken back that were no longer there: whatever comes in next pays them.
    owed: Mapped[int] = mapped_column(default=0)
    # Points earned in the latest calendar year in which any were, and in the one before it: what tiers go by.
    earned_year: Mapped[int] = mapped_column(default=0)
    earned: Mapped[int] = mapped_column(default=0)
    earned_before: Mapped[int] = mapped_column(default=0)


@dataclass(frozen=True)
class Standing:
    """A balance as it is under the lock: points, the number of its last ledger line, and what is owed."""

    balance: int
    seq: int
    owed: int = 0
    earned_year: int = 0
    earned: int = 0
    earned_before: int = 0

    def in_year(self, year: int) -> "Standing":
        """The same in a calendar year that has begun since, if it has."""
        if year <= self.earned_year:
            return self
        before = self.earned if year == self.earned_year + 1 else 0
        return replace(self, earned_year=year, earned=0, earned_before=before)

    def counting(self, points: int, year: int) -> "Standing":
        """The same with points earned in that year, or no longer; long ago is of no account."""
        now = self.in_year(year)
        if year == now.earned_year:
            return replace(now, earned=now.earned + points)
        return replace(now, earned_before=now.earned_before + points * (year == now.earned_year - 1))


_ALL = (
    Balance.balance,
    Balance.seq,
    Balance.owed,
    Balance.earned_year,
    Balance.earned,
    Balance.earned_before,
)
_LOCK = select(*_ALL).where(Balance.member_id == bindparam("of_member")).with_for_update()
_LOCK_MANY = (
    select(Balance.member_id, *_ALL)
    .where(Balance.member_id.in_(bindparam("of_members", expanding=True)))
    .order_by(Balance.member_id)
    .with_for_update()
)
CHANGE = (
    update(Balance)
    .where(Balance.member_id == bindparam("of_member"), Balance.balance + bindparam("amount") >= 0)
    .values(balance=Balance.balance + bindparam("amount"), seq=Balance.seq + 1)
    .returning(Balance.balance, Balance.seq)
    .execution_options(synchronize_session=False)
)


_COUNT = (
    update(Balance)
    .where(Balance.member_id == bindparam("of_member"))
    .values(
        earned_year=bindparam("year"), earned=bindparam("this_year"), earned_before=bindparam("last_year")
    )
    .execution_options(synchronize_session=False)
)
_MOVE = _COUNT.values(balance=Balance.balance + bindparam("amount"), seq=Balance.seq + bindparam("lines"))
_OWE = (
    update(Balance)
    .where(Balance.member_id == bindparam("of_member"))
    .values(owed=Balance.owed + bindparam("more"))
    .execution_options(synchronize_session=False)
)
_SET = (
    update(Balance.__table__)  # type: ignore[arg-type]
    .where(Balance.__table__.c.member_id == bindparam("of_member"))
    .values({column.key: bindparam(f"new_{column.key}") for column in _ALL})
)


def lock(session: Session, member_id: int) -> Standing:
    """Take the member's lock: everything that follows in this transaction is alone with this member."""
    return Standing(*session.execute(_LOCK, {"of_member": member_id}).one())


def lock_many(session: Session, member_ids: Collection[int]) -> dict[int, Standing]:
    """The same for several, lowest id first as everywhere."""
    rows = session.execute(_LOCK_MANY, {"of_members": sorted(member_ids)})
    return {row.member_id: Standing(*row[1:]) for row in rows}


def change(session: Session, member_id: int, amount: int) -> Standing | None:
    """Add `amount` (negative to take); None, and nothing changed, where it would pass below zero."""
    row = session.execute(CHANGE, {"of_member": member_id, "amount": amount}).one_or_none()
    return None if row is None else Standing(row.balance, row.seq)


def count(session: Session, member_id: int, standing: Standing, points: int, *, year: int) -> Standing:
    """Let points count as earned in that year (negative: no longer), whether or not they are kept.

    `standing` is as of the lock, which the caller holds; answers it as it is now.
    """
    after = standing.counting(points, year)
    row = {"year": after.earned_year, "this_year": after.earned, "last_year": after.earned_before}
    session.execute(_COUNT, {"of_member": member_id, **row})
    return after


def move(session: Session, member_id: int, amount: int, *, lines: int, counted: Standing) -> None:
    """Change the balance by several lines at once, and what counts toward a tier with them."""
    row = {"year": counted.earned_year, "this_year": counted.earned, "last_year": counted.earned_before}
    session.execute(_MOVE, {"of_member": member_id, "amount": amount, "lines": lines, **row})


def owe(session: Session, member_id: int, more: int) -> None:
    """Remember points to be taken back later, or with a negative number that they have been."""
    session.execute(_OWE, {"of_member": member_id, "more": more})


def set_many(session: Session, standings: Sequence[tuple[int, Standing]]) -> None:
    """Write balances that were worked out under their locks."""
    rows = [
        {"of_member": member_id, **{f"new_{name}": value for name, value in vars(standing).items()}}
        for member_id, standing in standings
    ]
    if rows:
        session.connection().execute(_SET, rows)
