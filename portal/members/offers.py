"""The shelf, and the page of one offer."""

from typing import Any

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.core.club import members as club_members
from portal.core.reading import catalogue
from portal.core.reading.catalogue import ShelfItem
from portal.core.refusals import MemberBanned, OfferNotFound
from portal.members import cards, details, members, passes, shelf, states
from portal.members.cards import Viewer
from portal.members.members import bp
from portal.members.states import State
from portal.web import clock, db, doors, money, pages


@bp.get("/")
def home() -> ResponseReturnValue:
    """Members begin at the shelf."""
    return redirect(url_for(".offers"), 303)


@bp.get("/offers")
def offers() -> ResponseReturnValue:
    """Every offer this member can see, in three groups."""
    unless_banned()
    return render_template("members/offers/index.html", **_shelf())


@bp.get("/offers/<slug>")
def offer(slug: str) -> ResponseReturnValue:
    """One offer in every state; what nobody may see any more is not there."""
    unless_banned()
    item = item_of(slug)
    if item is None or states.of(item) is State.NOT_YOURS:
        raise OfferNotFound
    return render_template("members/offers/show.html", **page_of(item))


def unless_banned() -> None:
    """A paused membership sees no offers."""
    until = doors.me().banned_until
    if club_members.is_banned(until, clock.now()):
        raise MemberBanned(banned_until=until)


def item_of(slug: str) -> ShelfItem | None:
    """The offer as the member at the door meets it."""
    return catalogue.item(db.session(), doors.me(), slug, clock.now())


def viewer() -> Viewer:
    """The member at the door, with the points of this year."""
    now, me = clock.now(), doors.me()
    began = shelf.year_began(now, pages.club().zone)
    earned = catalogue.progress(db.session(), me, year_began=began).earned
    return Viewer(me.balance, earned, now)


def page_of(item: ShelfItem) -> dict[str, Any]:
    """What the page of an offer shows."""
    seen, held = viewer(), members.open_passes()
    return {
        **parts_of(item, seen),
        "own": [passes.drawn(one, seen.now) for one in held if one.offer_id == item.offer.id],
        **members.frame(held),
    }


def parts_of(item: ShelfItem, seen: Viewer, *, whole: bool = True, fresh: bool = False) -> dict[str, Any]:
    """What changes when the offer is claimed: its ticket and, on its own page, reason and price."""
    return {
        "whole": whole,
        "card": cards.card(item, seen, whole=whole, fresh=fresh),
        "why": details.why(item, seen, pages.club().zone),
        "details": details.details(item, seen),
    }


def _shelf() -> dict[str, Any]:
    now, me = clock.now(), doors.me()
    items = catalogue.shelf(db.session(), me, now)
    began = shelf.year_began(now, pages.club().zone)
    progress = catalogue.progress(db.session(), me, year_began=began)
    held = members.open_passes()
    return {
        "shelves": cards.shelves(items, Viewer(me.balance, progress.earned, now)),
        "points": money.number(me.balance),
        "tier": (me.tier_name, me.tier_hue or "slate"),
        "to": shelf.next_tier(progress),
        "warning": shelf.warning(held, now),
        "wallet_ready": members.ready(held),
    }
