"""A member claims an offer: the answer is the claim itself, on its page or in place of the card."""

from flask import Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.core.claims import claiming
from portal.core.claims.claiming import Asked
from portal.core.offers import offers as core_offers
from portal.core.reading.catalogue import ShelfItem
from portal.core.refusals import OfferNotFound
from portal.members import cards, members, offers
from portal.members.cards import Viewer
from portal.members.members import bp
from portal.members.stubs import Link
from portal.web import answers, clock, db, doors, keys
from portal.web.answers import found
from portal.web.i18n import gettext as _

KEY_LENGTH = 100


@bp.post("/offers/<slug>/claims")
def claim(slug: str) -> ResponseReturnValue:
    """Take one; the same form sent twice takes one."""
    offers.unless_banned()
    offer_id = core_offers.id_of(db.session(), slug)
    if offer_id is None:
        raise OfferNotFound
    asked = Asked(doors.me().member_id, offer_id, _key(), request.args.get("seen", type=int))
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
    drawn = render_template("members/offers/_refused.html", no=words, way_on=way_on, **parts)
    return Response(drawn, status, {"Vary": "HX-Request"})


def _in_place(slug: str, reference: str) -> Response:
    members.look_again()
    item = found(offers.item_of(slug))
    # The year's points are not read again: no tier stands before an offer that was just claimed.
    seen = Viewer(doors.me().balance, 0, clock.now())
    parts = offers.parts_of(item, seen, whole=_on_page(), fresh=True)
    said = _("%(value)s is in your wallet.", value=cards.headline_of(item).value)
    show = Link(url_for(".claimed", ref=reference), _("Show code"), "")
    drawn = render_template("members/offers/_claimed.html", said=said, show=show, **parts, **members.frame())
    return Response(drawn, headers={"Vary": "HX-Request"})


def _on_page() -> bool:
    """Whether the form stood on the offer's own page, where the whole ticket is exchanged."""
    return request.args.get("on") == "page"


def _key() -> str:
    """The form's own key; without one, two presses would be two claims."""
    key = request.form.get("key", "")
    if not 0 < len(key) <= KEY_LENGTH:
        abort(400)
    return key
