"""How often and for how much an offer may be redeemed: guarded counters, locked after the claim.

A counter starts with the first redemption under its limit, from what has been redeemed by then, and its name
says the order in which they are locked. An offer without such limits has none and costs no statement.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, and_, bindparam, case, delete, func, or_, select, update
from sqlalchemy import column as named
from sqlalchemy import table as called
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.core.base import AnyRow, Base, Facts, Instant, insert_or_none
from portal.core.claims.claims import Claim
from portal.core.club.club import Club
from portal.core.club.stores import Store
from portal.core.offers import periods
from portal.core.offers.offers import BenefitKind, Offer
from portal.core.offers.periods import Period
from portal.core.refusals import (
    BudgetSpent,
    MemberLimitReached,
    OfferUsedUp,
    PeriodLimitReached,
    Refusal,
    StoreDayUsedUp,
    StoreUsedUp,
)

_EVER = (datetime(1970, 1, 1, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC))


class Scope(StrEnum):
    """What is counted for whom; in the order of their names they are locked."""

    ALL = "all"
    BUDGET = "budget"
    MEMBER = "member"
    MEMBER_PERIOD = "member_period"
    STORE = "store"
    STORE_DAY = "store_day"


class OfferCounter(Base):
    """Redemptions that stand within [begins, ends), or their cost; `most` is the limit that held last."""

    __tablename__ = "offer_counters"
    __table_args__ = (
        CheckConstraint("used >= 0", name="used_not_negative"),
        CheckConstraint("used <= most", name="within_limit"),
    )
    offer_id: Mapped[int] = mapped_column(ForeignKey("offers.id"), primary_key=True)
    scope: Mapped[str] = mapped_column(primary_key=True)
    subject_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    begins: Mapped[Instant] = mapped_column(primary_key=True)
    ends: Mapped[Instant]
    used: Mapped[int]
    most: Mapped[int]


@dataclass(frozen=True)
class _Count:
    """One counter, how much is to be taken of it, and the refusal where that is not left."""

    key: Facts
    ends: datetime
    most: int
    take: int
    refusal: Refusal


_LIMITS = (
    select(Offer, Store.zone.label("store_zone"), Club.zone.label("club_zone"), Club.currency)
    .select_from(Offer)
    .join(Store, Store.id == bindparam("at_store"))
    .join(Club, Club.id == 1)
    .where(Offer.id == bindparam("of_offer"))
    .execution_options(populate_existing=True)
)
_KEY = ("offer_id", "scope", "subject_id", "begins")
_this = and_(*(getattr(OfferCounter, name) == bindparam(f"of_{name}") for name in _KEY))
_USED = select(OfferCounter.used).where(_this).with_for_update()
TAKE = (
    update(OfferCounter)
    .where(_this, OfferCounter.used + bindparam("take") <= bindparam("limit"))
    .values(used=OfferCounter.used + bindparam("take"), most=bindparam("limit"))
    .returning(OfferCounter.used)
    .execution_options(synchronize_session=False)
)
_PUT_BACK = (
    update(OfferCounter)
    .where(_this)
    .values(used=OfferCounter.used - bindparam("take"))
    .execution_options(synchronize_session=False)
)
# By their columns, for the module of redemptions stands on this one.
_columns = ("id", "claim_id", "kind", "reverses_id", "store_id", "uses", "amount", "redeemed_at")
_done, _undone = (
    called("redemptions", *(named(name) for name in _columns)).alias(name) for name in ("done", "undone")
)
_each = func.coalesce(
    Claim.terms["use_cost"].as_integer(),
    case(
        (
            Claim.terms["benefit_kind"].as_string() == BenefitKind.FIXED_AMOUNT.value,
            Claim.terms["benefit_value"].as_integer(),
        )
    ),
    0,
)
_spent = case((_done.c.amount > 0, _done.c.amount), else_=_done.c.uses * _each)
_times = case((_done.c.uses > 0, _done.c.uses), else_=1)
_for_members = OfferCounter.scope.in_([Scope.MEMBER, Scope.MEMBER_PERIOD])
_for_stores = OfferCounter.scope.in_([Scope.STORE, Scope.STORE_DAY])
COUNTED = (
    select(func.coalesce(func.sum(case((OfferCounter.scope == Scope.BUDGET, _spent), else_=_times)), 0))
    .select_from(_done)
    .join(Claim, Claim.id == _done.c.claim_id)
    .where(
        Claim.offer_id == OfferCounter.offer_id,
        _done.c.kind == "redeem",
        _done.c.redeemed_at >= OfferCounter.begins,
        _done.c.redeemed_at < OfferCounter.ends,
        or_(~_for_members, Claim.member_id == OfferCounter.subject_id),
        or_(~_for_stores, _done.c.store_id == OfferCounter.subject_id),
        ~select(_undone.c.id).where(_undone.c.reverses_id == _done.c.id).exists(),
    )
    .correlate(OfferCounter)
    .scalar_subquery()
)
_START = (
    update(OfferCounter)
    .where(_this)
    .values(used=COUNTED, most=case((bindparam("limit") < COUNTED, COUNTED), else_=bindparam("limit")))
    .execution_options(synchronize_session=False)
)


def refusal(session: Session, claim: Claim, store_id: int, now: datetime) -> Refusal | None:
    """The first limit that one more use would pass. What was looked at stays locked, so the answer holds."""
    for count in _counts(session, claim, store_id, 1, 0 if claim.amount_left is None else 1, now):
        asked = _asked(count)
        used = session.scalar(_USED, asked)
        if used is None:
            _start(session, count)
            used = session.scalars(_USED, asked).one()
        if used + count.take > count.most:
            return count.refusal
    return None


def take(session: Session, claim: Claim, store_id: int, *, uses: int, amount: int, now: datetime) -> None:
    """Count a redemption of a locked claim under every limit of its offer; raises the first one reached."""
    for count in _counts(session, claim, store_id, uses, amount, now):
        if not _taken(session, count):
            _start(session, count)
            if not _taken(session, count):
                raise count.refusal


def put_back(session: Session, claim: Claim, store_id: int, *, uses: int, amount: int, at: datetime) -> None:
    """Uncount a redemption made `at` that instant; a counter that has not begun will not know of it."""
    for count in _counts(session, claim, store_id, uses, amount, at):
        session.connection().execute(_PUT_BACK, _asked(count) | {"take": count.take})


def forget(session: Session, offer_id: int) -> None:
    """Start every counter of an offer anew, for its limits have changed."""
    session.execute(delete(OfferCounter).where(OfferCounter.offer_id == offer_id))


def _taken(session: Session, count: _Count) -> bool:
    asked = _asked(count) | {"take": count.take, "limit": count.most}
    return session.execute(TAKE, asked).one_or_none() is not None


def _start(session: Session, count: _Count) -> None:
    row = count.key | {"ends": count.ends, "used": 0, "most": count.most}
    if insert_or_none(session, OfferCounter, row, unique=_KEY) is not None:
        session.connection().execute(_START, _asked(count) | {"limit": count.most})


def _asked(count: _Count) -> Facts:
    return {f"of_{name}": value for name, value in count.key.items()}


def _counts(
    session: Session, claim: Claim, store_id: int, uses: int, amount: int, now: datetime
) -> list[_Count]:
    if not claim.is_limited:
        return []
    row = session.execute(_LIMITS, {"of_offer": claim.offer_id, "at_store": store_id}).one()
    offer: Offer = row[0]
    found = []
    for scope, most, subject_id, (begins, ends), why in _rules(row, claim.member_id, store_id, now):
        if most is not None:
            key = {"offer_id": offer.id, "scope": scope.value, "subject_id": subject_id, "begins": begins}
            weight = _cost(claim, uses, amount) if scope is Scope.BUDGET else max(1, uses)
            found.append(_Count(key, ends, most, weight, why))
    return found


_Rule = tuple[Scope, int | None, int, tuple[datetime, datetime], Refusal]


def _rules(row: AnyRow, member_id: int, store_id: int, now: datetime) -> list[_Rule]:
    offer: Offer = row[0]
    today = periods.around(now, Period.DAY, row.store_zone)
    lately = periods.around(now, offer.uses_period, row.club_zone) if offer.uses_period else _EVER
    by_day = {"limit": offer.redemptions_per_store_day, "resets_at": today[1], "zone": row.store_zone}
    by_period: Facts = {"period": offer.uses_period, "limit": offer.uses_per_period}
    by_period |= {"resets_at": lately[1], "zone": row.club_zone}
    in_all, each, alone = offer.redemptions_in_all, offer.redemptions_per_store, offer.uses_per_member
    return [
        (Scope.ALL, in_all, 0, _EVER, OfferUsedUp(limit=in_all)),
        (Scope.BUDGET, offer.budget, 0, _EVER, BudgetSpent(budget=offer.budget, currency=row.currency)),
        (Scope.MEMBER, alone, member_id, _EVER, MemberLimitReached(limit=alone)),
        (Scope.MEMBER_PERIOD, offer.uses_per_period, member_id, lately, PeriodLimitReached(**by_period)),
        (Scope.STORE, each, store_id, _EVER, StoreUsedUp(limit=each)),
        (Scope.STORE_DAY, offer.redemptions_per_store_day, store_id, today, StoreDayUsedUp(**by_day)),
    ]


def _cost(claim: Claim, uses: int, amount: int) -> int:
    """What a redemption costs the budget, in minor units."""
    promised = claim.promised
    if amount:
        return amount
    if promised.use_cost is not None:
        return promised.use_cost * uses
    return (promised.benefit_value or 0) * uses if promised.benefit_kind == BenefitKind.FIXED_AMOUNT else 0
