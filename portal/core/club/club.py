"""The one club of this installation: its name, zone, currency and the keys its codes were made with."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import CheckConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.core.base import Base, Document, Id, Instant


class Club(Base):
    __tablename__ = "club"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)
    id: Mapped[Id]
    name: Mapped[str]
    zone: Mapped[str]
    currency: Mapped[str]
    key_fingerprints: Mapped[Document] = mapped_column(default=dict)
    founded_at: Mapped[Instant]
    most_open_grants: Mapped[int | None]
    # Earned points live until the end of the month that many months on; null: they never expire.
    points_months: Mapped[int | None]


def find(session: Session) -> Club | None:
    """The club, or None on a database that is still empty."""
    return session.scalar(select(Club))


def the(session: Session) -> Club:
    """The club; a database without one is not ready to serve."""
    return session.scalars(select(Club)).one()


def year_of(at: datetime, zone: str) -> int:
    """The calendar year of that moment in the club's zone."""
    return at.astimezone(ZoneInfo(zone)).year


def found(session: Session, *, name: str, zone: str, currency: str, now: datetime) -> Club:
    """Start the club if there is none yet; an existing one is left as it is."""
    club = find(session)
    if club is None:
        club = Club(id=1, name=name, zone=zone, currency=currency, founded_at=now, key_fingerprints={})
        session.add(club)
        session.flush()
    return club
