"""Days counted from the day of the load, in the town's zone, so that the demo is always fresh."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from portal.core.offers import windows

ZONE = "Europe/Vilnius"


@dataclass(frozen=True)
class Calendar:
    """Day 0 is today, day -1 yesterday."""

    now: datetime

    def at(self, day: int, clock: str) -> datetime:
        """That day at, say, 14:05."""
        return datetime.combine(self._day(day), time.fromisoformat(clock), ZoneInfo(ZONE))

    def start(self, day: int) -> datetime:
        """The first instant of that day."""
        return windows.start_of_day(self._day(day), ZONE)

    def end(self, day: int) -> datetime:
        """The exclusive end of that day."""
        return windows.end_of_day(self._day(day), ZONE)

    def _day(self, day: int) -> date:
        return self.now.astimezone(ZoneInfo(ZONE)).date() + timedelta(days=day)
