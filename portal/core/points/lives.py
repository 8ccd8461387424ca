"""How long earned points live: the club's rule, and the moment it means."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

NEVER = None


def expiry_of(earned_at: datetime, *, zone: str, months: int | None) -> datetime | None:
    """The end of the month `months` on in the club's zone, as an exclusive instant; None for never."""
    if months is None:
        return NEVER
    there = earned_at.astimezone(ZoneInfo(zone))
    count = there.year * 12 + there.month + months  # months since year 0; months are counted from 0 here
    return _first_instant(date(count // 12, count % 12 + 1, 1), zone)


def _first_instant(day: date, zone: str) -> datetime:
    place = ZoneInfo(zone)
    instant = datetime(day.year, day.month, day.day, tzinfo=place).astimezone(UTC)
    while instant.astimezone(place).date() < day:
        instant += timedelta(minutes=15)
    return instant
