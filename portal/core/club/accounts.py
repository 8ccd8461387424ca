"""Accounts: the sign-in of a person, and what that person may do for the club."""

from collections.abc import Sequence
from enum import StrEnum

from sqlalchemy import LargeBinary, select
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
