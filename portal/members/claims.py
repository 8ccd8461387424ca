"""A member claims an offer: the answer is the claim itself, on its page or in place of the card."""

from collections.abc import Sequence

from flask import Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.core.claims import claiming
from portal.core.claims.claiming import Asked
from portal.core.offers import offers as core_offers
from portal.core.reading import catalogue
from portal.core.reading.catalogue import ShelfItem
from portal.core.refusals import OfferNotFound
from portal.members import cards, members, offers, racks
from portal.members.cards import Viewer
from portal.members.members import bp
from portal.members.stubs import Link
from portal.web import answers, clock, db, doors, keys, tongues
from portal.web.answers import found
from portal.web.i18n import gettext as _
from portal.web.i18n import gettext_html

KEY_LENGTH = 100


@bp.post("/offers/<slug>/claims")
def claim(slug: str) -> ResponseReturnValue:
    """Take one; the same form sent twice takes one."""
    offers.unless_banned()
    offer_id = core_offers.id_of(db.session(), slug)
    if offer_id is None:
        raise OfferNotFound
    asked = Asked(doors.me().member_id, offer_id, form_key(), request.args.get("seen", type=int))
    now, chance = clock.now(), keys.CHANCE
    reference = claiming.claim_offer(db.session(), keys.keyring(), asked, now=now, chance=chance)
    db.session().commit()
    if not answers.is_htmx():
        return redirect(url_for(".claimed", ref=reference), 303)
    return _in_place(slug, reference)


def refused(item: ShelfItem, words: str, way_on: Link | None, status: int) -> Response:
    """The offer as it is now, and why not: in place of the card, or as its page."""
    if not answers.is_htmx():
        page = offers.page_of(item)
        return Response(render_template("members/offers/show.html", no=words, way_on=way_on, **page), status)
    parts = offers.parts_of(item, offers.viewer(), whole=_on_page())
    if _on_page():
        parts["own"] = offers.own_of(item, members.open_passes(), offers.viewer())
    drawn = render_template("members/offers/_refused.html", no=words, way_on=way_on, **parts)
    return Response(drawn, status, {"Vary": "HX-Request"})


def _in_place(slug: str, reference: str) -> Response:
    members.look_again()
    # The year's points are not read again: no tier stands before an offer that was just claimed.
    seen = Viewer(doors.me().balance, 0, clock.now())
    items, query = _shelf_behind()
    # A row of the shelf holds less than the page of an offer shows.
    item = found(offers.item_of(slug))
    held = members.open_passes()
    head = cards.headline_of(item)
    value = tongues.in_tongue(head.value, head.language)
    said = gettext_html("%(value)s is in your wallet.", value=value)
    drawn = render_template(
        "members/offers/_claimed.html",
        said=said,
        show=Link(url_for(".claimed", ref=reference), _("Show code"), ""),
        own=offers.own_of(item, held, seen),
        bar=racks.bar_of_page(items, seen, query),
        **offers.parts_of(item, seen, whole=_on_page(), fresh=True),
        **members.frame(held),
    )
    return Response(drawn, headers={"Vary": "HX-Request"})


def _shelf_behind() -> tuple[Sequence[ShelfItem], str]:
    """The shelf that the card lies on, whose chips count anew, and its query; nothing on another page."""
    path, _mark, query = answers.page_of_part().partition("?")
    if path != url_for(".offers"):
        return (), ""
    return catalogue.shelf(db.session(), doors.me(), clock.now()), query


def _on_page() -> bool:
    """Whether the form stood on the offer's own page, where the whole ticket is exchanged."""
    return request.args.get("on") == "page"


def form_key() -> str:
    """The form's own key; without one, two presses would be two claims."""
    key = request.form.get("key", "")
    if not 0 < len(key) <= KEY_LENGTH:
        abort(400)
    return key
