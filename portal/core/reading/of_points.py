"""The recounts of what is earned: purchases and returns, what is owed, awards, and tiers."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import and_, case, func, literal, or_, select
from sqlalchemy.orm import aliased

from portal.core.base import AnySelect
from portal.core.claims.claims import UNDONE, Claim, State
from portal.core.club.members import Member
from portal.core.club.tiers import Tier
from portal.core.points.balances import Balance
from portal.core.points.ledger import Entry, EntryKind
from portal.core.points.purchases import Purchase, PurchaseKind
from portal.core.reading.differing import count, differ, total
from portal.core.redeeming.redemptions import Redemption

_undone = and_(Claim.state == State.CLOSED, Claim.closed_reason.in_(UNDONE))
_Back = aliased(Purchase)
_back_amount = total(_Back.amount, _Back.returns_id == Purchase.id)
_back_points = total(_Back.points, _Back.returns_id == Purchase.id)
_to_take = total(
    Purchase.points - Purchase.lapsed,
    Purchase.member_id == Balance.member_id,
    Purchase.kind == PurchaseKind.RETURN,
)
_taken_back = total(
    Entry.amount,
    Entry.member_id == Balance.member_id,
    Entry.kind == EntryKind.TAKEN_BACK,
    Entry.claim_id.is_(None),
)


def _earned_in(year: Any) -> Any:
    signed = case((Purchase.kind == PurchaseKind.RETURN, -Purchase.points), else_=Purchase.points)
    bought = total(signed, Purchase.member_id == Balance.member_id, Purchase.year == year)
    return bought + total(Entry.amount, Entry.member_id == Balance.member_id, Entry.counts_for == year)


# As the ladder has it: the better of the year that was judged and the one before, or what the club gave.
_judged = case(
    (
        Balance.earned_year >= Member.tier_year,
        case((Balance.earned > Balance.earned_before, Balance.earned), else_=Balance.earned_before),
    ),
    (Balance.earned_year == Member.tier_year - 1, Balance.earned),
    else_=0,
)
_due_rank = (
    select(func.coalesce(func.max(Tier.rank), 0))
    .where(
        or_(
            Tier.threshold <= _judged,
            and_(Tier.id == Member.tier_floor_id, Member.tier_floor_year >= Member.tier_year),
        )
    )
    .correlate(Member, Balance)
    .scalar_subquery()
)

CHECKS: Mapping[str, AnySelect] = {
    "a purchase earned its points once": differ(
        "purchase",
        Purchase.receipt,
        Purchase.points,
        total(Entry.amount, Entry.purchase_id == Purchase.id, Entry.kind == EntryKind.EARNED),
        Purchase.kind == PurchaseKind.PURCHASE,
    ),
    "a receipt counts once in its store": differ(
        "purchase",
        Purchase.receipt,
        count(_Back.store_id == Purchase.store_id, _Back.receipt == Purchase.receipt),
        literal(1),
    ),
    "no more of a purchase was returned than was bought": differ(
        "purchase",
        Purchase.receipt,
        case((_back_amount > Purchase.amount, _back_amount), else_=Purchase.amount),
        Purchase.amount,
    ),
    "a purchase that was returned whole keeps no points": differ(
        "purchase",
        Purchase.receipt,
        case((_back_amount == Purchase.amount, Purchase.points), else_=_back_points),
        _back_points,
    ),
    "what is owed is what returns took less what was there": differ(
        "member", Balance.member_id, Balance.owed, _to_take + _taken_back
    ),
    "points earned in a year are those of its purchases and awards": differ(
        "member", Balance.member_id, Balance.earned, _earned_in(Balance.earned_year)
    ),
    "points earned the year before are those of that year": differ(
        "member", Balance.member_id, Balance.earned_before, _earned_in(Balance.earned_year - 1)
    ),
    "a claim's award was credited once": differ(
        "claim",
        Claim.reference,
        Claim.points_awarded,
        total(
            Entry.amount, Entry.claim_id == Claim.id, Entry.kind == EntryKind.EARNED, Entry.reason == "award"
        ),
    ),
    "an award is taken back with its claim, any other never": differ(
        "claim",
        Claim.reference,
        case((_undone, Claim.points_awarded), else_=0),
        -total(
            Entry.amount,
            Entry.claim_id == Claim.id,
            Entry.kind == EntryKind.TAKEN_BACK,
            Entry.reason == "award",
        ),
    ),
    "a proof of presence gave its points once": differ(
        "claim",
        Claim.reference,
        total(
            Entry.amount,
            Entry.claim_id == Claim.id,
            Entry.kind == EntryKind.EARNED,
            Entry.reason == "presence",
        ),
        count(Redemption.claim_id == Claim.id, Redemption.verified)
        * func.coalesce(Claim.terms["presence_points"].as_integer(), 0),
    ),
    "a tier is what the earned points say": differ(
        "member",
        Member.id,
        func.coalesce(select(Tier.rank).where(Tier.id == Member.tier_id).scalar_subquery(), 0),
        _due_rank,
        Balance.member_id == Member.id,
        Member.tier_year > 0,
    ),
}
