"""The hours at which a code works, in words: Monday to Friday, 7am to 10am; Saturday."""

from collections.abc import Sequence
from typing import Any

from babel.lists import format_list

from portal.core.offers import timeframes
from portal.core.offers.timeframes import EVERY_DAY, WHOLE_DAY, Timeframe, Timeframes
from portal.web import dates
from portal.web.i18n import gettext as _
from portal.web.i18n import locale

_A_ROW = 3


def words(frames: Timeframes) -> str:
    """Inside a sentence: "Monday to Friday, 7am to 10am; Saturday"."""
    return "; ".join(_words(frame) for frame in frames)


def as_a_line(frames: Timeframes) -> str:
    """The same on a line of its own."""
    said = words(frames)
    return said[:1].upper() + said[1:]


def of_facts(kept: Sequence[Any]) -> str | None:
    """The same from the facts of a refusal."""
    return words(timeframes.read(kept)) or None


def _words(frame: Timeframe) -> str:
    days = _days(sorted(frame.days))
    if (frame.begins, frame.ends) == (0, WHOLE_DAY):
        return days
    begins, ends = _clock(frame.begins), _clock(frame.ends)
    return _("%(days)s, %(begins)s to %(ends)s", days=days, begins=begins, ends=ends)


def _days(days: Sequence[int]) -> str:
    if tuple(days) == EVERY_DAY:
        return _("every day")
    if len(days) >= _A_ROW and days[-1] - days[0] == len(days) - 1:
        first, last = dates.by(dates.day_name(days[0])), dates.by(dates.day_name(days[-1]))
        return _("%(first)s to %(last)s", first=first, last=last)
    return format_list([dates.day_name(day) for day in days], locale=locale())


def _clock(minute: int) -> str:
    # A day's end is never "12am": people would take it for its beginning.
    return dates.minute_words(WHOLE_DAY - 1 if minute == WHOLE_DAY else minute)
