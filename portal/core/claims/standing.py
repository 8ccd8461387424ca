"""What a claim is decided on: offer, texts, member and own claims, read in one statement under the lock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import String, and_, bindparam, case, cast, func, or_, select
from sqlalchemy.orm import Session, aliased

from portal.core.base import AnyRow
from portal.core.claims.claims import TAKEN, Claim, State, StoreNamed
from portal.core.club.cards import Card
from portal.core.club.club import Club
from portal.core.club.members import Member
from portal.core.club.stores import Store
from portal.core.club.tiers import Tier
from portal.core.codes import pool_codes
from portal.core.offers import grants, periods, texts
from portal.core.offers.audience.people import Person
from portal.core.offers.audience.who import Who
from portal.core.offers.eligibility import Standing, Terms
from portal.core.offers.grants import Grant
from portal.core.offers.offers import CodeMode, Offer, OfferStore, OfferText
from portal.core.offers.stock import Stock
from portal.core.points.earning import Lives
from portal.core.points.lots import Lot

_Own = aliased(Tier)
_stock_left = (
    select(func.sum(Stock.remaining)).where(Stock.offer_id == Offer.id).correlate(Offer).scalar_subquery()
)
_stores = (
    select(func.aggregate_strings(cast(Store.id, String) + ":" + Store.name, "\n"))
    .join(OfferStore, OfferStore.store_id == Store.id)
    .where(OfferStore.offer_id == Offer.id)
    .correlate(Offer)
    .scalar_subquery()
)
# A provider makes as many as are asked for: nothing can run out there.
pool_left = pool_codes.left_in(case((Offer.code_mode != CodeMode.PROVIDER, Offer.pool_id)))
_usable = and_(
    Claim.state != State.CLOSED.value, (Claim.expires_at.is_(None)) | (Claim.expires_at > bindparam("now"))
)
# Whatever period the offer counts in; which of them lie within it is for the zone to say.
_lately = and_(Offer.per_period.is_not(None), TAKEN, Claim.claimed_at > bindparam("a_month_ago"))
_awards = and_(Offer.credits_award, Offer.points_value > 0)
# Where a claim both takes points and gives some, its lots come along, so that it stays within its statements.
_places = func.row_number().over(order_by=(Lot.expires_at.is_(None), Lot.expires_at, Lot.id))
_lots_of = (
    select(
        (cast(_places, String) + ":" + cast(Lot.id, String) + ":" + cast(Lot.remaining, String)).label("line")
    )
    .where(
        Lot.member_id == bindparam("of_member"),
        Lot.remaining > 0,
        or_(Lot.expires_at.is_(None), Lot.expires_at > bindparam("now")),
    )
    .subquery()
)
_live_lots = case(
    (
        and_(_awards, Offer.points_cost > 0),
        select(func.aggregate_strings(_lots_of.c.line, "\n")).scalar_subquery(),
    )
)
_Above = aliased(Tier)
_next_threshold = case(
    (
        _awards,
        select(func.min(_Above.threshold)).where(_Above.rank > func.coalesce(_Own.rank, 0)).scalar_subquery(),
    )
)
_FACTS = (
    select(
        Offer,
        OfferText,
        Club.currency,
        Club.zone.label("club_zone"),
        Tier.rank.label("tier_rank"),
        Tier.name.label("tier_name"),
        Member.banned_until,
        func.coalesce(_Own.rank, 0).label("own_rank"),
        _Own.name.label("own_tier"),
        _Own.code.label("own_tier_code"),
        Member.profile,
        Member.language.label("speaks"),
        Member.joined_at,
        _stock_left.label("stock_left"),
        pool_left.label("pool_left"),
        _stores.label("stores"),
        Claim.slot.label("slot"),
        case((_usable & Claim.slot.is_not(None), Claim.reference)).label("ready_reference"),
        case((_lately, Claim.claimed_at)).label("claimed_at"),
        Grant,
        Club.zone.label("club_zone"),
        Club.points_months,
        Card.id.label("card"),
        Card.blocked_at.label("card_blocked_at"),
        _live_lots.label("live_lots"),
        _next_threshold.label("next_threshold"),
    )
    .select_from(Offer)
    .join(Club, Club.id == 1)
    .join(Member, Member.id == bindparam("of_member"))
    .join(OfferText, texts.read_in(Member.language.expression, Offer.id.expression))
    .outerjoin(Tier, Tier.id == Offer.minimum_tier_id)
    .outerjoin(_Own, _Own.id == Member.tier_id)
    .outerjoin(
        Claim,
        and_(
            Claim.offer_id == Offer.id,
            Claim.member_id == Member.id,
            or_(Claim.slot.is_not(None), _lately),
        ),
    )
    .outerjoin(
        Grant, Grant.id == grants.first_open(Member.id, Offer.id, bindparam("now"), bindparam("of_grant"))
    )
    .outerjoin(Card, and_(Card.id == bindparam("of_card"), Card.member_id == Member.id))
    .where(Offer.id == bindparam("of_offer"))
    .execution_options(populate_existing=True)
)

_AS_THEY_ARE = (
    "status",
    "visible_from",
    "visible_to",
    "claim_from",
    "claim_to",
    "self_claim",
    "points_cost",
    "per_member",
    "zone",
    "starts_after_days",
    "starts_after_minutes",
    "use_to",
    "named_only",
    "per_period",
    "period",
)


@dataclass(frozen=True)
class Gathered:
    """The facts of one claim to be made; `live_slots` are the places of claims that can still be used."""

    offer: Offer
    text: OfferText
    currency: str
    terms: Terms
    standing: Standing
    slots: frozenset[int]
    stores: tuple[StoreNamed, ...] | None
    grant: Grant | None
    live_slots: frozenset[int]
    lives: Lives
    lots: tuple[tuple[int, int], ...]
    next_threshold: int | None

    @property
    def award(self) -> int:
        """The points that the claim gives, where the offer credits them.

        None while a provider may still fail: an award that is spent by then could not be taken back.
        """
        gives = self.offer.credits_award and self.offer.code_mode != CodeMode.PROVIDER
        return (self.offer.points_value or 0) if gives else 0

    @property
    def value(self) -> int | None:
        """The member's own value, where a grant gives one; else the offer's."""
        own = None if self.grant is None else self.grant.value
        return self.offer.benefit_value if own is None else own

    def free_slot(self) -> int | None:
        """The lowest free place within the member's limit; None where there is no limit."""
        if self.offer.per_member is None:
            return None
        return next((n for n in range(1, self.offer.per_member + 1) if n not in self.slots), None)


def gather(
    session: Session,
    *,
    offer_id: int,
    member_id: int,
    points: int,
    now: datetime,
    grant: str = "",
    card_id: int | None = None,
) -> Gathered:
    """Read everything the decision needs, as of this statement; call it under the member's lock.

    `grant` names the one of several that is claimed, else it is the oldest; `card_id` the card shown, if any.
    """
    asked = {"of_offer": offer_id, "of_member": member_id, "of_grant": grant, "of_card": card_id or 0}
    times = {"now": now, "pool_from": pool_codes.somewhere(now), "a_month_ago": now - periods.LONGEST}
    rows = session.execute(_FACTS, asked | times).all()
    slots = frozenset(row.slot for row in rows if row.slot is not None)
    live = frozenset(row.slot for row in rows if row.ready_reference is not None)
    counting = live if rows[0][0].reclaimable else slots
    return _gathered(rows[0], slots, live, _standing(rows, points, counting, card_id, now))


def _gathered(first: AnyRow, slots: frozenset[int], live: frozenset[int], standing: Standing) -> Gathered:
    return Gathered(
        offer=first[0],
        text=first[1],
        currency=first.currency,
        terms=_terms(first),
        standing=standing,
        slots=slots,
        stores=_stores_of(first),
        grant=first.Grant,
        live_slots=live,
        lives=Lives(first.club_zone, first.points_months),
        lots=_lots(first.live_lots),
        next_threshold=first.next_threshold,
    )


def _lots(lines: str | None) -> tuple[tuple[int, int], ...]:
    """The live lots as (id, points left), soonest to expire first."""
    parts = sorted(tuple(map(int, line.split(":"))) for line in (lines or "").split("\n") if line)
    return tuple((lot_id, left) for _place, lot_id, left in parts)


def terms_of(
    offer: Offer | AnyRow,
    *,
    club_zone: str,
    stock_left: int | None,
    tier_rank: int | None,
    tier_name: str | None,
    pool_left: bool | None = None,
) -> Terms:
    """What an offer asks for, as the eligibility answer reads it."""
    own = {name: getattr(offer, name) for name in _AS_THEY_ARE}
    return Terms(
        **own,
        stock_left=stock_left,
        tier_rank=tier_rank,
        tier_name=tier_name,
        pool_left=pool_left,
        club_zone=club_zone,
        who=Who(offer.view_condition, offer.audience, offer.new_member_days, offer.birthday_month),
    )


def _terms(row: AnyRow) -> Terms:
    return terms_of(
        row[0],
        club_zone=row.club_zone,
        stock_left=row.stock_left,
        tier_rank=row.tier_rank,
        tier_name=row.tier_name,
        pool_left=row.pool_left,
    )


def _stores_of(row: AnyRow) -> tuple[StoreNamed, ...] | None:
    if row[0].all_stores:
        return None
    named = (line.split(":", 1) for line in (row.stores or "").split("\n") if line)
    found = [StoreNamed(id=int(store_id), name=name) for store_id, name in named]
    return tuple(sorted(found, key=lambda store: store.name))


def _standing(
    rows: Sequence[AnyRow], points: int, slots: frozenset[int], card_id: int | None, now: datetime
) -> Standing:
    first = rows[0]
    ready = next((row.ready_reference for row in rows if row.ready_reference), None)
    return Standing(
        first.banned_until,
        first.own_rank,
        first.own_tier,
        points,
        len(slots),
        ready,
        granted=first.Grant is not None,
        counted_in_period=_in_period(rows, now),
        person=Person(first.profile, first.own_tier_code, first.speaks, first.joined_at),
        card_works=card_id is None or (first.card is not None and first.card_blocked_at is None),
    )


def _in_period(rows: Sequence[AnyRow], now: datetime) -> int:
    offer: Offer = rows[0][0]
    if offer.period is None:
        return 0
    began, _ = periods.around(now, offer.period, rows[0].club_zone)
    return sum(row.claimed_at is not None and row.claimed_at >= began for row in rows)
