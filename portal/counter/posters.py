"""Posters: a sheet of paper for the wall, whose QR leads to joining for an offer. For managers and admins."""

from datetime import datetime
from urllib.parse import urlencode

from flask import current_app, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.config import Settings
from portal.core.reading import posters as reading
from portal.core.reading.catalogue import ShelfItem
from portal.counter.counter import bp
from portal.web import clock, dates, db, i18n, money, qr, rosettes
from portal.web.answers import found
from portal.web.i18n import gettext as _


@bp.get("/posters")
def posters() -> ResponseReturnValue:
    """Every offer that can be told of on a poster."""
    items = reading.tellable(db.session(), i18n.lang(), clock.now())
    return render_template("counter/posters.html", items=items)


@bp.get("/posters/<slug>")
def poster(slug: str) -> ResponseReturnValue:
    """The sheet itself, in the language spoken here, for the printer."""
    item = found(reading.tellable_item(db.session(), slug, i18n.lang(), clock.now()))
    offer = item.offer
    value = money.benefit_words(offer.benefit_kind, offer.benefit_value, offer.currency)
    return render_template(
        "counter/poster.html",
        offer=offer,
        shape=rosettes.shape_of(offer.id),
        value=None if value is None or money.begins(offer.title, value) else value,
        is_theirs=reading.is_theirs(item),
        facts=_facts(item),
        drawn=qr.text_svg(join_address(slug, scanned=True)),
        typed=join_address(slug, scanned=False).partition("://")[2],
    )


def join_address(slug: str, *, scanned: bool) -> str:
    """Where the poster leads; what people type instead of scanning is shorter by where they come from."""
    settings: Settings = current_app.config["PORTAL"]
    asked = {"offer": slug} | ({"from": "poster"} if scanned else {})
    return f"{settings.public_url}{url_for('signin.join')}?{urlencode(asked)}"


def _facts(item: ShelfItem) -> list[tuple[str, str]]:
    """What somebody should know before they join for it."""
    offer, terms = item.offer, item.terms
    where = ", ".join(item.stores) or _("All stores")
    rows = [(_("Where"), where)]
    if offer.minimum_purchase:
        spend = _("%(sum)s or more", sum=money.money(offer.minimum_purchase, offer.currency))
        rows.append((_("Spend"), spend))
    if terms.points_cost:
        rows.append((_("Costs"), money.points(terms.points_cost)))
    if offer.tier_name and offer.minimum_tier_id:
        rows.append((_("From tier"), offer.tier_name))
    if offer.claim_from and offer.claim_from > clock.now():
        rows.append((_("From"), _day(offer.claim_from, offer.zone)))
    if offer.claim_to:
        rows.append((_("Until"), _day(dates.spoken_end(offer.claim_to, offer.zone), offer.zone)))
    return rows


def _day(instant: datetime, zone: str) -> str:
    return dates.by(dates.full_date_words(instant, zone))
