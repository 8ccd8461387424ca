"""What stands in place of a code that does not work now: from when it will, or what became of it."""

from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from portal.core.claims import claims
from portal.core.claims.claims import Reading
from portal.core.offers.offers import CodeMode
from portal.core.reading.wallet import LastUse, Pass
from portal.web import dates, paper
from portal.web.i18n import gettext as _


@dataclass(frozen=True)
class Spent:
    """What stands where the code was, or will be."""

    big: str
    small: str | None = None


def is_free_play(seen: Pass) -> bool:
    """Whether the claim was closed as it was made and has no code to show."""
    return not claims.has_code(seen.promised)


def is_active(seen: Pass) -> bool:
    """Whether its use in the store is being served."""
    return seen.reading is Reading.ACTIVE


def end_of(seen: Pass, now: datetime, last: LastUse | None) -> Spent | None:
    """What became of a pass that shows no code now; None while it works."""
    match seen.reading:
        case Reading.LATER:
            begins = seen.begins or now
            spoken = _("From %(moment)s", moment=dates.by(dates.moment_words(begins, now, seen.zone)))
            return Spent(from_then(spoken, begins, seen.zone), _("The code appears here then."))
        case Reading.PENDING:
            return Spent(_("Being prepared"), _("The code appears here by itself, mostly within a minute."))
        case Reading.ACTIVE:
            return _active(seen, last)
        case Reading.HELD:
            return Spent(_("On hold"), _held_until(seen, now))
        case Reading.EXPIRED:
            return Spent(_expired(seen.expires_at or now, now, seen.zone))
        case Reading.GIVEN_BACK:
            return Spent(_past(_("Given back %(when)s"), seen.closed_at or now, now, seen.zone))
        case Reading.CANCELLED:
            return _cancelled(seen, now)
        case Reading.TRANSFERRED:
            return Spent(_past(_("Handed over %(when)s"), seen.closed_at or now, now, seen.zone))
        case Reading.USED:
            return _used(seen, now, last)
    return None


def from_then(spoken: str, begins: datetime, zone: str) -> Markup:
    """From when it works, as the screen speaks it and as paper does."""
    on_paper = _("From %(moment)s", moment=dates.by(dates.paper_words(begins, zone)))
    return paper.both(dates.time_tag(begins, zone, spoken), on_paper)


def _cancelled(seen: Pass, now: datetime) -> Spent:
    ended = seen.closed_at or now
    if seen.promised.code_mode != CodeMode.PROVIDER:
        return Spent(_past(_("Withdrawn by the club %(when)s"), ended, now, seen.zone))
    # By the club, or because the partner made no code: the history tells which.
    said = _("What you paid is back. The history says why.")
    return Spent(_past(_("Cancelled %(when)s"), ended, now, seen.zone), said)


def _active(seen: Pass, last: LastUse | None) -> Spent:
    until = seen.active_until
    assert until is not None
    spoken = _("Active until %(moment)s", moment=dates.clock_words(until, seen.zone))
    where = None if last is None else _("At %(store)s. Show this screen to the staff.", store=last.store)
    return Spent(dates.time_tag(until, seen.zone, spoken), where)


def _used(seen: Pass, now: datetime, last: LastUse | None) -> Spent:
    if is_free_play(seen):
        return Spent(_("Yours. Used at once"), _("Nothing to show: it was yours as you claimed it."))
    if last is None:
        return Spent(_past(_("Used %(when)s"), seen.closed_at or now, now, seen.zone))
    return Spent(
        _past(_("Used %(when)s"), last.redeemed_at, now, seen.zone), _("at %(store)s", store=last.store)
    )


def _expired(ended: datetime, now: datetime, zone: str) -> Markup:
    spoken = dates.spoken_end(ended, zone)
    since = _("Expired %(ended)s", ended=dates.end_words(ended, now, zone))
    on_paper = _("Expired on %(moment)s", moment=dates.paper_words(spoken, zone))
    return paper.both(dates.time_tag(spoken, zone, since), on_paper)


def _past(sentence: str, at: datetime, now: datetime, zone: str) -> Markup:
    since = sentence % {"when": dates.past_words(at, now, zone)}
    on_paper = sentence % {"when": _("on %(moment)s", moment=dates.paper_words(at, zone))}
    return paper.both(dates.time_tag(at, zone, since), on_paper)


def _held_until(seen: Pass, now: datetime) -> str | None:
    if seen.banned_until is None:
        return None
    last_day = dates.date_words(dates.spoken_end(seen.banned_until, seen.zone), now, seen.zone, "day")
    return _("Your membership is paused until %(day)s. Then it works again.", day=last_day)
