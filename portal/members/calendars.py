"""The end of a claim as an entry for the member's own calendar; never its code."""

from datetime import datetime
from urllib.parse import urlsplit

from flask import Response, current_app, redirect, url_for
from flask.typing import ResponseReturnValue

from portal.config import Settings
from portal.core.reading.wallet import Pass
from portal.members import claim_page, passes
from portal.members.members import bp
from portal.members.passes import WATCHED
from portal.web import clock, dates, expiry, ical
from portal.web.i18n import gettext as _
from portal.web.ical import Event

TWO_DAYS_BEFORE = "-P2D"


@bp.get("/wallet/<ref>/expiry.ics")
def calendar(ref: str) -> ResponseReturnValue:
    """The calendar file; a claim that is over, or has no end, goes back to its page."""
    seen = claim_page.mine(ref)
    if seen.reading not in WATCHED or seen.expires_at is None:
        return redirect(url_for(".claimed", ref=ref), 303)
    written = ical.calendar(_entry(seen, seen.expires_at), clock.now())
    headers = {"Content-Disposition": 'attachment; filename="expiry.ics"'}
    return Response(written, content_type=ical.TYPE, headers=headers)


def _entry(seen: Pass, ends: datetime) -> Event:
    """On the day that people would name: what ends at 12am stands at 11:59pm of the day before."""
    settings: Settings = current_app.config["PORTAL"]
    address = url_for("members.claimed", ref=seen.reference)
    by = expiry.paper_words(ends, seen.zone).striptags()
    return Event(
        uid=f"{seen.reference}@{urlsplit(settings.public_url).hostname}",
        title=passes.headline_of(seen).whole,
        told=_("%(by)s. Your code is in your wallet.", by=by),
        url=settings.public_url.rstrip("/") + address,
        begins=dates.spoken_end(ends, seen.zone).replace(second=0, microsecond=0),
        ends=ends,
        warning=TWO_DAYS_BEFORE,
    )
