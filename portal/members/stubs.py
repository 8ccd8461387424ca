"""The stub of a ticket: what stands on it in each state, and the one step that works today."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from portal.core.reading.catalogue import ShelfItem
from portal.members.headline import Headline
from portal.members.states import State
from portal.web import addresses, expiry, money
from portal.web.i18n import gettext as _
from portal.web.i18n import gettext_html, ngettext

TIER_ROSETTE = 6


@dataclass(frozen=True)
class Badge:
    """A tier by name, with the rosette that all tiers share."""

    name: str
    shape: int = TIER_ROSETTE


@dataclass(frozen=True)
class Meter:
    """How far along, and the sentence that is its name."""

    value: int
    most: int
    words: str


@dataclass(frozen=True)
class ClaimForm:
    """The button that claims: where to, what it says, what it says to screen readers, and its one-use key."""

    action: str
    words: str
    more: str
    key: str


@dataclass(frozen=True)
class Link:
    """A way on."""

    href: str
    words: str
    more: str
    is_main: bool = False


@dataclass(frozen=True)
class Stub:
    """Any of these; the ticket draws what is there."""

    cost: str = ""
    tier: Badge | None = None
    big: str = ""
    small: str = ""
    mark: str = ""
    meter: Meter | None = None
    claim: ClaimForm | None = None
    link: Link | None = None


@dataclass(frozen=True)
class Seen:
    """One offer in front of one member, with what its stub needs; `key` makes the claim once."""

    item: ShelfItem
    head: Headline
    balance: int
    earned: int
    key: str
    now: datetime
    whole: bool = False
    is_guest: bool = False


def stub(seen: Seen, state: State) -> Stub:
    """What stands on the stub in that state."""
    return _STUBS[state](seen)


def cost_words(points: int) -> tuple[str, str]:
    """150 / points; Free / no points."""
    if not points:
        return _("Free"), _("no points")
    return money.number(points), ngettext("point", "points", points)


def points_to_tier(item: ShelfItem, earned: int) -> int:
    """How many points of this year the member lacks for the offer's tier."""
    threshold: int = item.offer.tier_threshold or 0
    return max(0, threshold - earned)


def points_meter(item: ShelfItem, balance: int) -> Meter:
    """How much of the price the member has."""
    cost: int = item.offer.points_cost
    words = _("%(have)s of %(cost)s", have=money.number(balance), cost=money.points(cost))
    return Meter(max(0, balance), cost, words)


def _open(seen: Seen) -> Stub:
    offer = seen.item.offer
    cost, unit = cost_words(offer.points_cost)
    if seen.is_guest:
        return Stub(cost=cost, small=unit, link=_sign_in(seen))
    where = "page" if seen.whole else None
    action = addresses.of("members.claim", slug=offer.slug, seen=offer.version, on=where)
    form = ClaimForm(action, _("Claim"), seen.head.named, seen.key)
    return Stub(cost=cost, small=unit, claim=form)


def _claimed_ready(seen: Seen) -> Stub:
    href = url_for("members.claimed", ref=seen.item.own.ready_reference)
    return Stub(
        big=_("Claimed"),
        mark="check",
        link=Link(href, _("Show code"), gettext_html("for %(offer)s", offer=seen.head.named)),
    )


def _points_short(seen: Seen) -> Stub:
    cost: int = seen.item.offer.points_cost
    short = cost - seen.balance
    return Stub(
        big=_("%(count)s more", count=money.number(short)),
        small=ngettext("point needed", "points needed", short),
        meter=points_meter(seen.item, seen.balance),
        link=Link(
            addresses.of("members.points", _anchor="earn"),
            _("Earn more"),
            gettext_html("points for %(offer)s", offer=seen.head.named),
        ),
    )


def _tier_short(seen: Seen) -> Stub:
    tier = seen.item.offer.tier_name
    gap = points_to_tier(seen.item, seen.earned)
    small = _("%(points)s from %(tier)s", points=money.points(gap), tier=tier) if gap else _("members only")
    more = gettext_html("to reach %(tier)s for %(offer)s", tier=tier, offer=seen.head.named)
    how = Link(addresses.of("members.tiers"), _("How"), more) if seen.whole else _page(seen, _("How"), more)
    return Stub(tier=Badge(tier), small=small, link=how)


def _not_yet(seen: Seen) -> Stub:
    offer = seen.item.offer
    words = expiry.opens_stub(offer.claim_from, seen.now, offer.zone)
    return Stub(big=words.when, small=words.wait, link=_details(seen))


def _ended(seen: Seen) -> Stub:
    offer = seen.item.offer
    over = offer.claim_to is not None and seen.now >= offer.claim_to
    big = expiry.ended(offer.claim_to, seen.now, offer.zone) if over else _("Ended")
    return Stub(big=big, link=_similar(seen))


def _sold_out(seen: Seen) -> Stub:
    return Stub(big=_("Sold out"), link=_similar(seen))


def _used_up(seen: Seen) -> Stub:
    limit, lapsed = seen.item.offer.per_member, seen.item.own.lapsed
    of_offer = gettext_html("of %(offer)s", offer=seen.head.named)
    if lapsed >= limit:
        small = ngettext("%(num)s not used", "%(num)s not used", limit) if limit > 1 else _("not used")
        href = addresses.of("members.wallet", show="expired")
        return Stub(big=_("Expired"), small=small, link=Link(href, _("See history"), of_offer))
    used = _("Used %(count)s of %(limit)s", count=money.number(limit - lapsed), limit=money.number(limit))
    small = ngettext("%(num)s expired", "%(num)s expired", lapsed) if lapsed else ""
    href = addresses.of("members.wallet", show="used")
    return Stub(big=used, small=small, link=Link(href, _("See uses"), of_offer))


def _period_used(seen: Seen) -> Stub:
    refusal = seen.item.eligibility.refusal
    assert refusal is not None
    limit = money.number(refusal.facts["limit"])
    again = expiry.again_from(refusal.facts["resets_at"], seen.now, refusal.facts["zone"])
    big = _("Used %(count)s of %(limit)s", count=limit, limit=limit)
    return Stub(big=big, small=again, link=_details(seen))


def _unavailable(seen: Seen) -> Stub:
    return Stub(big=_("Not now"), small=_("not running at the moment"), link=_details(seen))


def _not_named(seen: Seen) -> Stub:
    return Stub(big=_("Not for you"), small=_("it goes to other members"), link=_similar(seen))


def _staff_only(seen: Seen) -> Stub:
    return Stub(big=_("At the counter"), small=_("staff add it for you"), link=_details(seen))


def _held(seen: Seen) -> Stub:
    return Stub(big=_("On hold"))


def _details(seen: Seen) -> Link:
    """The offer's own page explains; that page leads on to what can be had today."""
    if seen.whole:
        return Link(addresses.of("members.offers"), _("See offers"), "")
    return _page(seen, _("Details"), gettext_html("of %(offer)s", offer=seen.head.named))


def _similar(seen: Seen) -> Link:
    """What is gone leads on to its neighbours on the shelf."""
    if not seen.whole:
        return _details(seen)
    href = addresses.of("members.offers", category=seen.item.offer.category)
    return Link(href, _("See similar"), gettext_html("to %(offer)s", offer=seen.head.named))


def _sign_in(seen: Seen) -> Link:
    page = addresses.of("members.offer", slug=seen.item.offer.slug)
    href = addresses.of("signin.sign_in", next=page)
    return Link(href, _("Sign in to claim"), seen.head.named, is_main=True)


def _page(seen: Seen, words: str, more: str) -> Link:
    return Link(addresses.of("members.offer", slug=seen.item.offer.slug), words, more)


_STUBS: dict[State, Callable[[Seen], Stub]] = {
    State.BANNED: _held,
    State.NOT_YOURS: _unavailable,
    State.STAFF_ONLY: _staff_only,
    State.CLAIMED_READY: _claimed_ready,
    State.UNAVAILABLE: _unavailable,
    State.NOT_YET: _not_yet,
    State.ENDED: _ended,
    State.NOT_NAMED: _not_named,
    State.TIER_SHORT: _tier_short,
    State.USED_UP: _used_up,
    State.PERIOD_USED: _period_used,
    State.SOLD_OUT: _sold_out,
    State.POINTS_SHORT: _points_short,
    State.OPEN: _open,
}
