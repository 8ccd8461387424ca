"""May this member have this offer now? One ordered answer, read by card, page, deed and counter alike."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from portal.core.base import Facts
from portal.core.club import members
from portal.core.offers import periods, windows
from portal.core.offers.audience import who
from portal.core.offers.audience.people import Person
from portal.core.offers.audience.who import Who
from portal.core.offers.offers import Status
from portal.core.refusals import (
    CardInvalid,
    CodePoolEmpty,
    InsufficientPoints,
    MemberBanned,
    MemberLimitReached,
    NotEligible,
    OfferAlreadyClaimed,
    OfferEnded,
    OfferNotFound,
    OfferNotStarted,
    OfferSoldOut,
    OfferUnavailable,
    PeriodLimitReached,
    Refusal,
    SelfClaimDisabled,
    TierRequired,
)


@dataclass(frozen=True)
class Terms:
    """What an offer asks for at this moment."""

    status: str
    visible_from: datetime | None
    visible_to: datetime | None
    claim_from: datetime | None
    claim_to: datetime | None
    self_claim: bool
    points_cost: int
    per_member: int | None
    stock_left: int | None
    tier_rank: int | None
    tier_name: str | None
    zone: str
    starts_after_days: int | None = None
    starts_after_minutes: int | None = None
    use_to: datetime | None = None
    named_only: bool = False
    # Whether the pool has a code left; None where codes come from no pool.
    pool_left: bool | None = None
    per_period: int | None = None
    period: str | None = None
    club_zone: str = "UTC"
    who: Who = who.EVERYBODY


@dataclass(frozen=True)
class Standing:
    """What the member brings: a ban, a tier, points, and the claims that count toward the limit."""

    banned_until: datetime | None
    tier_rank: int
    tier_name: str | None
    points: int
    counted: int
    ready_reference: str | None
    granted: bool = False
    counted_in_period: int = 0
    person: Person | None = None
    card_works: bool = True


@dataclass(frozen=True)
class Guard:
    """One question of the ordered list: passed, or the refusal it would raise."""

    code: str
    refusal: Refusal | None

    @property
    def ok(self) -> bool:
        """Whether this guard lets the member through."""
        return self.refusal is None


@dataclass(frozen=True)
class Eligibility:
    """Every guard in order; the first that fails is the answer."""

    guards: tuple[Guard, ...]

    @property
    def refusal(self) -> Refusal | None:
        """The first "no", or None when the member may claim now."""
        return next((guard.refusal for guard in self.guards if guard.refusal), None)


Check = Callable[[Terms, Standing, datetime], Facts | None]


def answer(terms: Terms, standing: Standing, now: datetime) -> Eligibility:
    """Ask every guard, in the order in which a "no" is most useful to the member."""
    return Eligibility(tuple(_guards(terms, standing, now)))


def _guards(terms: Terms, standing: Standing, now: datetime) -> Iterator[Guard]:
    for refusal, check in GUARDS:
        facts = check(terms, standing, now)
        yield Guard(refusal.code, None if facts is None else refusal(**facts))


def _banned(terms: Terms, standing: Standing, now: datetime) -> Facts | None:
    return {"banned_until": standing.banned_until} if members.is_banned(standing.banned_until, now) else None


def _hidden(terms: Terms, standing: Standing, now: datetime) -> Facts | None:
    seen = windows.has_begun(terms.visible_from, now) and not windows.is_over(terms.visible_to, now)
    return None if seen and terms.status != Status.DRAFT else {}


def _not_shown(terms: Terms, standing: Standing, now: datetime) -> Facts | None:
    shown = standing.granted or who.is_shown(terms.who, standing.person, now, terms.zone)
    return None if shown else {}


def _unavailable(terms: Terms, standing: Standing, now: datetime) -> Facts | None:
    return None if terms.status == Status.PUBLISHED else {}


def _self_claim(terms: Terms, standing: Standing, now: datetime) -> Facts | None:
    return None if terms.self_claim else {}


def _already_claimed(terms: Terms, standing: Standing, now: datetime) -> Facts | None:
    return (
        {"reference": standing.ready_reference}
        if _at_limit(terms, standing) and standing.ready_reference
        else None
    )


def _not_started(terms: Terms, standing: Standing, now: datetime) -> Facts | None:
    begun = windows.has_begun(terms.claim_from, now)
    return None if begun else {"starts_at": terms.claim_from, "zone": terms.zone}


def _ended(terms: Terms, standing: Standing, now: datetime) -> Facts | None:
    if windows.is_over(terms.claim_to, now):
        return {"ended_at": terms.claim_to, "zone": terms.zone}
    return {} if _would_never_work(terms, now) else None


def _would_never_work(terms: Terms, now: datetime) -> bool:
    """Whether the use clock runs out before a claim made now could be used."""
    begins = windows.usable_from(
        now, zone=terms.zone, after_days=terms.starts_after_days, after_minutes=terms.starts_after_minutes
    )
    return windows.is_over(terms.use_to, begins or now)


def _not_granted(terms: Terms, standing: Standing, now: datetime) -> Facts | None:
    return {} if terms.named_only and not standing.granted else None


def _shut_out(terms: Terms, standing: Standing, now: datetime) -> Facts | None:
    # What the club gave by name is theirs, whomever else it is for.
    return None if standing.granted else who.shut_out(terms.who, standing.person, now, terms.zone)


def _tier_short(terms: Terms, standing: Standing, now: datetime) -> Facts | None:
    if terms.tier_rank is None or standing.tier_rank >= terms.tier_rank:
        return None
    return {"required_tier": terms.tier_name, "current_tier": standing.tier_name}


def _limit_reached(terms: Terms, standing: Standing, now: datetime) -> Facts | None:
    return {"limit": terms.per_member} if _at_limit(terms, standing) else None


def _period_reached(terms: Terms, standing: Standing, now: datetime) -> Facts | None:
    if terms.per_period is None or terms.period is None or standing.counted_in_period < terms.per_period:
        return None
    _, resets_at = periods.around(now, terms.period, terms.club_zone)
    return {
        "period": terms.period,
        "limit": terms.per_period,
        "resets_at": resets_at,
        "zone": terms.club_zone,
    }


def _sold_out(terms: Terms, standing: Standing, now: datetime) -> Facts | None:
    return {} if terms.stock_left is not None and terms.stock_left <= 0 else None


def _pool_empty(terms: Terms, standing: Standing, now: datetime) -> Facts | None:
    return {} if terms.pool_left is False else None


def _card_blocked(terms: Terms, standing: Standing, now: datetime) -> Facts | None:
    return None if standing.card_works else {}


def _points_short(terms: Terms, standing: Standing, now: datetime) -> Facts | None:
    short = terms.points_cost - standing.points
    return (
        {"needed": terms.points_cost, "available": standing.points, "shortfall": short} if short > 0 else None
    )


def _at_limit(terms: Terms, standing: Standing) -> bool:
    return terms.per_member is not None and standing.counted >= terms.per_member


GUARDS: tuple[tuple[type[Refusal], Check], ...] = (
    (MemberBanned, _banned),
    (OfferNotFound, _hidden),
    (OfferNotFound, _not_shown),
    (SelfClaimDisabled, _self_claim),
    (OfferAlreadyClaimed, _already_claimed),
    (OfferUnavailable, _unavailable),
    (OfferNotStarted, _not_started),
    (OfferEnded, _ended),
    (NotEligible, _not_granted),
    (NotEligible, _shut_out),
    (TierRequired, _tier_short),
    (MemberLimitReached, _limit_reached),
    (PeriodLimitReached, _period_reached),
    (OfferSoldOut, _sold_out),
    (CodePoolEmpty, _pool_empty),
    (CardInvalid, _card_blocked),
    (InsufficientPoints, _points_short),
)
