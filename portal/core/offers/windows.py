"""Clocks: half-open pairs of instants, and the end of a day as the zone's people mean it."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def end_of_day(day: date, zone: str) -> datetime:
    """The exclusive end of that day in the zone: the first instant that belongs to the next one, in UTC."""
    return start_of_day(day + timedelta(days=1), zone)


def start_of_day(day: date, zone: str) -> datetime:
    """The first instant of that day in the zone, in UTC; where 12am does not exist, the first that does."""
    place = ZoneInfo(zone)
    instant = datetime.combine(day, time(), tzinfo=place).astimezone(UTC)
    while instant.astimezone(place).date() < day:
        instant += timedelta(minutes=15)
    return instant


def has_begun(begins: datetime | None, now: datetime) -> bool:
    """Whether the clock has started; no start means always."""
    return begins is None or now >= begins


def is_over(ends: datetime | None, now: datetime) -> bool:
    """Whether the clock has run out; ends are exclusive, no end means never."""
    return ends is not None and now >= ends


def usable_from(
    now: datetime,
    *,
    zone: str,
    after_days: int | None = None,
    after_minutes: int | None = None,
    use_from: datetime | None = None,
) -> datetime | None:
    """From when a claim made now works: N days on, at that day's start in its zone, or minutes from now.

    The latest of these and the use clock; None where it works at once.
    """
    begins = [] if use_from is None else [use_from]
    if after_days:
        begins.append(start_of_day(now.astimezone(ZoneInfo(zone)).date() + timedelta(days=after_days), zone))
    if after_minutes:
        begins.append(now + timedelta(minutes=after_minutes))
    return max(begins, default=None)


def expiry_of_claim(
    now: datetime, *, zone: str, valid_days: int | None, use_to: datetime | None
) -> datetime | None:
    """When a claim made now expires: N days on, at that day's end in its zone, never past the use clock."""
    if valid_days is None:
        return use_to
    ends = end_of_day(now.astimezone(ZoneInfo(zone)).date() + timedelta(days=valid_days), zone)
    return ends if use_to is None else min(ends, use_to)
