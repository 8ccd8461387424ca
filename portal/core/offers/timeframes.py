"""At which hours of which days a code works: by the clock on the wall of the store that is asked."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, model_validator

EVERY_DAY = (0, 1, 2, 3, 4, 5, 6)
WHOLE_DAY = 24 * 60
_QUARTER = 15
_LOOK_AHEAD = timedelta(days=8)
_MINUTE = timedelta(minutes=1)


class Timeframe(BaseModel):
    """Days as Monday 0 to Sunday 6, and minutes since 12am; the end is exclusive.

    One that ends before it begins runs past midnight, into the day after each of its days.
    """

    model_config = ConfigDict(frozen=True)
    days: tuple[int, ...] = EVERY_DAY
    begins: int = Field(default=0, ge=0, lt=WHOLE_DAY)
    ends: int = Field(default=WHOLE_DAY, gt=0, le=WHOLE_DAY)

    @model_validator(mode="after")
    def _says_when(self) -> "Timeframe":
        if not self.days or not set(self.days) <= set(EVERY_DAY) or self.begins == self.ends:
            raise ValueError("a timeframe needs a day of the week, and an end that is not its beginning")
        return self

    def holds(self, weekday: int, minute: int) -> bool:
        """Whether that minute of that day of the week lies within."""
        if self.begins < self.ends:
            return weekday in self.days and self.begins <= minute < self.ends
        late = weekday in self.days and minute >= self.begins
        return late or ((weekday - 1) % 7 in self.days and minute < self.ends)


Timeframes = Sequence[Timeframe]


def read(kept: Sequence[Any]) -> tuple[Timeframe, ...]:
    """The timeframes as an offer keeps them."""
    return tuple(Timeframe.model_validate(one) for one in kept)


def kept(frames: Timeframes) -> list[dict[str, Any]]:
    """The same in a form that JSON can hold."""
    return [frame.model_dump(mode="json") for frame in frames]


def is_open(frames: Timeframes, now: datetime, zone: str) -> bool:
    """Whether the clock on the wall there says one of these hours; no timeframe means always.

    An hour that the clock shows twice counts twice, one that it skips does not come.
    """
    there = now.astimezone(ZoneInfo(zone))
    return not frames or _holds(frames, there)


def next_opening(frames: Timeframes, now: datetime, zone: str) -> datetime | None:
    """The first minute from `now` on that lies within; None where none of the coming days has one."""
    place, last = ZoneInfo(zone), now + _LOOK_AHEAD
    moment = now if is_open(frames, now, zone) else now.replace(second=0, microsecond=0) + _MINUTE
    while moment < last:
        there = moment.astimezone(place)
        if _holds(frames, there):
            return moment
        moment += timedelta(minutes=_closed_for(frames, moment, there))
    return None


def _holds(frames: Timeframes, there: datetime) -> bool:
    minute = there.hour * 60 + there.minute
    return any(frame.holds(there.weekday(), minute) for frame in frames)


def _closed_for(frames: Timeframes, moment: datetime, there: datetime) -> int:
    """A leap that passes no opening: clocks change at full quarters only, and between them they just run."""
    minute = there.hour * 60 + there.minute
    ahead = [frame.begins - minute for frame in frames if frame.begins > minute]
    return min([_QUARTER - moment.minute % _QUARTER, *ahead, WHOLE_DAY - minute])
