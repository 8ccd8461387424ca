"""The sums behind the audit: each statement yields the rows where what is kept is not what is counted."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, String, and_, case, cast, func, literal, or_, select
from sqlalchemy.orm import aliased

from portal.core.base import AnySelect
from portal.core.claims.claims import UNDONE, Claim, Closed, State
from portal.core.claims.handovers import Handover, HandoverState
from portal.core.codes.pool_codes import PoolCode
from portal.core.codes.store import Code
from portal.core.offers.grants import Grant, GrantState
from portal.core.offers.offers import CodeMode, Offer
from portal.core.offers.stock import Stock
from portal.core.points.balances import Balance
from portal.core.points.ledger import Entry, EntryKind
from portal.core.points.lots import Lot, LotEntry
from portal.core.points.purchases import Purchase, PurchaseKind
from portal.core.records.receipts import Receipt
from portal.core.records.timeline import Happening, TimelineEvent
from portal.core.redeeming.redemptions import Redemption, RedemptionKind

Number = ColumnElement[Any]


def _differ(noun: str, name: Any, kept: Any, counted: Any, *where: Any) -> AnySelect:
    subject = literal(f"{noun} ") + cast(name, String)
    return select(subject.label("subject"), kept.label("kept"), counted.label("counted")).where(
        kept != counted, *where
    )


def _sum(column: Any, *where: Any) -> Any:
    return select(func.coalesce(func.sum(column), 0)).where(*where).scalar_subquery()


def _count(*where: Any) -> Any:
    return select(func.count()).where(*where).scalar_subquery()


_undone = and_(Claim.state == State.CLOSED, Claim.closed_reason.in_(UNDONE))
_given_back = and_(Claim.state == State.CLOSED, Claim.closed_reason == Closed.GIVEN_BACK)
_transferred = and_(Claim.state == State.CLOSED, Claim.closed_reason == Closed.TRANSFERRED)
_has_stock = func.coalesce(Claim.closed_reason, "").not_in([*UNDONE, Closed.TRANSFERRED])
_taken = func.coalesce(Claim.closed_reason, "") != Closed.GIVEN_BACK
_held = _count(Claim.offer_id == Offer.id, _has_stock)
_left = case((Offer.stock > _held, Offer.stock - _held), else_=0)
_stock_rows = _count(Stock.offer_id == Offer.id)
_Same, _Before = aliased(Claim), aliased(Entry)
_of_claim = Redemption.claim_id == Claim.id
_redeems, _reverses = Redemption.kind == RedemptionKind.REDEEM, Redemption.kind == RedemptionKind.REVERSAL
_live_uses = _sum(Redemption.uses, _of_claim, _redeems) - _sum(Redemption.uses, _of_claim, _reverses)
_live_amount = _sum(Redemption.amount, _of_claim, _redeems) - _sum(Redemption.amount, _of_claim, _reverses)
_paid = -_sum(Entry.amount, Entry.claim_id == Claim.id, Entry.kind == EntryKind.SPENT)
_returned = _sum(Entry.amount, Entry.claim_id == Claim.id, Entry.kind == EntryKind.RETURNED)
_must_be_open = case(
    (and_(Claim.uses_left > 0, func.coalesce(Claim.closed_reason, "") == Closed.REDEEMED), 1),
    (and_(Claim.uses_left <= 0, Claim.state == State.CLAIMED), 1),
    (and_(Claim.state == State.CLAIMED, Claim.closed_reason.is_not(None)), 1),
    else_=0,
)
_minted = Claim.terms["code_mode"].as_string() == CodeMode.MINTED
_pool = Claim.terms["pool_id"].as_integer()

_Back = aliased(Purchase)
_back_amount = _sum(_Back.amount, _Back.returns_id == Purchase.id)
_back_points = _sum(_Back.points, _Back.returns_id == Purchase.id)
_to_take = _sum(
    Purchase.points - Purchase.lapsed,
    Purchase.member_id == Balance.member_id,
    Purchase.kind == PurchaseKind.RETURN,
)
_taken_back = _sum(
    Entry.amount,
    Entry.member_id == Balance.member_id,
    Entry.kind == EntryKind.TAKEN_BACK,
    Entry.claim_id.is_(None),
)


def _earned_in(year: Any) -> Any:
    signed = case((Purchase.kind == PurchaseKind.RETURN, -Purchase.points), else_=Purchase.points)
    bought = _sum(signed, Purchase.member_id == Balance.member_id, Purchase.year == year)
    return bought + _sum(Entry.amount, Entry.member_id == Balance.member_id, Entry.counts_for == year)


_extended = case(
    (_count(TimelineEvent.claim_id == Claim.id, TimelineEvent.kind == Happening.EXTENDED) > 0, 1), else_=0
)

CHECKS: Mapping[str, AnySelect] = {
    "stock left is stock less the claims that hold one": _differ(
        "offer", Offer.slug, Stock.remaining, _left, Stock.offer_id == Offer.id, Offer.stock.is_not(None)
    ),
    "an offer with stock has one row of it, one without has none": _differ(
        "offer", Offer.slug, _stock_rows, case((Offer.stock.is_(None), 0), else_=1)
    ),
    "no two claims hold one place of a member's limit": _differ(
        "claim",
        Claim.reference,
        _count(
            _Same.offer_id == Claim.offer_id, _Same.member_id == Claim.member_id, _Same.slot == Claim.slot
        ),
        literal(1),
        Claim.slot.is_not(None),
    ),
    "a claim holds a place as long as it counts": _differ(
        "claim",
        Claim.reference,
        case((Claim.slot.is_(None), 0), else_=1),
        case((or_(_given_back, Claim.member_limit.is_(None)), 0), else_=1),
    ),
    "a place lies within the member's limit": _differ(
        "claim",
        Claim.reference,
        Claim.slot,
        case((Claim.slot > Claim.member_limit, Claim.member_limit), else_=Claim.slot),
        Claim.slot.is_not(None),
    ),
    "a balance is the sum of its ledger": _differ(
        "member", Balance.member_id, Balance.balance, _sum(Entry.amount, Entry.member_id == Balance.member_id)
    ),
    "a balance is never negative": _differ(
        "member", Balance.member_id, Balance.balance, case((Balance.balance < 0, 0), else_=Balance.balance)
    ),
    "a ledger is numbered without gaps": _differ(
        "member", Balance.member_id, Balance.seq, _count(Entry.member_id == Balance.member_id)
    ),
    "each ledger line follows from the one before": _differ(
        "entry",
        Entry.id,
        Entry.balance_after - Entry.amount,
        func.coalesce(
            select(_Before.balance_after)
            .where(_Before.member_id == Entry.member_id, _Before.seq == Entry.seq - 1)
            .scalar_subquery(),
            0,
        ),
    ),
    "lots hold the balance": _differ(
        "member", Balance.member_id, Balance.balance, _sum(Lot.remaining, Lot.member_id == Balance.member_id)
    ),
    "a lot is the sum of what moved in it": _differ(
        "lot", Lot.id, Lot.remaining, _sum(LotEntry.amount, LotEntry.lot_id == Lot.id)
    ),
    "each ledger line moved its amount in lots": _differ(
        "entry", Entry.id, Entry.amount, _sum(LotEntry.amount, LotEntry.entry_id == Entry.id)
    ),
    "a claim was paid once": _differ("claim", Claim.reference, Claim.price_paid, _paid),
    "a claim given back was returned once, any other never": _differ(
        "claim", Claim.reference, case((_undone, Claim.price_paid), else_=0), _returned
    ),
    "uses left are uses allowed less redemptions that stand": _differ(
        "claim", Claim.reference, Claim.uses_left, Claim.uses_allowed - _live_uses
    ),
    "a value left is the value less what redemptions took": _differ(
        "claim", Claim.reference, Claim.amount_left, Claim.amount - _live_amount, Claim.amount.is_not(None)
    ),
    "a value is gone when the use is": _differ(
        "claim",
        Claim.reference,
        case((Claim.amount_left > 0, 1), else_=0),
        Claim.uses_left,
        Claim.amount.is_not(None),
    ),
    "a claim is open while it has uses, and closed by its last": _differ(
        "claim", Claim.reference, _must_be_open, literal(0), Claim.uses_allowed > 0
    ),
    "nothing is redeemed after it has expired": _differ(
        "claim",
        Claim.reference,
        _count(
            Redemption.claim_id == Claim.id,
            Redemption.redeemed_at >= Claim.expires_at,
            Redemption.kind == RedemptionKind.REDEEM,
        ),
        literal(0),
    ),
    "a claim has one live code, one given back none": _differ(
        "claim",
        Claim.reference,
        _count(Code.claim_id == Claim.id, Code.ended_at.is_(None)),
        case((and_(_minted, ~_undone, ~_transferred), 1), else_=0),
    ),
    "a claim that was promised a partner's code has one, any other none": _differ(
        "claim",
        Claim.reference,
        _count(PoolCode.claim_id == Claim.id),
        case((_pool.is_not(None), 1), else_=0),
    ),
    "a partner's code lies in the pool that was promised": _differ(
        "claim", Claim.reference, PoolCode.pool_id, _pool, PoolCode.claim_id == Claim.id
    ),
    "each claim stands once on its member's timeline": _differ(
        "claim",
        Claim.reference,
        _count(
            TimelineEvent.claim_id == Claim.id,
            TimelineEvent.kind.in_([Happening.CLAIMED, Happening.RECEIVED]),
        ),
        literal(1),
    ),
    "a claim that was handed over was accepted once, and has a successor": _differ(
        "claim",
        Claim.reference,
        _count(Handover.claim_id == Claim.id, Handover.state == HandoverState.ACCEPTED)
        + case((and_(_transferred, Claim.successor_id.is_(None)), 1), else_=0),
        case((_transferred, 1), else_=0),
    ),
    "what expired was closed at its end or later": _differ(
        "claim",
        Claim.reference,
        case((and_(Claim.closed_reason == Closed.EXPIRED, Claim.closed_at < Claim.expires_at), 1), else_=0),
        literal(0),
    ),
    "a lock has an owner": _differ(
        "claim",
        Claim.reference,
        case((Claim.locked_until.is_(None), 0), else_=1),
        case((Claim.lock_owner.is_(None), 0), else_=1),
    ),
    "a claim that lives on past its end was extended, each time on its member's timeline": _differ(
        "claim",
        Claim.reference,
        case((Claim.extended_at.is_(None), 0), else_=1),
        _extended,
    ),
    "a claimed grant has one claim that was not given back, any other none": _differ(
        "grant",
        Grant.reference,
        _count(Claim.grant_id == Grant.id, _taken),
        case((Grant.state == GrantState.CLAIMED, 1), else_=0),
    ),
    "each grant stands once on its member's timeline": _differ(
        "grant",
        Grant.reference,
        _count(
            TimelineEvent.member_id == Grant.member_id,
            TimelineEvent.kind == Happening.GRANTED,
            TimelineEvent.facts["grant"].as_string() == Grant.reference,
        ),
        literal(1),
    ),
    "each receipt of a claim names a claim": _differ(
        "receipt", Receipt.id, literal(1), _count(Claim.reference == Receipt.result), Receipt.act == "claim"
    ),
    "a purchase earned its points once": _differ(
        "purchase",
        Purchase.receipt,
        Purchase.points,
        _sum(Entry.amount, Entry.purchase_id == Purchase.id, Entry.kind == EntryKind.EARNED),
        Purchase.kind == PurchaseKind.PURCHASE,
    ),
    "a receipt counts once in its store": _differ(
        "purchase",
        Purchase.receipt,
        _count(_Back.store_id == Purchase.store_id, _Back.receipt == Purchase.receipt),
        literal(1),
    ),
    "no more of a purchase was returned than was bought": _differ(
        "purchase",
        Purchase.receipt,
        case((_back_amount > Purchase.amount, _back_amount), else_=Purchase.amount),
        Purchase.amount,
    ),
    "a purchase that was returned whole keeps no points": _differ(
        "purchase",
        Purchase.receipt,
        case((_back_amount == Purchase.amount, Purchase.points), else_=_back_points),
        _back_points,
    ),
    "what is owed is what returns took less what was there": _differ(
        "member", Balance.member_id, Balance.owed, _to_take + _taken_back
    ),
    "points earned in a year are those of its purchases and awards": _differ(
        "member", Balance.member_id, Balance.earned, _earned_in(Balance.earned_year)
    ),
    "points earned the year before are those of that year": _differ(
        "member", Balance.member_id, Balance.earned_before, _earned_in(Balance.earned_year - 1)
    ),
}
