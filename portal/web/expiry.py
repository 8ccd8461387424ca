"""How soon something ends: one ladder of levels, each with its words, for notices, cards and paper."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from markupsafe import Markup

from portal.web import dates
from portal.web.dates import Zone
from portal.web.i18n import gettext as _
from portal.web.i18n import gettext_html, lazy, ngettext

LAST_HOURS = timedelta(hours=3)
TWO_DAYS = timedelta(hours=48)
WEEK_DAYS = 7
COUNTED_DAYS = 30


class Level(StrEnum):
    GONE = "gone"
    LAST = "last"
    TODAY = "today"
    TOMORROW = "tomorrow"
    TWO_DAYS = "two_days"
    WEEK = "week"
    LATER = "later"


# The strengths a notice is drawn in; three levels share the strong paper.
_LOOKS = {Level.TODAY: "tomorrow", Level.TWO_DAYS: "tomorrow"}

_ALONE = {
    Level.GONE: lazy("Expired %(ended)s"),
    Level.LAST: lazy("Expires in <b>%(left)s</b>, %(moment)s"),
    Level.TODAY: lazy("Expires <b>today</b> at %(clock)s"),
    Level.TOMORROW: lazy("Expires <b>tomorrow</b>, %(weekday)s, at %(clock)s"),
    Level.TWO_DAYS: lazy("Expires on <b>%(weekday)s</b> at %(clock)s, in less than 2 days"),
    Level.WEEK: lazy("Expires in <b>%(days)s</b>, %(date)s at %(clock)s"),
    Level.LATER: lazy("Use by <b>%(date)s</b>, %(days)s left"),
}
_NAMED = {
    Level.GONE: lazy("<b>%(what)s</b> expired %(ended)s"),
    Level.LAST: lazy("<b>%(what)s</b> expires in <b>%(left)s</b>, %(moment)s"),
    Level.TODAY: lazy("<b>%(what)s</b> expires <b>today</b> at %(clock)s"),
    Level.TOMORROW: lazy("<b>%(what)s</b> expires <b>tomorrow</b>, %(weekday)s, at %(clock)s"),
    Level.TWO_DAYS: lazy("<b>%(what)s</b> expires on <b>%(weekday)s</b> at %(clock)s, in less than 2 days"),
    Level.WEEK: lazy("<b>%(what)s</b> expires in <b>%(days)s</b>, %(date)s at %(clock)s"),
    Level.LATER: lazy("<b>%(what)s</b>: use by <b>%(date)s</b>, %(days)s left"),
}
_FAR = lazy("Use by <b>%(date)s</b>")
_ON_PAPER = lazy("Use by <b>%(date)s</b>, %(clock)s %(zone)s")
_FAR_NAMED = lazy("<b>%(what)s</b>: use by <b>%(date)s</b>")


@dataclass(frozen=True)
class Expiry:
    """How an end is spoken now: its level, its look, its words on screen and on paper."""

    level: Level
    words: Markup
    paper: Markup
    spoken: datetime

    @property
    def look(self) -> str:
        """The notice's data-level: gone, last, tomorrow (strong), week or later."""
        return _LOOKS.get(self.level, self.level.value)

    @property
    def plain(self) -> str:
        """The words without their bold, for names, alternatives and live regions."""
        return self.words.striptags()


@dataclass(frozen=True)
class Stub:
    """Two lines on the stub of a ticket: "Sat, 9am" and "opens in 2 days"."""

    when: str
    wait: str


def level(ends_at: datetime, now: datetime, zone: Zone) -> Level:
    """The first rung that holds, from the top; days are those of the zone's calendar."""
    left = _left(ends_at, now)
    days = _days(ends_at, now, zone)
    if left <= timedelta():
        return Level.GONE
    if left <= LAST_HOURS:
        return Level.LAST
    # Tomorrow stays tomorrow on the night when its end is 49 hours away: "in 1 day" is never said.
    if days <= 1:
        return Level.TOMORROW if days else Level.TODAY
    if left <= TWO_DAYS:
        return Level.TWO_DAYS
    return Level.WEEK if days <= WEEK_DAYS else Level.LATER


def expiry(ends_at: datetime | None, now: datetime, zone: Zone, *, what: str | None = None) -> Expiry | None:
    """The end in words, about `what` if it is named ("20% off expires …"); None where there is no end."""
    if ends_at is None:
        return None
    rung = level(ends_at, now, zone)
    sentence = (_NAMED if what else _ALONE)[rung]
    if rung is Level.LATER and _days(ends_at, now, zone) > COUNTED_DAYS:
        sentence = _FAR_NAMED if what else _FAR
    words = gettext_html(sentence, what=what, **_parts(ends_at, now, zone))
    return Expiry(rung, words, paper_words(ends_at, zone), dates.spoken_end(ends_at, zone))


def paper_words(ends_at: datetime, zone: Zone) -> Markup:
    """Use by Friday 13 November 2026, 11:59pm Vilnius time: paper never says "tomorrow"."""
    end = dates.spoken_end(ends_at, zone)
    date, clock = dates.by(dates.full_date_words(end, zone)), dates.clock_words(end, zone)
    return gettext_html(_ON_PAPER, date=date, clock=clock, zone=dates.zone_words(zone))


def on_card(ends_at: datetime | None, now: datetime, zone: Zone) -> str | None:
    """The corner of a pass: "Expires tomorrow, 11:59pm"."""
    if ends_at is None:
        return None
    match level(ends_at, now, zone):
        case Level.GONE:
            return _("Expired %(day)s", day=_short_day(dates.spoken_end(ends_at, zone), now, zone))
        case Level.LAST:
            return _("Expires in %(left)s", left=_left_words(_left(ends_at, now)))
        case Level.LATER:
            return _("Use by %(day)s", day=dates.by(_short_end(ends_at, now, zone)))
    return _("Expires %(day)s", day=dates.by(_short_end(ends_at, now, zone)))


def claim_by(ends_at: datetime | None, now: datetime, zone: Zone) -> str | None:
    """Claim by Sun 15 November; "Claim by 11:59pm today" when it is near; "Ended 10 Nov" when it is over."""
    if ends_at is None:
        return None
    if now >= ends_at:
        return ended(ends_at, now, zone)
    end = dates.spoken_end(ends_at, zone)
    if dates.days_between(now, end, zone) <= 1:
        near, clock = dates.by(dates.day_words(end, now, zone)), dates.clock_words(end, zone)
        return _("Claim by %(clock)s %(day)s", clock=clock, day=near)
    return _("Claim by %(day)s", day=_short_end(ends_at, now, zone))


def ended(ends_at: datetime, now: datetime, zone: Zone) -> str:
    """Ended 10 Nov."""
    end = dates.spoken_end(ends_at, zone)
    return _("Ended %(day)s", day=dates.date_words(end, now, zone, "brief"))


def again_from(resets_at: datetime, now: datetime, zone: Zone) -> str:
    """again from 1 Dec."""
    return _("again from %(day)s", day=dates.date_words(resets_at, now, zone, "brief"))


def opens(starts_at: datetime | None, now: datetime, zone: Zone) -> str | None:
    """Opens Sat 14 November, 9am; None once it is open."""
    if starts_at is None or now >= starts_at:
        return None
    day, clock = _short_day(starts_at, now, zone), dates.clock_words(starts_at, zone)
    return _("Opens %(day)s, %(clock)s", day=day, clock=clock)


def opens_stub(starts_at: datetime, now: datetime, zone: Zone) -> Stub:
    """Sat, 9am / opens in 2 days; from a week on the date in place of the weekday."""
    days, clock = dates.days_between(now, starts_at, zone), dates.clock_words(starts_at, zone)
    if days <= 1:
        return Stub(clock, _("opens tomorrow") if days else _("opens today"))
    near = days < WEEK_DAYS
    day = dates.weekday_words(starts_at, zone, short=True)
    day = day if near else dates.date_words(starts_at, now, zone, "brief")
    wait = ngettext("opens in %(num)s day", "opens in %(num)s days", days)
    return Stub(_("%(day)s, %(clock)s", day=day, clock=clock), wait)


def from_when(starts_at: datetime, now: datetime, zone: Zone) -> str:
    """From Saturday 9am; from a week on the date in place of the weekday."""
    days, clock = dates.days_between(now, starts_at, zone), dates.clock_words(starts_at, zone)
    if days <= 1:
        return _("From %(clock)s %(day)s", clock=clock, day=dates.by(dates.day_words(starts_at, now, zone)))
    if days < WEEK_DAYS:
        weekday = dates.parted(dates.by(dates.weekday_words(starts_at, zone)))
        return _("From %(weekday)s %(clock)s", weekday=weekday, clock=clock)
    return _("From %(day)s, %(clock)s", day=_short_day(starts_at, now, zone), clock=clock)


def _parts(ends_at: datetime, now: datetime, zone: Zone) -> dict[str, str]:
    end = dates.spoken_end(ends_at, zone)
    return {
        "ended": dates.end_words(ends_at, now, zone),
        "left": _left_words(_left(ends_at, now)),
        "moment": dates.moment_words(end, now, zone),
        "clock": dates.clock_words(end, zone),
        "weekday": dates.by(dates.weekday_words(end, zone)),
        "date": dates.by(dates.date_words(end, now, zone)),
        "days": ngettext("%(num)s day", "%(num)s days", _days(ends_at, now, zone)),
    }


def _left(ends_at: datetime, now: datetime) -> timedelta:
    # In UTC, because two wall times of one zone would be subtracted as if no clock had changed.
    return ends_at.astimezone(UTC) - now.astimezone(UTC)


def _days(ends_at: datetime, now: datetime, zone: Zone) -> int:
    return dates.days_between(now, dates.spoken_end(ends_at, zone), zone)


def _left_words(left: timedelta) -> str:
    hours, minutes = divmod(int(left.total_seconds()) // 60, 60)
    if hours and minutes:
        return _("%(hours)s h %(minutes)s min", hours=hours, minutes=minutes)
    if hours:
        return _("%(hours)s h", hours=hours)
    return _("%(minutes)s min", minutes=minutes) if minutes else _("less than a minute")


def _short_day(instant: datetime, now: datetime, zone: Zone) -> str:
    if abs(dates.days_between(now, instant, zone)) <= 1:
        return dates.day_words(instant, now, zone)
    return dates.date_words(instant, now, zone, "short")


def _short_end(ends_at: datetime, now: datetime, zone: Zone) -> str:
    # Far from its end a card need not say 11:59pm: the whole day counts.
    end = dates.spoken_end(ends_at, zone)
    whole_day = (end.hour, end.minute) == (23, 59)
    day = _short_day(end, now, zone)
    if whole_day and dates.days_between(now, end, zone) > 1:
        return day
    return _("%(day)s, %(clock)s", day=day, clock=dates.clock_words(end, zone))
