"""Today at a till: what can still be taken back, what each offer came to for cashing up, and every scan."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from portal.core.reading import bench, till_day
from portal.core.reading.bench import Look
from portal.core.reading.till_day import Total
from portal.core.redeeming import reversals
from portal.counter import desks, lines
from portal.counter.counter import bp
from portal.counter.undoing import REASONS
from portal.web import clock, dates, db, doors, money, tongues
from portal.web.i18n import gettext as _

MOST = 2**53


@dataclass(frozen=True)
class Slip:
    """A redemption that whoever is at the till may still take back, and until when."""

    undo: str
    title: str
    at: str
    stamp: str
    until: str
    lang: str


@bp.get("/<int:till_id>/today")
def today(till_id: int) -> ResponseReturnValue:
    """The day of this till; each undo is the form of the scan it takes back."""
    here, zone, since = doors.staff(), desks.zone(), desks.day_began()
    found, older = till_day.scans(db.session(), till_id, since, _before())
    return render_template(
        "counter/today.html",
        here=here,
        reasons=REASONS,
        slips=_slips(zone),
        totals=_totals(till_day.totals(db.session(), till_id, since)),
        day=bench.day(db.session(), till_id, since),
        scans=[lines.of(look, till_id, zone, clock.now()) for look in found],
        older=url_for(".today", till_id=till_id, before=older) if older else None,
    )


def _before() -> int | None:
    number = request.args.get("before", type=int)
    return number if number is not None and 0 < number < MOST else None


def _slips(zone: str) -> list[Slip]:
    acting = doors.staff().acting_id
    assert acting is not None
    looks = till_day.undoable(db.session(), desks.till_id(), acting, clock.now())
    return [_slip(look, look.redeemed_at, zone) for look in looks if look.redeemed_at and look.promised]


def _slip(look: Look, at: datetime, zone: str) -> Slip:
    assert look.promised is not None
    undo = url_for(".undo", till_id=desks.till_id(), scan_id=look.scan_id)
    until = dates.clock_words(at + reversals.LATEST, zone)
    return Slip(
        undo,
        look.promised.title,
        dates.clock_words(at, zone),
        dates.iso(at, zone),
        _("until %(clock)s", clock=until),
        look.promised.language,
    )


def _totals(found: Sequence[Total]) -> list[tuple[Markup, str, str]]:
    """An offer, how often, and the sums that were taken of stored values."""
    return [
        (
            tongues.in_tongue(one.title, one.language),
            money.number(one.uses),
            money.money(one.amount, one.currency) if one.amount else "",
        )
        for one in found
    ]
