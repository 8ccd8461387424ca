"""Members: the people of the club, with their tier and, if need be, a ban that ends."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ForeignKey, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.core.base import Base, Document, Id, Instant


class Member(Base):
    __tablename__ = "members"
    id: Mapped[Id]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), unique=True)
    external_id: Mapped[str | None] = mapped_column(unique=True)
    name: Mapped[str]
    tier_id: Mapped[int | None] = mapped_column(ForeignKey("tiers.id"))
    # At least this tier, through that year, because the club says so; and for which year it was last judged.
    tier_floor_id: Mapped[int | None] = mapped_column(ForeignKey("tiers.id"))
    tier_floor_year: Mapped[int | None]
    tier_year: Mapped[int] = mapped_column(default=0, index=True)
    phone: Mapped[str | None]
    language: Mapped[str] = mapped_column(default="en")
    joined_at: Mapped[Instant]
    banned_until: Mapped[Instant | None]
    ban_reason: Mapped[str | None]
    reminders: Mapped[bool] = mapped_column(default=True)
    theme: Mapped[str] = mapped_column(default="system")
    profile: Mapped[Document] = mapped_column(default=dict)


def by_external_id(session: Session, external_id: str) -> Member | None:
    """The member whom the client's system knows by that id."""
    return session.scalar(select(Member).where(Member.external_id == external_id))


def ids_by_external_id(session: Session, external_ids: Collection[str]) -> dict[str, int]:
    """Whom the client's system knows by these, as far as there is anybody."""
    found = select(Member.external_id, Member.id).where(Member.external_id.in_(external_ids))
    return {known: number for known, number in session.execute(found) if known is not None}


def of_account(session: Session, account_id: int) -> Member | None:
    """The member who signs in with that account, if it has one."""
    return session.scalar(select(Member).where(Member.account_id == account_id))


def set_reminders(session: Session, member_id: int, *, on: bool) -> None:
    """Whether the member is mailed before a claim expires."""
    session.execute(update(Member).where(Member.id == member_id).values(reminders=on))


def is_banned(banned_until: datetime | None, now: datetime) -> bool:
    """Whether a ban holds at that moment; it ends by itself."""
    return banned_until is not None and now < banned_until
