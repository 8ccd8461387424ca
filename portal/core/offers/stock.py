"""How many can still be claimed: a narrow row per shard, taken last. No row: no limit."""

from collections.abc import Callable

from sqlalchemy import CheckConstraint, ForeignKey, bindparam, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.core.base import Base
from portal.core.refusals import OfferSoldOut


class Stock(Base):
    __tablename__ = "stock"
    __table_args__ = (CheckConstraint("remaining >= 0", name="never_oversold"),)
    offer_id: Mapped[int] = mapped_column(ForeignKey("offers.id"), primary_key=True)
    shard: Mapped[int] = mapped_column(primary_key=True, default=0)
    remaining: Mapped[int]


TAKE = (
    update(Stock)
    .where(Stock.offer_id == bindparam("of_offer"), Stock.shard == 0, Stock.remaining > 0)
    .values(remaining=Stock.remaining - 1)
    .returning(Stock.remaining)
    .execution_options(synchronize_session=False)
)
_PUT = (
    update(Stock)
    .where(Stock.offer_id == bindparam("of_offer"), Stock.shard == 0)
    .values(remaining=Stock.remaining + 1)
)


def take_one(session: Session, offer_id: int) -> None:
    """Take one, or raise OfferSoldOut; the row stays locked until the transaction ends, so call this last."""
    if session.execute(TAKE, {"of_offer": offer_id}).one_or_none() is None:
        raise OfferSoldOut


def put_back(session: Session, offer_id: int) -> None:
    """Return one; an offer without stock has no row and nothing happens."""
    session.connection().execute(_PUT, {"of_offer": offer_id})


def set_total(session: Session, offer_id: int, total: int | None, held: Callable[[], int]) -> None:
    """Change the stock of an offer to `total`, of which `held()` are taken; None lifts the limit."""
    row = session.scalar(select(Stock).where(Stock.offer_id == offer_id).with_for_update())
    if total is None:
        if row is not None:
            session.delete(row)
    elif row is None:
        session.add(Stock(offer_id=offer_id, shard=0, remaining=max(0, total - held())))
    else:
        row.remaining = max(0, total - held())
    session.flush()
