"""What became of the codes that no longer stand: used or given back, or expired, thirty at a time."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template, request, url_for

from portal.core.claims.claims import Reading
from portal.core.reading import wallet as reading
from portal.core.reading.wallet import Pass, Past
from portal.members import members, paging, passes
from portal.members.passes import Drawn
from portal.web import clock, db, doors
from portal.web.i18n import gettext as _
from portal.web.i18n import lazy

_READY = "ready"
_ICONS = {
    Reading.USED: "check",
    Reading.GIVEN_BACK: "undo",
    Reading.CANCELLED: "undo",
    Reading.TRANSFERRED: "undo",
    Reading.EXPIRED: "clock",
}
_CHIPS = {Past.USED: lazy("Used"), Past.EXPIRED: lazy("Expired")}
_TITLES = {Past.USED: lazy("Used or given back"), Past.EXPIRED: lazy("Expired")}
_NOTHING = {
    Past.USED: lazy("Nothing used yet"),
    Past.EXPIRED: lazy("Nothing has expired"),
}
_WHAT_COMES = {
    Past.USED: lazy("What you use or give back is listed here, with when it was."),
    Past.EXPIRED: lazy("A code that runs out of time moves here."),
}


@dataclass(frozen=True)
class Chip:
    """One part of the wallet."""

    href: str
    words: str
    chosen: bool
    count: None = None


@dataclass(frozen=True)
class Line:
    """One code that is over."""

    icon: str
    drawn: Drawn


def asked() -> Past | None:
    """The part of the history that the address asks for; none where it asks for what still stands."""
    show = request.args.get("show", _READY)
    return Past(show) if show in list(Past) else None


def parts(shown: Past | None) -> Sequence[Chip]:
    """The three parts of the wallet."""
    first = Chip(url_for("members.wallet"), _("Ready"), shown is None)
    rest = (
        Chip(url_for("members.wallet", show=past.value), str(_CHIPS[past]), past is shown) for past in Past
    )
    return [first, *rest]


def page(past: Past) -> str:
    """One part of the history, the latest first."""
    now, before = clock.now(), paging.before()
    found, older = reading.history(db.session(), doors.me().member_id, now, past, before)
    return render_template(
        "members/wallet/past.html",
        parts=parts(past),
        title=_TITLES[past],
        lines=[Line(_icon(one), passes.drawn(one, now)) for one in found],
        older=url_for("members.wallet", show=past.value, before=older) if older else None,
        is_first=before is None,
        nothing=(_NOTHING[past], _WHAT_COMES[past]),
        **members.frame(),
    )


def _icon(seen: Pass) -> str:
    return _ICONS.get(seen.reading, "ticket")
