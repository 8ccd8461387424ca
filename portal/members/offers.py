"""The shelf, and the page of one offer: for members, and as far as an offer is public for guests."""

from collections.abc import Sequence
from typing import Any

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.core.club import club
from portal.core.club import members as club_members
from portal.core.offers import images
from portal.core.reading import catalogue, climbing
from portal.core.reading.catalogue import ShelfItem
from portal.core.reading.wallet import Pass
from portal.core.refusals import MemberBanned, OfferNotFound
from portal.members import cards, details, members, passes, racks, shelf, states
from portal.members.cards import Viewer
from portal.members.members import SIGN_IN, bp
from portal.members.passes import Drawn
from portal.members.states import State
from portal.web import answers, clock, db, doors, i18n, money, pages, pictures
from portal.web.answers import found


@bp.get("/")
def home() -> ResponseReturnValue:
    """Members begin at the shelf."""
    return redirect(url_for(".offers"), 303)


@bp.get("/offers")
def offers() -> ResponseReturnValue:
    """Every offer that this person can see, narrowed as the address asks, in three groups."""
    if doors.is_guest():
        return _for_guests()
    unless_banned()
    now, me = clock.now(), doors.me()
    items = catalogue.shelf(db.session(), me, now)
    progress = climbing.progress(db.session(), me, year=club.year_of(now, pages.club().zone))
    viewer = Viewer(me.balance, progress.earned, now)
    return racks.answer(items, viewer, lambda: _head(progress))


@bp.get("/offers/<slug>")
def offer(slug: str) -> ResponseReturnValue:
    """One offer in every state; what nobody may see any more is not there."""
    item = _visible(slug)
    if item is None and doors.is_guest():
        return answers.sign_in_first(SIGN_IN)
    if item is None:
        raise OfferNotFound
    return render_template("members/offers/show.html", **page_of(item))


@bp.get("/offers/<slug>/image/<name>.webp")
def offer_image(slug: str, name: str) -> ResponseReturnValue:
    """The picture of an offer, for those who see the offer."""
    item = found(_visible(slug))
    return pictures.answer(found(images.of_offer(db.session(), item.offer.id, name)), name)


def unless_banned() -> None:
    """A paused membership sees no offers."""
    until = doors.me().banned_until
    if club_members.is_banned(until, clock.now()):
        raise MemberBanned(banned_until=until)


def item_of(slug: str) -> ShelfItem | None:
    """The offer as the member at the door meets it."""
    return catalogue.item(db.session(), doors.me(), slug, clock.now())


def viewer() -> Viewer:
    """The member at the door, with the points of this year; or a guest, who has none."""
    now = clock.now()
    if doors.is_guest():
        return cards.guest(now)
    me, year = doors.me(), club.year_of(now, pages.club().zone)
    earned = climbing.progress(db.session(), me, year=year).earned
    return Viewer(me.balance, earned, now)


def page_of(item: ShelfItem) -> dict[str, Any]:
    """What the page of an offer shows."""
    seen = viewer()
    page = {**parts_of(item, seen), "image": details.image(item), "own": [], "is_guest": seen.is_guest}
    if seen.is_guest:
        return page
    held = members.open_passes()
    return page | {"own": own_of(item, held, seen), **members.frame(held)}


def own_of(item: ShelfItem, held: Sequence[Pass], seen: Viewer) -> list[Drawn]:
    """What of this the member holds now."""
    return [passes.drawn(one, seen.now) for one in held if one.offer_id == item.offer.id]


def parts_of(item: ShelfItem, seen: Viewer, *, whole: bool = True, fresh: bool = False) -> dict[str, Any]:
    """What changes when the offer is claimed: its ticket and, on its own page, reason and price."""
    return {
        "whole": whole,
        "card": cards.card(item, seen, whole=whole, fresh=fresh),
        "why": details.why(item, seen, pages.club().zone),
        "details": details.details(item, seen),
    }


def _for_guests() -> ResponseReturnValue:
    """What is public; where nothing is, a guest learns no more than that members sign in."""
    items = catalogue.public_shelf(db.session(), i18n.lang(), clock.now())
    if not items:
        return answers.sign_in_first(SIGN_IN)
    return racks.answer(items, cards.guest(clock.now()), dict)


def _visible(slug: str) -> ShelfItem | None:
    """The offer, if whoever is at the door may see it."""
    if doors.is_guest():
        return catalogue.public_item(db.session(), slug, i18n.lang(), clock.now())
    unless_banned()
    item = item_of(slug)
    return None if item is None or states.of(item) is State.NOT_YOURS else item


def _head(progress: climbing.Progress) -> dict[str, Any]:
    """What stands above a member's shelf."""
    me, held = doors.me(), members.open_passes()
    return {
        "points": money.number(me.balance),
        "tier": (me.tier_name, me.tier_hue or "slate"),
        "to": shelf.next_tier(progress),
        "warning": shelf.warning(held, clock.now()),
        "wallet_ready": members.ready(held),
    }
