"""Offers. Claims keep the terms they were made under; a new version comes only of something changed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from pydantic import BeforeValidator

from portal.core.base import Work
from portal.core.claims import claims
from portal.core.club import stores, tiers
from portal.core.codes import pools
from portal.core.offers import offers, stock, texts
from portal.core.offers.audience import fitting
from portal.core.offers.audience.fitting import Fields
from portal.core.offers.grants import Occasion
from portal.core.offers.offers import Hue, Offer, OfferText, Presence, Status
from portal.core.records import journal
from portal.core.redeeming import counters
from portal.importing import offer_codes, who
from portal.importing.awards import AWARDS, Awards
from portal.importing.benefits import Benefit
from portal.importing.cells import (
    AtLeastOne,
    Closing,
    Code,
    Codes,
    Money,
    Names,
    Opening,
    Short,
    Switch,
    Whole,
    one_of,
    spoken,
)
from portal.importing.given import GIVEN, HELD, Given
from portal.importing.limits import LIMITS
from portal.importing.offer_codes import OfferCodes
from portal.importing.reports import Remark, Tally
from portal.importing.running import Kind
from portal.importing.when import WHEN, When
from portal.importing.who import ForWhom

LONGER = ("long", "how_earn")
WORDS = ("title", "short", "terms", "how_store", "how_online")
# Column of the file -> column of the offer, where the name differs or the value is taken as it is.
TERMS = {
    "benefit": "benefit_kind",
    "value": "benefit_value",
    "points_cost": "points_cost",
    "per_member": "per_member",
    "claim_from": "claim_from",
    "claim_to": "claim_to",
    "valid_days": "valid_days",
}
# The same for columns that a file may lack; one that is there means what it says, an empty cell too.
USING = ("uses_per_claim", "combines", "till_key", "member_redeem", "presence", "active_minutes")
HOLDING = (*GIVEN, *HELD, *AWARDS)
EXTRA = {
    name: name
    for name in (
        "product",
        "minimum_purchase",
        "hue",
        *USING,
        *offer_codes.COLUMNS,
        *HOLDING,
        *offers.PLACING,
    )
} | WHEN


class OfferRow(Benefit, OfferCodes, When, Given, ForWhom, Awards):
    KEY = "slug"
    EXTRA = frozenset({"language", "minimum_tier", "pool", *EXTRA, *who.COLUMNS, *LONGER})

    slug: Code
    language: Annotated[str, BeforeValidator(spoken)] = texts.FALLBACK
    title: Short
    short: str = ""
    terms: str = ""
    how_store: str = ""
    how_online: str = ""
    long: str = ""
    how_earn: str = ""
    points_cost: Whole = 0
    stock: Whole | None = None
    per_member: AtLeastOne | None = None
    claim_from: Opening | None = None
    claim_to: Closing | None = None
    valid_days: AtLeastOne | None = None
    stores: Codes = ()
    status: Annotated[Status, BeforeValidator(one_of(Status))] | None = None
    minimum_purchase: Money | None = None
    minimum_tier: Short | None = None
    hue: Annotated[Hue, BeforeValidator(one_of(Hue))] | None = None
    uses_per_claim: AtLeastOne = 1
    combines: Switch = True
    till_key: Short | None = None
    member_redeem: Switch = False
    presence: Annotated[Presence, BeforeValidator(one_of(Presence))] = Presence.NONE
    active_minutes: AtLeastOne = 15
    category: Short | None = None
    featured: Switch = False
    public: Switch = False
    tags: Names = ()

    def unique(self) -> Iterator[tuple[str, Any]]:
        """An offer has one line for each language."""
        yield "slug", (self.slug, self.language)


@dataclass(frozen=True)
class Here:
    """What the lines of a batch refer to."""

    zone: str
    stores: dict[str, int]
    tiers: dict[str, int]
    pools: dict[str, int]
    fields: Fields
    extra: frozenset[str]
    now: datetime


class Offers(Kind[OfferRow]):
    """One line, one offer in a language. `headers` are those of the file, `zone` is the club's."""

    row = OfferRow

    def __init__(self, headers: Sequence[str], zone: str) -> None:
        self._zone = zone
        self._extra = OfferRow.EXTRA & frozenset(headers)

    def take(self, session: Work, batch: Sequence[OfferRow], tally: Tally, now: datetime) -> None:
        offer_codes.open_missing(session, batch, now=now)
        store_ids, tier_ids = stores.ids_by_code(session), tiers.ids_by_word(session)
        pool_ids, asked = pools.ids_by_name(session), fitting.declared(session)
        here = Here(self._zone, store_ids, tier_ids, pool_ids, asked, self._extra, now)
        for row in batch:
            offer = offers.by_slug(session, row.slug)
            if faults := list(_faults(row, offer, here)):
                tally.leave_out(faults)
            elif offer is None:
                _add(session, row, here)
                tally.count(is_new=True, changed=False)
            else:
                tally.count(is_new=False, changed=_change(session, offer, row, here))


def _faults(row: OfferRow, offer: Offer | None, here: Here) -> Iterator[Remark]:
    unknown = [code for code in row.stores if code not in here.stores]
    if unknown:
        yield row.remark("stores", f"there is no {', '.join(unknown)}; import the stores first")
    if row.minimum_tier and row.minimum_tier.casefold() not in here.tiers:
        there = ", ".join(here.tiers) or "none yet"
        yield row.remark("minimum_tier", f"there is no {row.minimum_tier}; use one of: {there}")
    if row.grant_on is Occasion.TIER and not row.minimum_tier:
        yield row.remark("minimum_tier", "say which tier, since grant_on is tier")
    yield from offer_codes.faults(row, offer, here.pools, here.extra)
    yield from who.faults(row, here.fields)
    if offer is not None and row.status is not None and not offers.may_become(offer.status, row.status):
        yield row.remark("status", f"this offer is {offer.status} and cannot become {row.status}")


def _terms(row: OfferRow, here: Here) -> dict[str, Any]:
    """The columns of the offer that this line speaks of."""
    extra = {column: name for column, name in EXTRA.items() if column in here.extra}
    terms = {name: getattr(row, column) for column, name in (TERMS | extra).items()}
    if "timeframes" in terms:
        terms["timeframes"] = row.timeframes
    if "minimum_tier" in here.extra:
        terms["minimum_tier_id"] = here.tiers[row.minimum_tier.casefold()] if row.minimum_tier else None
    if "pool" in here.extra:
        terms["pool_id"] = here.pools[row.pool] if row.pool else None
    if "hue" in terms:
        terms["hue"] = terms["hue"] or Hue.SLATE
    if "tags" in terms:
        terms["tags"] = list(row.tags)
    return terms | who.terms(row, here.extra, here.fields)


def _add(session: Work, row: OfferRow, here: Here) -> None:
    moments = {"created_at": here.now, "updated_at": here.now}
    status = row.status or Status.DRAFT
    offer = Offer(
        slug=row.slug, status=status, zone=here.zone, stock=row.stock, **_terms(row, here), **moments
    )
    offers.add(session, offer, OfferText(**_words(row, here)), by=None)
    offers.set_stores(session, offer, [here.stores[code] for code in row.stores])
    stock.set_total(session, offer.id, row.stock, lambda: 0)


def _change(session: Work, offer: Offer, row: OfferRow, here: Here) -> bool:
    changed = _differing(offer, _terms(row, here))
    if not set(LIMITS).isdisjoint(changed):
        counters.forget(session, offer.id)
    changed += _say(session, offer, row, here)
    wanted = {here.stores[code] for code in row.stores}
    if wanted != offers.store_ids_of(session, offer.id):
        offers.set_stores(session, offer, sorted(wanted))
        changed.append("stores")
    if row.stock != offer.stock:
        offer.stock = row.stock
        stock.set_total(session, offer.id, row.stock, lambda: claims.holding_stock(session, offer.id))
        changed.append("stock")
    if changed:
        if not offers.PLACING.issuperset(changed):
            offers.touch(session, offer, here.now)
        facts = {"columns": changed, "by": "import"}
        journal.add(session, "offer_changed", f"offer:{offer.slug}", now=here.now, facts=facts)
    if row.status is not None and row.status != offer.status:
        offers.set_status(session, offer, row.status, now=here.now, by=None, reason="import")
        changed.append("status")
    return bool(changed)


def _say(session: Work, offer: Offer, row: OfferRow, here: Here) -> list[str]:
    text = texts.find(session, offer.id, row.language)
    if text is not None:
        return _differing(text, _words(row, here))
    session.add(OfferText(offer_id=offer.id, **_words(row, here)))
    return ["language"]


def _words(row: OfferRow, here: Here) -> dict[str, str]:
    return {word: getattr(row, word) for word in ("language", *WORDS, *here.extra.intersection(LONGER))}


def _differing(thing: Offer | OfferText, wanted: dict[str, Any]) -> list[str]:
    """Set what differs, and answer the names of those columns."""
    changed = [name for name, value in wanted.items() if getattr(thing, name) != value]
    for name in changed:
        setattr(thing, name, wanted[name])
    return changed
