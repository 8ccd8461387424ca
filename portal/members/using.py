"""In the store: what a member can use here alone, and the use itself, which opens a live screen."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.core.club import stores
from portal.core.club.stores import Store
from portal.core.offers import offers as core_offers
from portal.core.offers.offers import Presence
from portal.core.reading import catalogue
from portal.core.reading.wallet import Pass
from portal.core.redeeming import using
from portal.core.redeeming.using import Wish
from portal.core.refusals import AlreadyActive, Refusal
from portal.members import cards, claims, endings, members, offers, passes
from portal.members.members import bp
from portal.web import clock, db, doors, keys, limits, money, pages, refusing
from portal.web.answers import found
from portal.web.i18n import gettext as _


@dataclass(frozen=True)
class Usable:
    """One thing to use here: `href` is its live screen while it is active, else there is a form."""

    slug: str
    value: str
    what: str
    hue: str
    language: str
    cost: str = ""
    left: str = ""
    presence: str = Presence.NONE
    href: str = ""


@bp.get("/use/<store_code>")
def use_here(store_code: str) -> ResponseReturnValue:
    """What the printed sign of a store leads to: everything of the member's that can be used there alone."""
    offers.unless_banned()
    return _page(_store(store_code))


@bp.post("/use/<store_code>/<slug>")
def use(store_code: str, slug: str) -> ResponseReturnValue:
    """Use one; the first use claims it. What is being served already shows its screen again."""
    offers.unless_banned()
    typed, key = request.form.get("presence", ""), claims.form_key()
    calm = not typed.strip() or limits.try_presence(doors.me().member_id)
    store = _store(store_code)
    if not calm:
        return _page(store, slug, _("That’s a lot of tries. Wait a few minutes, or ask the staff."), 429)
    offer_id = found(core_offers.id_of(db.session(), slug))
    try:
        return _used(Wish(doors.me().member_id, offer_id, store.id, key, typed))
    except Refusal as refusal:
        return _refused(refusal, store, slug)


def _used(wish: Wish) -> ResponseReturnValue:
    ref = using.use(db.session(), keys.keyring(), wish, now=clock.now(), chance=keys.CHANCE)
    db.session().commit()
    return redirect(url_for(".claimed", ref=ref), 303)


def _refused(refusal: Refusal, store: Store, slug: str) -> ResponseReturnValue:
    db.session().rollback()
    if isinstance(refusal, AlreadyActive):
        return redirect(url_for(".claimed", ref=refusal.facts["reference"]), 303)
    facts = {"now": clock.now(), "zone": pages.club().zone} | refusal.facts
    said = refusing.member_words(refusal.code, facts).sentence
    return _page(_store(store.code), slug, said, refusing.status(refusal.code))


def _store(code: str) -> Store:
    return found(stores.by_code(db.session(), code))


def _page(store: Store, slug: str = "", problem: str = "", status: int = 200) -> ResponseReturnValue:
    held = members.open_passes()
    here = list(_held(held, store))
    known = {one.slug for one in here}
    here += [one for one in _to_claim(store) if one.slug not in known]
    shown = {"store": store, "here": here, "slug": slug, "problem": problem}
    return render_template("members/use/index.html", **shown, **members.frame(held)), status


def _held(held: list[Pass], store: Store) -> Iterator[Usable]:
    seen: set[str] = set()
    for one in held:
        promised = one.promised
        if promised.offer_slug in seen or not promised.member_redeem or not promised.works_at(store.id):
            continue
        seen.add(promised.offer_slug)
        head = passes.headline_of(one)
        yield Usable(
            promised.offer_slug,
            head.value,
            head.what,
            promised.hue,
            promised.language,
            left=passes.left_words(one),
            presence=promised.presence,
            href=url_for(".claimed", ref=one.reference) if endings.is_active(one) else "",
        )


def _to_claim(store: Store) -> Iterator[Usable]:
    for item in catalogue.shelf(db.session(), doors.me(), clock.now()):
        offer = item.offer
        works = not item.stores or store.name in item.stores
        if not offer.member_redeem or not works or item.eligibility.refusal is not None:
            continue
        head, cost = cards.headline_of(item), offer.points_cost
        yield Usable(
            offer.slug,
            head.value,
            head.what,
            offer.hue,
            offer.language,
            cost=money.points(cost) if cost else "",
            presence=offer.presence,
        )
