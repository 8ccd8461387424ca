"""The last scans as a list: what each came to, in one line, never by its letters."""

from dataclasses import dataclass
from datetime import datetime

from portal.core.reading.bench import Look
from portal.core.redeeming.scans import Outcome
from portal.counter import verdicts
from portal.web import dates
from portal.web.i18n import gettext as _


@dataclass(frozen=True)
class Line:
    """One scan in the list; `kind_words` says in words what its glyph shows."""

    scan_id: int
    kind: str
    kind_words: str
    title: str
    at: str
    stamp: str
    detail: str


def of(look: Look, zone: str, now: datetime) -> Line:
    """The line of one scan, its time on the store's wall."""
    seen = verdicts.of(look, zone, now)
    kind = "check" if look.outcome is Outcome.LEFT_UNUSED else seen.kind
    return Line(
        look.scan_id,
        kind if kind != "idle" else "none",
        seen.word,
        seen.headline if look.promised is None else look.promised.title,
        dates.clock_words(look.scanned_at, zone),
        dates.iso(look.scanned_at, zone),
        _detail(look, seen),
    )


def _detail(look: Look, seen: verdicts.Seen) -> str:
    if look.outcome is Outcome.REFUSED:
        return seen.headline
    if look.outcome is Outcome.ASKED:
        return _("Waiting for yes or no")
    if look.promised is None:
        return seen.then
    return seen.word
