"""Instants in words: in the zone that defined them, to the minute, and never "midnight"."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time, get_timezone_location
from markupsafe import Markup

from portal.web.i18n import gettext as _
from portal.web.i18n import kept, lang, lazy, locale

Zone = ZoneInfo | str
Form = Literal["long", "short", "day", "brief"]

# How each language writes a day, in this year and in another one; ~ is a space that does not break.
_DAYS: dict[str, dict[Form, tuple[str, str]]] = {
    "en": {
        "long": ("EEEE d MMMM", "EEEE d MMMM y"),
        "short": ("EEE d MMMM", "EEE d MMMM y"),
        "day": ("d MMMM", "d MMMM y"),
        "brief": ("d MMM", "d MMM y"),
    },
    "lt": {
        "long": ("MMMM d~'d'., EEEE", "y~'m'. MMMM d~'d'., EEEE"),
        "short": ("MMMM d~'d'. (EEE)", "y~'m'. MMMM d~'d'. (EEE)"),
        "day": ("MMMM d~'d'.", "y~'m'. MMMM d~'d'."),
        "brief": ("MMM d~'d'.", "y-MM-dd"),
    },
}
_A_MONDAY = date(2026, 1, 5)
_NEAR = {-1: lazy("yesterday"), 0: lazy("today"), 1: lazy("tomorrow")}
_NEAR_FIRST = {-1: lazy("Yesterday"), 0: lazy("Today"), 1: lazy("Tomorrow")}
_TIME = Markup('<time datetime="%s">%s</time>')
_CLOCKS = {"en": ("h:mma", "ha"), "lt": ("HH:mm", "HH:mm")}
# Lithuanian bends what Babel knows in one form: penktadienis is "on Friday" first, then "by Friday".
_ON = {"lt": {"dienis": "dienį"}}
_JOINT = {"lt": {"dien": "\N{SOFT HYPHEN}dien"}}
_BY = {"lt": {"dienį": "dienio", "rytoj": "rytojaus"}}


def local(instant: datetime, zone: Zone) -> datetime:
    """The instant on the wall of a zone; one without an offset is a mistake, not a local time."""
    if instant.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return instant.astimezone(ZoneInfo(zone) if isinstance(zone, str) else zone)


def spoken_end(end: datetime, zone: Zone) -> datetime:
    """The moment to name for an exclusive end: at 12am, the last one before it, so that 11:59pm is said."""
    there = local(end, zone)
    last = local(end.astimezone(UTC) - timedelta.resolution, zone)
    # Where the clock skips 12am a day begins at 1am; such an end is the end of the day before, too.
    return last if there.time() == time() or last.date() != there.date() else there


def days_between(now: datetime, then: datetime, zone: Zone) -> int:
    """How many times the calendar of the zone turns from `now` to `then`."""
    return (local(then, zone).date() - local(now, zone).date()).days


def clock_words(instant: datetime, zone: Zone) -> str:
    """2:31pm; 9am on the hour."""
    there = local(instant, zone).time()
    return _clock(there.hour, there.minute)


def weekday_words(instant: datetime, zone: Zone, *, short: bool = False) -> str:
    """Friday, or Fri."""
    return _weekday(local(instant, zone).date(), "EEE" if short else "EEEE")


def day_name(day: int) -> str:
    """Monday for 0, Sunday for 6."""
    return _weekday(_A_MONDAY + timedelta(days=day), "EEEE")


def minute_words(minute: int) -> str:
    """7:30am for the minute 450 of a day."""
    return _clock(*divmod(minute, 60))


def date_words(instant: datetime, now: datetime, zone: Zone, form: Form = "long") -> str:
    """Friday 13 November, Fri 13 November, 13 November or 13 Nov, and the year unless it is this one."""
    there = local(instant, zone).date()
    return _date(there, form, with_year=there.year != local(now, zone).year)


def full_date_words(instant: datetime, zone: Zone) -> str:
    """Friday 13 November 2026: for paper, which is read in another year."""
    return _date(local(instant, zone).date(), "long", with_year=True)


def calendar_words(day: date) -> str:
    """13 November 2026: a day of the calendar, in no zone."""
    return _date(day, "day", with_year=True)


def paper_words(instant: datetime, zone: Zone) -> str:
    """Friday 13 November 2026, 11:59pm Vilnius time: what stays true wherever and whenever it is read."""
    date, clock = full_date_words(instant, zone), clock_words(instant, zone)
    return _("%(date)s, %(clock)s %(zone)s", date=date, clock=clock, zone=zone_words(zone))


def day_words(instant: datetime, now: datetime, zone: Zone) -> str:
    """today, yesterday, tomorrow, else Friday 13 November."""
    return _near(instant, now, zone) or date_words(instant, now, zone)


def when_words(instant: datetime, now: datetime, zone: Zone) -> str:
    """A line of a timeline: "Today, 2:31pm" while the hour matters, then "Mon 2 November"."""
    near = _near_first(instant, now, zone)
    if not near:
        return date_words(instant, now, zone, "short")
    return _("%(day)s, %(clock)s", day=near, clock=clock_words(instant, zone))


def stamp_words(instant: datetime, now: datetime, zone: Zone) -> str:
    """For staff, the hour always: "Today 2:31pm", "Mon 2 November 2:31pm"."""
    day = _near_first(instant, now, zone) or date_words(instant, now, zone, "short")
    return _("%(day)s %(clock)s", day=day, clock=clock_words(instant, zone))


def moment_words(instant: datetime, now: datetime, zone: Zone) -> str:
    """What is to come, inside a sentence: "tomorrow at 9am", "Saturday 14 November at 9am"."""
    return _("%(day)s at %(clock)s", day=day_words(instant, now, zone), clock=clock_words(instant, zone))


def past_words(instant: datetime, now: datetime, zone: Zone) -> str:
    """What has been, inside a sentence: "today at 2:31pm", "on Monday 2 November at 2:31pm"."""
    clock = clock_words(instant, zone)
    if near := _near(instant, now, zone):
        return _("%(day)s at %(clock)s", day=near, clock=clock)
    return _("on %(day)s at %(clock)s", day=date_words(instant, now, zone), clock=clock)


def end_words(end: datetime, now: datetime, zone: Zone) -> str:
    """An exclusive end: "yesterday at 11:59pm", "on Tuesday 10 November, at 11:59pm"."""
    there = spoken_end(end, zone)
    if near := _near(there, now, zone):
        return _("%(day)s at %(clock)s", day=near, clock=clock_words(there, zone))
    return _("on %(day)s, at %(clock)s", day=date_words(there, now, zone), clock=clock_words(there, zone))


def by(words: str) -> str:
    """A day as it is said after "by", "until" and "from"; as it comes it is said of what happens on it."""
    return _bent(words, _BY)


def parted(words: str) -> str:
    """A day for a narrow place, with its joint marked where a long word may go on in the next line."""
    return _bent(words, _JOINT)


def zone_words(zone: Zone) -> str:
    """Vilnius time."""
    name = str(zone)
    region, _slash, place = name.rpartition("/")
    if region in ("", "Etc"):
        return place
    return _("%(city)s time", city=_city(name))


def iso(instant: datetime, zone: Zone) -> str:
    """2026-11-12T14:29+02:00: the zone's own wall and offset, for the `datetime` of a time element."""
    return local(instant, zone).isoformat(timespec="minutes")


def time_tag(instant: datetime, zone: Zone, words: str) -> Markup:
    """The words with the instant behind them, for programs that read the page."""
    return _TIME % (iso(instant, zone), words)


@kept
def _city(zone: str) -> str:
    return get_timezone_location(zone, locale=locale(), return_city=True).rpartition("/")[2]


@kept
def _clock(hour: int, minute: int) -> str:
    minutes, on_the_hour = _CLOCKS[lang()]
    return format_time(time(hour, minute), minutes if minute else on_the_hour, locale=locale())


@kept
def _weekday(day: date, pattern: str) -> str:
    return _bent(format_date(day, pattern, locale=locale()), _ON)


@kept
def _date(day: date, form: Form, *, with_year: bool) -> str:
    pattern = _DAYS[lang()][form][with_year].replace("~", "\N{NO-BREAK SPACE}")
    return _bent(format_date(day, pattern, locale=locale()), _ON)


def _bent(words: str, endings: Mapping[str, Mapping[str, str]]) -> str:
    for plain, bent in endings.get(lang(), {}).items():
        words = words.replace(plain, bent)
    return words


def _near(instant: datetime, now: datetime, zone: Zone) -> str | None:
    return _named(_NEAR, days_between(now, instant, zone))


def _near_first(instant: datetime, now: datetime, zone: Zone) -> str | None:
    return _named(_NEAR_FIRST, days_between(now, instant, zone))


def _named(names: dict[int, str], days: int) -> str | None:
    return str(names[days]) if days in names else None
