"""Reminders before a claim expires: one a week ahead and one two days ahead, each once, and only by day."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, ForeignKey, and_, exists, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.core.base import AnyRow, Base, Instant, insert_or_none
from portal.core.claims.claims import Claim, State
from portal.core.club.accounts import Account
from portal.core.club.members import Member
from portal.core.records import outbox

DAY_BEGINS, DAY_ENDS = 9, 20


class Ahead(StrEnum):
    """The two reminders of a claim."""

    WEEK = "week"
    TWO_DAYS = "two_days"


# How long before the end each is due. Where both are, only the later one is of use.
LEAD = {Ahead.WEEK: timedelta(days=7), Ahead.TWO_DAYS: timedelta(hours=48)}
_NEXT = {Ahead.WEEK: LEAD[Ahead.TWO_DAYS], Ahead.TWO_DAYS: timedelta()}


class Reminder(Base):
    """That a reminder has been dealt with: queued, or of no use to somebody who claimed later."""

    __tablename__ = "reminders"
    claim_id: Mapped[int] = mapped_column(ForeignKey("claims.id"), primary_key=True, autoincrement=False)
    ahead: Mapped[str] = mapped_column(primary_key=True)
    made_at: Mapped[Instant]


def is_day(now: datetime, zone: str) -> bool:
    """Whether people may be written to there now."""
    return DAY_BEGINS <= now.astimezone(ZoneInfo(zone)).hour < DAY_ENDS


def next_day(now: datetime, zone: str) -> datetime:
    """When the next day for writing begins there."""
    there = now.astimezone(ZoneInfo(zone))
    morning = there.replace(hour=DAY_BEGINS, minute=0, second=0, microsecond=0)
    return morning if morning > there else morning + timedelta(days=1)


def write_due(session: Session, *, now: datetime, batch: int = 200) -> int:
    """Queue up to `batch` reminders of each kind that are due; answers how many were dealt with."""
    dealt_with = 0
    for ahead, row in _due(session, now, batch):
        values = {"claim_id": row.id, "ahead": ahead, "made_at": now}
        is_first = insert_or_none(session, Reminder, values, unique=["claim_id", "ahead"]) is not None
        if is_first and row.claimed_at <= row.expires_at - LEAD[ahead]:
            outbox.add(session, "reminder", {"reference": row.reference, "ahead": ahead}, now=now)
        dealt_with += 1
    return dealt_with


def _due(session: Session, now: datetime, batch: int) -> Iterator[tuple[Ahead, AnyRow]]:
    for ahead in Ahead:
        near = _near(ahead, now)
        zones = session.scalars(select(Claim.zone).distinct().where(near)).all()
        awake = [zone for zone in zones if is_day(now, zone)]
        told = exists().where(Reminder.claim_id == Claim.id, Reminder.ahead == ahead)
        wanted = (
            select(Claim.id, Claim.reference, Claim.claimed_at, Claim.expires_at)
            .join(Member, Member.id == Claim.member_id)
            .join(Account, Account.id == Member.account_id)
            .where(near, Claim.zone.in_(awake), ~told, Member.reminders, Account.closed_at.is_(None))
            .where(or_(Member.banned_until.is_(None), Member.banned_until <= now))
            .order_by(Claim.expires_at, Claim.id)
            .limit(batch)
        )
        for row in session.execute(wanted).all() if awake else ():
            yield ahead, row


def _near(ahead: Ahead, now: datetime) -> ColumnElement[bool]:
    return and_(
        Claim.state == State.CLAIMED.value,
        Claim.expires_at > now + _NEXT[ahead],
        Claim.expires_at <= now + LEAD[ahead],
    )
