"""The last scans as a list: what each came to, in one line, never by its letters."""

from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from portal.core.reading.bench import Look
from portal.core.redeeming.scans import Outcome
from portal.counter import verdicts
from portal.counter.verdicts import Seen
from portal.web import dates
from portal.web.i18n import gettext as _


@dataclass(frozen=True)
class Line:
    """One scan in the list: `kind_words` says what its glyph shows, `href` leads back to a redemption."""

    href: str
    kind: str
    kind_words: str
    title: str
    at: str
    stamp: str
    detail: str
    lang: str = ""


def of(look: Look, till_id: int, zone: str, now: datetime) -> Line:
    """The line of one scan, its time on the store's wall."""
    seen = verdicts.of(look, zone, now)
    title, detail = _unclaimed(look, seen) if look.promised is None else (look.promised.title, seen.word)
    return Line(
        _way_back(look, till_id),
        "check" if look.outcome is Outcome.LEFT_UNUSED else seen.kind,
        seen.word,
        title,
        dates.clock_words(look.scanned_at, zone),
        dates.iso(look.scanned_at, zone),
        {Outcome.REFUSED: seen.headline, Outcome.ASKED: _("Waiting for yes or no")}.get(look.outcome, detail),
        look.promised.language if look.promised else "",
    )


def _way_back(look: Look, till_id: int) -> str:
    if look.outcome is not Outcome.REDEEMED:
        return ""
    return url_for("counter.show_scan", till_id=till_id, scan_id=look.scan_id)


def _unclaimed(look: Look, seen: Seen) -> tuple[str, str]:
    if look.outcome is Outcome.MISTYPED:
        return _("Mistyped code"), _("Not counted")
    if look.outcome is Outcome.PAUSED:
        return _("Too many unknown codes"), _("Not checked")
    return seen.headline, _("Refused")
