"""Activity: everything that happened to the member in one list, by kind if wanted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.core.reading import activity as reading
from portal.core.reading.activity import TOLD, Event
from portal.core.records.timeline import Happening
from portal.members import members, paging, takings
from portal.members.members import bp
from portal.web import clock, dates, db, doors, pages, tongues
from portal.web.i18n import gettext as _
from portal.web.i18n import gettext_html, lazy, ngettext


class Show(StrEnum):
    """What the list is narrowed to."""

    ALL = ""
    CLAIMED = "claimed"
    USED = "used"
    EXPIRED = "expired"
    POINTS = "points"


_KINDS = {
    Show.ALL: TOLD,
    Show.CLAIMED: frozenset(
        {Happening.CLAIMED, Happening.GIVEN_BACK, Happening.NOT_PREPARED, Happening.GRANTED}
    ),
    Show.USED: frozenset({Happening.REDEEMED, Happening.REVERSED}),
    Show.EXPIRED: frozenset({Happening.EXPIRED, Happening.GRANT_EXPIRED, Happening.POINTS_EXPIRED}),
    Show.POINTS: frozenset({Happening.POINTS_EARNED, *takings.TOLD, Happening.POINTS_EXPIRED}),
}
_CHIPS = {
    Show.ALL: lazy("All"),
    Show.CLAIMED: lazy("Claimed"),
    Show.USED: lazy("Used"),
    Show.EXPIRED: lazy("Expired"),
    Show.POINTS: lazy("Points"),
}
_DID = {
    Happening.CLAIMED: lazy("Claimed: %(offer)s"),
    Happening.GIVEN_BACK: lazy("Given back: %(offer)s"),
    Happening.NOT_PREPARED: lazy("The code could not be made: %(offer)s"),
    Happening.REDEEMED: lazy("Used: %(offer)s"),
    Happening.REVERSED: lazy("Use undone: %(offer)s"),
    Happening.EXPIRED: lazy("Expired: %(offer)s"),
    Happening.CANCELLED: lazy("Cancelled by the club: %(offer)s"),
    Happening.WITHDRAWN: lazy("Withdrawn by the club: %(offer)s"),
    Happening.EXTENDED: lazy("Given more time: %(offer)s"),
    Happening.OFFERED_ON: lazy("Offered to another member: %(offer)s"),
    Happening.HANDED_OVER: lazy("Handed over: %(offer)s"),
    Happening.RECEIVED: lazy("Received from another member: %(offer)s"),
    Happening.GRANTED: lazy("Given to you: %(offer)s"),
    Happening.GRANT_WITHDRAWN: lazy("Withdrawn by the club: %(offer)s"),
    Happening.GRANT_EXPIRED: lazy("Not claimed in time: %(offer)s"),
}


@dataclass(frozen=True)
class Chip:
    """One way to narrow the list; it says no count, since counting is not what one comes for."""

    href: str
    words: str
    chosen: bool
    count: None = None


@dataclass(frozen=True)
class Told:
    """One line of the list in words."""

    title: str
    href: str | None
    at: str
    stamp: str
    detail: str | None
    strong: bool = True


@bp.get("/activity")
def activity() -> ResponseReturnValue:
    """The member's own story, newest first."""
    show, before, now = _show(), paging.before(), clock.now()
    me = doors.me().member_id
    found, older = reading.events(db.session(), me, now, kinds=_KINDS[show], before=before)
    return render_template(
        "members/activity/index.html",
        events=[_told(event, now) for event in found],
        chips=_chips(show),
        older=url_for(".activity", show=show or None, before=older) if older else None,
        narrowed=bool(show or before),
        **members.frame(),
    )


def _show() -> Show:
    """The kind that the address asks for; all of them where there is no such kind."""
    asked = request.args.get("show", "")
    return Show(asked) if asked in list(Show) else Show.ALL


def _chips(shown: Show) -> Sequence[Chip]:
    return [
        Chip(url_for(".activity", show=show or None), str(words), show is shown)
        for show, words in _CHIPS.items()
    ]


def _told(event: Event, now: datetime) -> Told:
    zone = pages.club().zone
    at = dates.spoken_end(event.at, zone) if event.kind in _KINDS[Show.EXPIRED] else event.at
    return Told(
        title=_title(event),
        href=url_for(".claimed", ref=event.reference) if event.reference else None,
        at=dates.when_words(at, now, zone),
        stamp=dates.iso(at, zone),
        detail=_detail(event),
    )


def _title(event: Event) -> str:
    if event.kind in _DID:
        title = tongues.in_tongue(event.title or "", event.language) or _("an offer")
        return gettext_html(_DID[event.kind], offer=title)
    return takings.title(event) or _("You joined the club")


def _detail(event: Event) -> str | None:
    if event.kind in takings.TOLD:
        return takings.words(event)
    if event.store:
        return _("at %(store)s", store=event.store)
    match event.kind:
        case Happening.CLAIMED if event.points or event.told.get("award"):
            return takings.price(event)
        case Happening.GIVEN_BACK | Happening.CANCELLED | Happening.WITHDRAWN | Happening.NOT_PREPARED if (
            event.points
        ):
            return ngettext("%(num)s point returned", "%(num)s points returned", event.points)
    return None
