"""Days, weeks and months of a calendar, as limits count them: half-open, in one zone."""

from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from portal.core.offers import windows


class Period(StrEnum):
    """What a limit is for; a week begins on Monday."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


LONGEST = timedelta(days=32)


def around(now: datetime, period: str, zone: str) -> tuple[datetime, datetime]:
    """The period that `now` lies in: its first instant, and the first of the next."""
    first, after = _days(now.astimezone(ZoneInfo(zone)).date(), Period(period))
    return windows.start_of_day(first, zone), windows.start_of_day(after, zone)


def _days(day: date, period: Period) -> tuple[date, date]:
    match period:
        case Period.DAY:
            return day, day + timedelta(days=1)
        case Period.WEEK:
            monday = day - timedelta(days=day.weekday())
            return monday, monday + timedelta(days=7)
        case Period.MONTH:
            first = day.replace(day=1)
            return first, (first + LONGEST).replace(day=1)


def beginnings(now: datetime, zone: str) -> dict[str, datetime]:
    """When the day, the week and the month began: `day_began` and so on, as statements ask."""
    return {f"{period.value}_began": around(now, period, zone)[0] for period in Period}
