"""Hours of the week, against a second implementation that reads the wall clock of every minute as text."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest

from portal.core.offers import timeframes, windows
from portal.core.offers.timeframes import Timeframe

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
# Across midnight, over the hours at which clocks change, a whole day, and one odd minute.
FRAMES = (
    Timeframe(days=(5,), begins=22 * 60, ends=150),
    Timeframe(days=(6,), begins=150, ends=3 * 60 + 15),
    Timeframe(days=(1,)),
    Timeframe(days=(3,), begins=23 * 60 + 59),
)
# Open for ten minutes soon after the hours at which clocks change, on the days on which they do.
SHORTLY = (
    Timeframe(days=(4, 6), begins=65, ends=75),
    Timeframe(days=(6,), begins=5, ends=15),
    Timeframe(days=(6,), begins=245, ends=255),
)
YEARS = (2026, 2027, 2028)
# The clock skips the end of a day, 12am, or a whole date; it goes back over 12am; a leap day.
CALENDAR = [
    ("Africa/Cairo", date(2026, 4, 24), "2026-04-23T22:00"),
    ("Asia/Beirut", date(2026, 3, 29), "2026-03-28T22:00"),
    ("America/Havana", date(2026, 3, 8), "2026-03-08T05:00"),
    ("America/Nuuk", date(2026, 3, 29), "2026-03-29T01:00"),
    ("America/Nuuk", date(2026, 10, 25), "2026-10-25T02:00"),
    ("America/Santiago", date(2026, 9, 6), "2026-09-06T04:00"),
    ("Pacific/Apia", date(2011, 12, 31), "2011-12-30T10:00"),
    ("Asia/Kathmandu", date(2028, 2, 29), "2028-02-28T18:15"),
    ("Europe/Vilnius", date(2028, 3, 1), "2028-02-29T22:00"),
    ("Australia/Lord_Howe", date(2026, 10, 5), "2026-10-04T13:00"),
]


def test_every_zone_agrees_with_its_wall_clock_around_each_change() -> None:
    wrong = []
    for zone in sorted(available_timezones()):
        for moment in around_changes(ZoneInfo(zone)):
            said = timeframes.is_open(FRAMES, moment, zone)
            if said != read_from_the_wall(FRAMES, moment, zone):
                wrong.append((zone, moment))
    assert wrong == []


def test_every_zone_begins_its_days_where_the_wall_first_shows_them() -> None:
    wrong = []
    for zone in sorted(available_timezones()):
        place = ZoneInfo(zone)
        for change in changes(place):
            days = {(change + step * DAY).astimezone(place).date() for step in (0, 1)}
            begun = {day: windows.start_of_day(day, zone) for day in days}
            wrong += [(zone, day) for day in days if begun[day] != first_shown(day, place, change)]
    assert wrong == []


@pytest.mark.parametrize("zone, day, begins", CALENDAR)
def test_a_day_begins_where_the_tables_say(zone: str, day: date, begins: str) -> None:
    assert windows.start_of_day(day, zone) == datetime.fromisoformat(begins).replace(tzinfo=UTC)


@pytest.mark.parametrize("zone", ["Europe/Vilnius", "America/Nuuk", "Australia/Lord_Howe", "Africa/Cairo"])
def test_the_next_opening_is_the_first_minute_that_is_open(zone: str) -> None:
    for change in changes(ZoneInfo(zone)):
        for frames, before in ((FRAMES, 20 * HOUR), (SHORTLY, 20 * HOUR), (SHORTLY, 105 * MINUTE)):
            begin = change - before
            opens = timeframes.next_opening(frames, begin, zone)
            there = (at for at in minutes(begin, 8 * DAY) if read_from_the_wall(frames, at, zone))
            assert opens == next(there)


def test_a_skipped_hour_does_not_come_and_a_repeated_one_comes_twice() -> None:
    hour = (Timeframe(begins=3 * 60, ends=4 * 60),)
    spring, autumn = datetime(2026, 3, 28, 22, tzinfo=UTC), datetime(2026, 10, 24, 21, tzinfo=UTC)
    open_for = [
        sum(timeframes.is_open(hour, moment, "Europe/Vilnius") for moment in minutes(begin, DAY))
        for begin in (spring, autumn)
    ]
    assert open_for == [0, 120]


def test_no_timeframe_is_always_and_none_within_reach_is_no_opening() -> None:
    noon = datetime(2026, 6, 10, 9, tzinfo=UTC)
    assert timeframes.is_open((), noon, "Europe/Vilnius")
    assert timeframes.next_opening(FRAMES, noon, "Europe/Vilnius") == datetime(
        2026, 6, 11, 20, 59, tzinfo=UTC
    )


@pytest.mark.parametrize("given", [{"days": ()}, {"days": (7,)}, {"begins": 60, "ends": 60}, {"ends": 1441}])
def test_hours_that_mean_nothing_are_refused(given: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"Timeframe"):
        Timeframe.model_validate(given)


def read_from_the_wall(frames: Sequence[Timeframe], moment: datetime, zone: str) -> bool:
    """The second implementation: by names of days and four digits of a clock, nothing of the first."""
    day, clock = moment.astimezone(ZoneInfo(zone)).strftime("%a %H%M").split()
    return any(
        (day, clock) >= span[0] and (day, clock) < span[1] for span in spans(frames) if span[0][0] == day
    )


def spans(frames: Sequence[Timeframe]) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    for frame in frames:
        begins, ends = (f"{minute // 60:02}{minute % 60:02}" for minute in (frame.begins, frame.ends))
        for day in frame.days:
            name, after = WEEKDAYS[day], WEEKDAYS[(day + 1) % 7]
            if begins < ends:
                yield (name, begins), (name, ends)
            else:
                yield (name, begins), (name, "2400")
                yield (after, "0000"), (after, ends)


@cache
def changes(place: ZoneInfo) -> list[datetime]:
    """The hours of these years within which the zone's offset changes, or one for a zone that has none."""
    first = datetime(YEARS[0], 1, 1, tzinfo=UTC)
    days = [first + step * DAY for step in range(366 * len(YEARS))]
    turned = [
        day for day, after in pairwise(days) if day.astimezone(place).utcoffset() != offset(after, place)
    ]
    return [change_after(day, place) for day in turned] or [datetime(2028, 2, 29, 12, tzinfo=UTC)]


def change_after(day: datetime, place: ZoneInfo) -> datetime:
    quarters = (day + step * 15 * MINUTE for step in range(97))
    return next(moment for moment in quarters if offset(moment, place) != offset(day, place))


def offset(moment: datetime, place: ZoneInfo) -> timedelta | None:
    return moment.astimezone(place).utcoffset()


def around_changes(place: ZoneInfo) -> Iterator[datetime]:
    """Every few minutes for some hours, and each minute next to the change."""
    for change in changes(place):
        yield from (change + step * 7 * MINUTE for step in range(-60, 60))
        yield from (change + step * MINUTE for step in range(-2, 3))


def first_shown(day: date, place: ZoneInfo, change: datetime) -> datetime:
    """Quarter by quarter: where the wall shows that date first."""
    wanted = day.isoformat()
    moment = change - 3 * DAY
    moment = moment.replace(minute=0)
    while moment.astimezone(place).strftime("%Y-%m-%d") < wanted:
        moment += 15 * MINUTE
    return moment


def minutes(begin: datetime, length: timedelta) -> Iterator[datetime]:
    begin = begin.replace(second=0, microsecond=0)
    return (begin + step * MINUTE for step in range(int(length / MINUTE)))
