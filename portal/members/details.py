"""The page of one offer, in words: why not yet, conditions, cost, dates, how to use it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from markupsafe import Markup

from portal.core.base import AnyRow, Facts
from portal.core.reading.catalogue import ShelfItem
from portal.members import cards, headline, shelf, states, stubs
from portal.members.cards import Viewer
from portal.members.states import State
from portal.members.stubs import Link, Meter
from portal.web import dates, money, prose, refusing
from portal.web.i18n import gettext as _
from portal.web.i18n import ngettext

Rows = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Why:
    """What stands between the member and the offer, and how far it is."""

    title: str
    sentence: str
    rows: Rows = ()
    meter: Meter | None = None
    link: Link | None = None


@dataclass(frozen=True)
class Shown:
    """The offer's picture: where it is and how large."""

    href: str
    width: int
    height: int


@dataclass(frozen=True)
class Details:
    """What the page says beneath the ticket."""

    short: str
    long: Markup
    earn: Sequence[str]
    conditions: Rows
    dates: Rows
    steps: Sequence[str]
    online: str
    terms: Sequence[str]
    zone: str
    lang: str = ""


def details(item: ShelfItem, viewer: Viewer) -> Details:
    """Everything one needs to decide."""
    offer = item.offer
    head = cards.headline_of(item)
    return Details(
        short="" if offer.short in (head.what, head.value) else offer.short,
        long=prose.html(offer.long),
        earn=lines(offer.how_earn),
        conditions=_conditions(item, viewer),
        dates=_dates(item, viewer.now),
        steps=lines(offer.how_store),
        # Some clubs write the very words there that are worth something to whoever holds the claim.
        online="" if viewer.is_guest else offer.how_online,
        terms=lines(offer.terms),
        zone=offer.zone,
        lang=offer.language,
    )


def image(item: ShelfItem) -> Shown | None:
    """The picture, if the offer has one."""
    offer = item.offer
    if offer.image is None:
        return None
    href = url_for("members.offer_image", slug=offer.slug, name=offer.image)
    return Shown(href, offer.width, offer.height)


def lines(text: str) -> list[str]:
    """The lines of a text that hold something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def facts_of(item: ShelfItem, viewer: Viewer) -> Facts:
    """What a refusal's sentence may need beyond what the refusal knows itself."""
    facts: Facts = {"now": viewer.now, "zone": item.offer.zone, "currency": item.offer.currency}
    if item.own.lapsed:
        facts["lapsed"] = item.own.lapsed
    if item.offer.tier_threshold:
        facts["points_to_tier"] = stubs.points_to_tier(item, viewer.earned)
    return facts


def why(item: ShelfItem, viewer: Viewer, zone: str) -> Why | None:
    """Why the member cannot have it now and what would change that; None where it can be claimed."""
    refusal, state = item.eligibility.refusal, states.of(item)
    if refusal is None:
        return None
    sentence = refusing.member_words(refusal.code, facts_of(item, viewer) | refusal.facts).sentence
    match state:
        case State.TIER_SHORT:
            return _tier(item, viewer, zone, sentence)
        case State.POINTS_SHORT:
            short = item.offer.points_cost - viewer.balance
            title = ngettext("%(num)s more point", "%(num)s more points", short)
            link = Link(url_for("members.points", _anchor="earn"), _("Ways to earn points"), "")
            return Why(title, sentence, meter=stubs.points_meter(item, viewer.balance), link=link)
        case State.CLAIMED_READY:
            return Why(_("Claimed"), sentence)
    return Why(_("You can’t claim it now"), sentence)


def _tier(item: ShelfItem, viewer: Viewer, zone: str, sentence: str) -> Why:
    offer = item.offer
    most, earned, tier = offer.tier_threshold or 0, money.points(viewer.earned), offer.tier_name
    last_day = dates.spoken_end(shelf.year_ends(viewer.now, zone), zone)
    rows = [
        (_("Where you are"), _("%(earned)s earned this year", earned=earned)),
        (_("What it takes"), _("%(points)s in a calendar year", points=money.points(most))),
        (_("Until"), dates.by(dates.date_words(last_day, viewer.now, zone))),
    ]
    if offer.points_cost > viewer.balance:
        short = money.points(offer.points_cost - viewer.balance)
        rows.append((_("Points to spend"), _("%(points)s short of its cost", points=short)))
    words = _("%(earned)s of %(most)s", earned=money.number(viewer.earned), most=money.points(most))
    meter = Meter(min(viewer.earned, most), most, words) if most else None
    link = Link(url_for("members.tiers"), _("How tiers work"), "")
    return Why(_("How to reach %(tier)s", tier=tier), sentence, rows, meter, link)


def _conditions(item: ShelfItem, viewer: Viewer) -> list[tuple[str, str]]:
    offer = item.offer
    rows = [(_("Cost"), _cost(item, viewer)), *headline.conditions_list(cards.conditions_of(item))]
    rows.append((_("How often"), headline.limit_words(offer.per_member, offer.per_period, offer.period)))
    if offer.uses_per_member or offer.uses_per_period:
        each = headline.limit_words(offer.uses_per_member, offer.uses_per_period, offer.uses_period)
        rows.append((_("Uses for you"), each))
    if offer.redemptions_per_store_day:
        rows.append((_("In each store"), headline.period_words(offer.redemptions_per_store_day, "day")))
    if gives := _gives(offer):
        rows.append((_("Gives"), gives))
    if offer.tier_name:
        rows.append((_("For"), _("%(tier)s members and above", tier=offer.tier_name)))
    if left := cards.low(item):
        rows.append((_("How many"), left))
    return rows


def _gives(offer: AnyRow) -> str:
    """The points that a claim brings, and those of a use in the store."""
    said = []
    if offer.points_value and offer.credits_award:
        said.append(_("%(points)s when you claim", points=money.points(offer.points_value)))
    if offer.presence_points:
        said.append(_("%(points)s for each use in the store", points=money.points(offer.presence_points)))
    return ", ".join(said)


def _cost(item: ShelfItem, viewer: Viewer) -> str:
    cost: int = item.offer.points_cost
    if not cost:
        return _("Free, no points")
    if viewer.is_guest or states.of(item) is not State.OPEN:
        return money.points(cost)
    after = money.number(viewer.balance - cost)
    return _("%(points)s. You’ll have %(after)s", points=money.points(cost), after=after)


def _dates(item: ShelfItem, now: datetime) -> list[tuple[str, str]]:
    offer = item.offer
    zone: str = offer.zone
    rows = []
    if offer.claim_from and now < offer.claim_from:
        rows.append((_("Opens"), _moment(offer.claim_from, now, zone)))
    if offer.claim_to:
        ends, past = _end(offer.claim_to, now, zone), now >= offer.claim_to
        rows.append((_("Ended"), ends) if past else (_("Claim by"), dates.by(ends)))
    if offer.use_from and now < offer.use_from:
        rows.append((_("Use from"), dates.by(_moment(offer.use_from, now, zone))))
    if offer.starts_after_days:
        later = ngettext(
            "%(num)s day after the claim", "%(num)s days after the claim", offer.starts_after_days
        )
        rows.append((_("Works from"), later))
    if offer.starts_after_minutes:
        rows.append((_("Works from"), _minutes(offer.starts_after_minutes)))
    if offer.valid_days is not None:
        within = ngettext("%(num)s day after claiming", "%(num)s days after claiming", offer.valid_days)
        rows.append((_("Use within"), within))
    if offer.use_to:
        rows.append((_("Use by"), dates.by(_end(offer.use_to, now, zone))))
    return rows


def _minutes(count: int) -> str:
    if count % 60:
        return ngettext("%(num)s minute after the claim", "%(num)s minutes after the claim", count)
    return ngettext("%(num)s hour after the claim", "%(num)s hours after the claim", count // 60)


def _end(end: datetime, now: datetime, zone: str) -> str:
    return _moment(dates.spoken_end(end, zone), now, zone)


def _moment(instant: datetime, now: datetime, zone: str) -> str:
    return dates.time_tag(instant, zone, dates.moment_words(instant, now, zone))
