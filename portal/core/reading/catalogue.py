"""The shelf as a member or a guest meets it: each visible offer, and whether they may have it now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, case, cast, func, literal, null, or_, select, union_all
from sqlalchemy.orm import Session

from portal.core.base import AnyRow, Facts
from portal.core.claims import standing
from portal.core.claims.claims import TAKEN, Claim, Closed, State
from portal.core.club.club import Club
from portal.core.club.stores import Store
from portal.core.club.tiers import Tier
from portal.core.codes import pool_codes
from portal.core.offers import eligibility, grants, periods, texts
from portal.core.offers.audience import who
from portal.core.offers.audience.people import Person
from portal.core.offers.eligibility import Eligibility, Standing, Terms
from portal.core.offers.grants import Grant
from portal.core.offers.images import OfferImage
from portal.core.offers.offers import Offer, OfferStore, OfferText, Status
from portal.core.offers.periods import Period
from portal.core.offers.stock import Stock
from portal.core.reading.people import MemberHere

STILL_SHOWN = timedelta(days=14)
# A guest is asked for nothing but to sign in: no tier and no price stands in the way of somebody unknown.
_ENOUGH = 2**62
_GUEST = Standing(None, _ENOUGH, None, _ENOUGH, 0, None)


@dataclass(frozen=True)
class Own:
    """What the member already has of one offer; of what no longer works, `lapsed` was never used."""

    counted: int = 0
    used: int = 0
    lapsed: int = 0
    in_period: int = 0
    ready_reference: str | None = None
    ready_expires_at: datetime | None = None


@dataclass(frozen=True)
class ShelfItem:
    """One offer as one member meets it."""

    offer: AnyRow
    terms: Terms
    stores: tuple[str, ...]
    own: Own
    eligibility: Eligibility


_stock_left = (
    select(func.sum(Stock.remaining)).where(Stock.offer_id == Offer.id).correlate(Offer).scalar_subquery()
)
_store_names = (
    select(func.aggregate_strings(Store.name, "\n"))
    .join(OfferStore, OfferStore.store_id == Store.id)
    .where(OfferStore.offer_id == Offer.id)
    .correlate(Offer)
    .scalar_subquery()
)
_PERSONAL: dict[str, ColumnElement[Any]] = {
    "benefit_value": func.coalesce(Grant.value, Offer.benefit_value),
    "title": func.coalesce(Grant.title, OfferText.title),
    "short": func.coalesce(Grant.text, OfferText.short),
}
_OFFERS = (
    select(
        *(column for column in Offer.__table__.c if column.name not in _PERSONAL),
        *(value.label(name) for name, value in _PERSONAL.items()),
        Grant.reference.label("grant_reference"),
        Grant.expires_at.label("grant_expires_at"),
        OfferText.language,
        OfferText.terms,
        OfferText.how_store,
        OfferText.how_online,
        Club.currency,
        Club.zone.label("club_zone"),
        Tier.rank.label("tier_rank"),
        Tier.name.label("tier_name"),
        Tier.hue.label("tier_hue"),
        Tier.threshold.label("tier_threshold"),
        _stock_left.label("stock_left"),
        standing.pool_left.label("pool_left"),
        _store_names.label("store_names"),
    )
    .select_from(Offer)
    .join(OfferText, texts.read_in(bindparam("language"), Offer.id.expression))
    .join(Club, Club.id == 1)
    .outerjoin(Tier, Tier.id == Offer.minimum_tier_id)
    .outerjoin(Grant, Grant.id == grants.first_open(bindparam("of_member"), Offer.id, bindparam("now")))
)
_out = and_(
    Offer.status == Status.PUBLISHED.value,
    or_(Offer.visible_from.is_(None), Offer.visible_from <= bindparam("now")),
    or_(Offer.visible_to.is_(None), Offer.visible_to > bindparam("now")),
)
# What is given by name lies on nobody else's shelf.
_on_shelf = and_(
    _out,
    or_(Offer.claim_to.is_(None), Offer.claim_to > bindparam("long_ago")),
    or_(~Offer.named_only, Grant.id.is_not(None)),
)
_SHELF = _OFFERS.where(_on_shelf).order_by(Offer.claim_to.is_(None), Offer.claim_to, Offer.id)
_PUBLIC_SHELF = _SHELF.where(Offer.public)
_FIRST_TIER = select(Tier.rank, Tier.code).where(Tier.threshold == 0).order_by(Tier.rank).limit(1)
_ONE = (
    _OFFERS.add_columns(
        OfferText.long,
        OfferText.how_earn,
        OfferImage.sha256.label("image"),
        OfferImage.width,
        OfferImage.height,
    )
    .outerjoin(OfferImage, OfferImage.offer_id == Offer.id)
    .where(Offer.slug == bindparam("with_slug"))
)
_PUBLIC_ONE = _ONE.where(_out, Offer.public)
_LOOKED_AT = (
    Claim.offer_id,
    Claim.reference,
    Claim.state,
    Claim.closed_reason,
    Claim.expires_at,
    Claim.uses_left,
    Claim.uses_allowed,
)
_began = case(
    (Offer.period == Period.DAY.value, bindparam("day_began", type_=Claim.claimed_at.type)),
    (Offer.period == Period.WEEK.value, bindparam("week_began", type_=Claim.claimed_at.type)),
    else_=bindparam("month_began", type_=Claim.claimed_at.type),
)
# A claim is looked at for the place it holds, and once more for the period that it was made in.
_held = union_all(
    select(*_LOOKED_AT, Claim.slot, literal(0).label("lately")).where(
        Claim.member_id == bindparam("of_member"), Claim.slot.is_not(None)
    ),
    select(*_LOOKED_AT, cast(null(), Claim.slot.type).label("slot"), literal(1).label("lately"))
    .join(Offer, Offer.id == Claim.offer_id)
    .where(
        Offer.per_period.is_not(None),
        Claim.member_id == bindparam("of_member"),
        Claim.claimed_at >= _began,
        TAKEN,
    ),
).subquery("held")
_own = _held.c
_usable = and_(
    _own.state != State.CLOSED.value, or_(_own.expires_at.is_(None), _own.expires_at > bindparam("now"))
)
_lapsed = and_(
    _own.uses_left == _own.uses_allowed,
    or_(
        _own.closed_reason == Closed.EXPIRED.value,
        and_(_own.state == State.CLAIMED.value, _own.expires_at <= bindparam("now")),
    ),
)
_OWN = select(
    _own.offer_id,
    func.count(_own.slot).label("counted"),
    func.count(case((_usable, None), else_=_own.slot)).label("used"),
    func.count(case((_lapsed, _own.slot))).label("lapsed"),
    func.sum(_own.lately).label("in_period"),
    func.max(case((_usable, _own.reference))).label("ready_reference"),
    func.min(case((_usable, _own.expires_at))).label("ready_expires_at"),
).group_by(_own.offer_id)
_OWN_OF_ONE = _OWN.where(_own.offer_id == bindparam("of_offer"))


def shelf(session: Session, member: MemberHere, now: datetime) -> list[ShelfItem]:
    """Every offer this member can see, soonest to close first; two statements however many there are."""
    asked = _here(now) | {"language": member.language, "of_member": member.member_id}
    rows = session.execute(_SHELF, asked).all()
    if not rows:
        return []
    whose = {"of_member": member.member_id, "now": now} | periods.beginnings(now, rows[0].club_zone)
    own = _by_offer(session.execute(_OWN, whose).all())
    items = (_item(row, own.get(row.id, Own()), member, now) for row in rows)
    return [item for item in items if _is_shown(item, member.person, now)]


def public_shelf(session: Session, language: str, now: datetime) -> list[ShelfItem]:
    """The offers that guests may see, in the same order; one statement."""
    asked = _here(now) | {"language": language, "of_member": None}
    rows = session.execute(_PUBLIC_SHELF, asked).all()
    items = (_answered(row, Own(), _GUEST, now) for row in rows)
    return [item for item in items if _is_shown(item, None, now)]


def item(session: Session, member: MemberHere, slug: str, now: datetime) -> ShelfItem | None:
    """One offer by its handle, whatever its state; what nobody may see yet is not there."""
    row = _one(session, slug, member.language, now, member.member_id)
    if row is None:
        return None
    asked = {"of_member": member.member_id, "of_offer": row.id, "now": now}
    asked |= periods.beginnings(now, row.club_zone)
    own = _by_offer(session.execute(_OWN_OF_ONE, asked).all())
    found = _item(row, own.get(row.id, Own()), member, now)
    return found if _is_shown(found, member.person, now) else None


def for_newcomer(session: Session, slug: str, language: str, now: datetime) -> ShelfItem | None:
    """The same as it would be for somebody who joined now: no points, no claims, the first tier."""
    row = _one(session, slug, language, now)
    if row is None:
        return None
    brings = _newcomer(session, language, now)
    found = _answered(row, Own(), brings, now)
    return found if _is_shown(found, brings.person, now) else None


def for_newcomers(session: Session, language: str, now: datetime) -> list[ShelfItem]:
    """The whole shelf likewise."""
    asked = _here(now) | {"language": language, "of_member": None}
    brings = _newcomer(session, language, now)
    items = (_answered(row, Own(), brings, now) for row in session.execute(_SHELF, asked).all())
    return [item for item in items if _is_shown(item, brings.person, now)]


def public_item(session: Session, slug: str, language: str, now: datetime) -> ShelfItem | None:
    """One offer as a guest meets it; what is not for guests is not there."""
    asked = _here(now) | {"with_slug": slug, "language": language, "of_member": None}
    row = session.execute(_PUBLIC_ONE, asked).one_or_none()
    if row is None:
        return None
    found = _answered(row, Own(), _GUEST, now)
    return found if _is_shown(found, None, now) else None


def _here(now: datetime) -> Facts:
    return {"now": now, "long_ago": now - STILL_SHOWN, "pool_from": pool_codes.somewhere(now)}


def _one(
    session: Session, slug: str, language: str, now: datetime, member_id: int | None = None
) -> AnyRow | None:
    asked = _here(now) | {"with_slug": slug, "language": language, "of_member": member_id}
    row = session.execute(_ONE, asked).one_or_none()
    if row is None or row.status == Status.DRAFT or (row.visible_from and now < row.visible_from):
        return None
    return row


def _newcomer(session: Session, language: str, now: datetime) -> Standing:
    rank, code = session.execute(_FIRST_TIER).one_or_none() or (0, None)
    return Standing(None, rank, None, 0, 0, None, person=Person({}, code, language, now))


def _item(row: AnyRow, own: Own, member: MemberHere, now: datetime) -> ShelfItem:
    brings = Standing(
        member.banned_until,
        member.tier_rank,
        member.tier_name,
        member.balance,
        own.counted - own.used if row.reclaimable else own.counted,
        own.ready_reference,
        granted=row.grant_reference is not None,
        counted_in_period=own.in_period,
        person=member.person,
    )
    return _answered(row, own, brings, now)


def _answered(row: AnyRow, own: Own, brings: Standing, now: datetime) -> ShelfItem:
    terms = standing.terms_of(
        row,
        club_zone=row.club_zone,
        stock_left=row.stock_left,
        tier_rank=row.tier_rank,
        tier_name=row.tier_name,
        pool_left=row.pool_left,
    )
    stores = tuple(sorted(row.store_names.split("\n"))) if row.store_names else ()
    return ShelfItem(row, terms, stores, own, eligibility.answer(terms, brings, now))


def _is_shown(item: ShelfItem, person: Person | None, now: datetime) -> bool:
    """Whom the view condition leaves out meets no such offer, unless they were given it or hold a code."""
    shown = who.is_shown(item.terms.who, person, now, item.terms.zone)
    return shown or bool(item.own.ready_reference or item.offer.grant_reference)


def _by_offer(rows: Sequence[AnyRow]) -> dict[int, Own]:
    return {
        row.offer_id: Own(
            row.counted, row.used, row.lapsed, row.in_period, row.ready_reference, row.ready_expires_at
        )
        for row in rows
    }
