"""Accounts: the sign-in of a person, and what that person may do for the club."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import LargeBinary, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.core.base import Base, Id, Instant
from portal.core.club.stores import StaffStore


class Role(StrEnum):
    """What an account may do for the club; a member without a job has none."""

    STAFF = "staff"
    MANAGER = "manager"
    ADMIN = "admin"


class Account(Base):
    __tablename__ = "accounts"
    id: Mapped[Id]
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    role: Mapped[str | None]
    password_hash: Mapped[str | None]
    pin_lookup: Mapped[bytes | None] = mapped_column(LargeBinary(32), index=True)
    opened_at: Mapped[Instant]
    closed_at: Mapped[Instant | None]


@dataclass(frozen=True)
class PinHolder:
    """Somebody with a certain PIN, and one of the stores where it names them."""

    account_id: int
    role: str
    store_id: int | None


def tidy_email(typed: str) -> str:
    """The form under which an address is kept and compared."""
    return typed.strip().casefold()


def by_email(session: Session, email: str) -> Account | None:
    """The open account with that address."""
    return session.scalar(
        select(Account).where(Account.email == tidy_email(email), Account.closed_at.is_(None))
    )


def by_pin(session: Session, pin_lookups: Sequence[bytes], *, store_id: int) -> Account | None:
    """Who at this store has that PIN; admins may act at every store."""
    here = select(StaffStore.account_id).where(StaffStore.store_id == store_id)
    return session.scalar(
        select(Account).where(
            Account.pin_lookup.in_(pin_lookups),
            Account.closed_at.is_(None),
            Account.role.is_not(None),
            (Account.role == Role.ADMIN) | Account.id.in_(here),
        )
    )


def ever_by_email(session: Session, email: str) -> Account | None:
    """The account with that address, closed or not."""
    return session.scalar(select(Account).where(Account.email == tidy_email(email)))


def is_anyone(session: Session) -> bool:
    """Whether there is any account at all."""
    return session.scalar(select(Account.id).limit(1)) is not None


def holders_of_pin(session: Session, pin_lookups: Sequence[bytes]) -> list[PinHolder]:
    """Everyone at work who has that PIN, once for each of their stores; an admin without stores once."""
    rows = session.execute(
        select(Account.id, Account.role, StaffStore.store_id)
        .outerjoin(StaffStore, StaffStore.account_id == Account.id)
        .where(Account.pin_lookup.in_(pin_lookups), Account.closed_at.is_(None), Account.role.is_not(None))
    )
    return [PinHolder(row.id, row.role, row.store_id) for row in rows]


def store_ids_of(session: Session, account_id: int) -> set[int]:
    """Where this person works."""
    return set(session.scalars(select(StaffStore.store_id).where(StaffStore.account_id == account_id)))


def open_account(session: Session, email: str, name: str, *, role: Role | None, now: datetime) -> Account:
    """A new account without password and PIN."""
    account = Account(email=tidy_email(email), name=name, role=role, opened_at=now)
    session.add(account)
    session.flush()
    return account


def set_stores(session: Session, account_id: int, store_ids: Collection[int]) -> None:
    """Where this person works from now on."""
    session.execute(delete(StaffStore).where(StaffStore.account_id == account_id))
    session.add_all(StaffStore(account_id=account_id, store_id=store_id) for store_id in sorted(store_ids))
    session.flush()
