"""Stores, the tills in them, and which staff work where."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, Row, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.core.base import Base, Id, Instant


class Store(Base):
    __tablename__ = "stores"
    id: Mapped[Id]
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    zone: Mapped[str]
    auto_redeem: Mapped[bool] = mapped_column(default=True)
    opened_at: Mapped[Instant]


class Till(Base):
    __tablename__ = "tills"
    __table_args__ = (UniqueConstraint("store_id", "name", name="uq_tills_store_id_name"),)
    id: Mapped[Id]
    store_id: Mapped[int] = mapped_column(ForeignKey("stores.id"))
    name: Mapped[str]


class StaffStore(Base):
    __tablename__ = "staff_stores"
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    store_id: Mapped[int] = mapped_column(ForeignKey("stores.id"), primary_key=True, index=True)


def by_code(session: Session, code: str) -> Store | None:
    """The store with that code."""
    return session.scalar(select(Store).where(Store.code == code))


def every(session: Session) -> Sequence[Store]:
    """All stores by name."""
    return session.scalars(select(Store).order_by(Store.name)).all()


def ids_by_code(session: Session) -> dict[str, int]:
    """Every store's id, found by its code."""
    return dict(session.execute(select(Store.code, Store.id)).all())


def tills_in(session: Session, store_id: int) -> Sequence[Till]:
    """The tills of one store, by name."""
    return session.scalars(select(Till).where(Till.store_id == store_id).order_by(Till.name)).all()


def tills_for(session: Session, account_id: int, *, all_stores: bool) -> Sequence[Row[Till, Store]]:
    """The tills where this person may stand, with their stores; an admin may stand anywhere."""
    where = select(Till, Store).join(Store, Store.id == Till.store_id).order_by(Store.name, Till.name)
    if not all_stores:
        where = where.join(StaffStore, StaffStore.store_id == Store.id).where(
            StaffStore.account_id == account_id
        )
    return session.execute(where).all()


def open_store(
    session: Session, code: str, name: str, *, zone: str, now: datetime, auto_redeem: bool = True
) -> Store:
    """A new store, still without tills."""
    store = Store(code=code, name=name, zone=zone, auto_redeem=auto_redeem, opened_at=now)
    session.add(store)
    session.flush()
    return store


def add_tills(session: Session, store: Store, names: Sequence[str]) -> list[str]:
    """Put up the tills that are not there yet and answer their names; a till is never taken away."""
    there = {till.name for till in tills_in(session, store.id)}
    new = [name for name in names if name not in there]
    session.add_all(Till(store_id=store.id, name=name) for name in new)
    session.flush()
    return new
