"""The sums behind the audit: each statement yields the rows where what is kept is not what is counted."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, literal, or_, select
from sqlalchemy.orm import aliased

from portal.core.base import AnySelect
from portal.core.claims.claims import UNDONE, Claim, Closed, State
from portal.core.claims.handovers import Handover, HandoverState
from portal.core.claims.holds import Hold, HoldState
from portal.core.codes.pool_codes import PoolCode
from portal.core.codes.store import Code
from portal.core.offers.grants import Grant, GrantState
from portal.core.offers.offers import CodeMode, Offer
from portal.core.offers.stock import Stock
from portal.core.points.balances import Balance
from portal.core.points.ledger import Entry, EntryKind
from portal.core.points.lots import Lot, LotEntry
from portal.core.reading import of_points
from portal.core.reading.differing import count, differ, total
from portal.core.records.receipts import Receipt
from portal.core.records.timeline import Happening, TimelineEvent
from portal.core.redeeming.counters import COUNTED, OfferCounter
from portal.core.redeeming.redemptions import Redemption, RedemptionKind

Number = ColumnElement[Any]


_undone = and_(Claim.state == State.CLOSED, Claim.closed_reason.in_(UNDONE))
_given_back = and_(Claim.state == State.CLOSED, Claim.closed_reason == Closed.GIVEN_BACK)
_transferred = and_(Claim.state == State.CLOSED, Claim.closed_reason == Closed.TRANSFERRED)
_has_stock = func.coalesce(Claim.closed_reason, "").not_in([*UNDONE, Closed.TRANSFERRED])
_taken = func.coalesce(Claim.closed_reason, "") != Closed.GIVEN_BACK
_held = count(Claim.offer_id == Offer.id, _has_stock)
_left = case((Offer.stock > _held, Offer.stock - _held), else_=0)
_stock_rows = count(Stock.offer_id == Offer.id)
_Same, _Before = aliased(Claim), aliased(Entry)
_of_claim = Redemption.claim_id == Claim.id
_redeems, _reverses = Redemption.kind == RedemptionKind.REDEEM, Redemption.kind == RedemptionKind.REVERSAL
_live_uses = total(Redemption.uses, _of_claim, _redeems) - total(Redemption.uses, _of_claim, _reverses)
_live_amount = total(Redemption.amount, _of_claim, _redeems) - total(Redemption.amount, _of_claim, _reverses)
_paid = -total(Entry.amount, Entry.claim_id == Claim.id, Entry.kind == EntryKind.SPENT)
_returned = total(Entry.amount, Entry.claim_id == Claim.id, Entry.kind == EntryKind.RETURNED)
_must_be_open = case(
    (and_(Claim.uses_left > 0, func.coalesce(Claim.closed_reason, "") == Closed.REDEEMED), 1),
    (and_(Claim.uses_left <= 0, Claim.state == State.CLAIMED), 1),
    (and_(Claim.state == State.CLAIMED, Claim.closed_reason.is_not(None)), 1),
    else_=0,
)
_minted = Claim.terms["code_mode"].as_string() == CodeMode.MINTED
# A provider's code comes after the claim, or never does.
_has_come = ~exists().where(Hold.claim_id == Claim.id, Hold.state != HoldState.CAPTURED)
_was_released = exists().where(Hold.claim_id == Claim.id, Hold.state == HoldState.RELEASED)
_pool = Claim.terms["pool_id"].as_integer()

_extended = case(
    (count(TimelineEvent.claim_id == Claim.id, TimelineEvent.kind == Happening.EXTENDED) > 0, 1), else_=0
)

CHECKS: Mapping[str, AnySelect] = {
    "a counter is the redemptions that stand": differ(
        "offer", OfferCounter.offer_id, OfferCounter.used, COUNTED
    ),
    "a counter stays within its limit": differ(
        "offer",
        OfferCounter.offer_id,
        OfferCounter.used,
        case((OfferCounter.used > OfferCounter.most, OfferCounter.most), else_=OfferCounter.used),
    ),
    "stock left is stock less the claims that hold one": differ(
        "offer", Offer.slug, Stock.remaining, _left, Stock.offer_id == Offer.id, Offer.stock.is_not(None)
    ),
    "an offer with stock has one row of it, one without has none": differ(
        "offer", Offer.slug, _stock_rows, case((Offer.stock.is_(None), 0), else_=1)
    ),
    "no two claims hold one place of a member's limit": differ(
        "claim",
        Claim.reference,
        count(_Same.offer_id == Claim.offer_id, _Same.member_id == Claim.member_id, _Same.slot == Claim.slot),
        literal(1),
        Claim.slot.is_not(None),
    ),
    "a claim holds a place as long as it counts": differ(
        "claim",
        Claim.reference,
        case((Claim.slot.is_(None), 0), else_=1),
        case((or_(_given_back, Claim.member_limit.is_(None)), 0), else_=1),
    ),
    "a place lies within the member's limit": differ(
        "claim",
        Claim.reference,
        Claim.slot,
        case((Claim.slot > Claim.member_limit, Claim.member_limit), else_=Claim.slot),
        Claim.slot.is_not(None),
    ),
    "a balance is the sum of its ledger": differ(
        "member",
        Balance.member_id,
        Balance.balance,
        total(Entry.amount, Entry.member_id == Balance.member_id),
    ),
    "a balance is never negative": differ(
        "member", Balance.member_id, Balance.balance, case((Balance.balance < 0, 0), else_=Balance.balance)
    ),
    "a ledger is numbered without gaps": differ(
        "member", Balance.member_id, Balance.seq, count(Entry.member_id == Balance.member_id)
    ),
    "each ledger line follows from the one before": differ(
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
    "lots hold the balance": differ(
        "member", Balance.member_id, Balance.balance, total(Lot.remaining, Lot.member_id == Balance.member_id)
    ),
    "a lot is the sum of what moved in it": differ(
        "lot", Lot.id, Lot.remaining, total(LotEntry.amount, LotEntry.lot_id == Lot.id)
    ),
    "each ledger line moved its amount in lots": differ(
        "entry", Entry.id, Entry.amount, total(LotEntry.amount, LotEntry.entry_id == Entry.id)
    ),
    "a claim was paid once": differ("claim", Claim.reference, Claim.price_paid, _paid),
    "a claim given back was returned once, any other never": differ(
        "claim", Claim.reference, case((_undone, Claim.price_paid), else_=0), _returned
    ),
    "uses left are uses allowed less redemptions that stand": differ(
        "claim", Claim.reference, Claim.uses_left, Claim.uses_allowed - _live_uses
    ),
    "a value left is the value less what redemptions took": differ(
        "claim", Claim.reference, Claim.amount_left, Claim.amount - _live_amount, Claim.amount.is_not(None)
    ),
    "a value is gone when the use is": differ(
        "claim",
        Claim.reference,
        case((Claim.amount_left > 0, 1), else_=0),
        Claim.uses_left,
        Claim.amount.is_not(None),
    ),
    "a claim is open while it has uses, and closed by its last": differ(
        "claim", Claim.reference, _must_be_open, literal(0), Claim.uses_allowed > 0
    ),
    "nothing is redeemed after it has expired": differ(
        "claim",
        Claim.reference,
        count(
            Redemption.claim_id == Claim.id,
            Redemption.redeemed_at >= Claim.expires_at,
            Redemption.kind == RedemptionKind.REDEEM,
        ),
        literal(0),
    ),
    "a claim has one live code, one given back none": differ(
        "claim",
        Claim.reference,
        count(Code.claim_id == Claim.id, Code.ended_at.is_(None)),
        case((and_(_minted, ~_undone, ~_transferred), 1), else_=0),
    ),
    "a claim that was promised a partner's code has one, any other none": differ(
        "claim",
        Claim.reference,
        count(PoolCode.claim_id == Claim.id),
        case((and_(_pool.is_not(None), _has_come), 1), else_=0),
    ),
    "a pending claim has one open hold, any other none": differ(
        "claim",
        Claim.reference,
        count(Hold.claim_id == Claim.id, Hold.state == HoldState.OPEN),
        case((Claim.state == State.PENDING, 1), else_=0),
    ),
    "a hold holds what the claim has paid": differ(
        "claim", Claim.reference, Hold.points, Claim.price_paid, Hold.claim_id == Claim.id
    ),
    "a partner's code lies in the pool that was promised": differ(
        "claim", Claim.reference, PoolCode.pool_id, _pool, PoolCode.claim_id == Claim.id
    ),
    "each claim stands once on its member's timeline": differ(
        "claim",
        Claim.reference,
        count(
            TimelineEvent.claim_id == Claim.id,
            TimelineEvent.kind.in_([Happening.CLAIMED, Happening.RECEIVED]),
        ),
        literal(1),
    ),
    "a claim that was handed over was accepted once, and has a successor": differ(
        "claim",
        Claim.reference,
        count(Handover.claim_id == Claim.id, Handover.state == HandoverState.ACCEPTED)
        + case((and_(_transferred, Claim.successor_id.is_(None)), 1), else_=0),
        case((_transferred, 1), else_=0),
    ),
    "what expired was closed at its end or later": differ(
        "claim",
        Claim.reference,
        case((and_(Claim.closed_reason == Closed.EXPIRED, Claim.closed_at < Claim.expires_at), 1), else_=0),
        literal(0),
    ),
    "a lock has an owner": differ(
        "claim",
        Claim.reference,
        case((Claim.locked_until.is_(None), 0), else_=1),
        case((Claim.lock_owner.is_(None), 0), else_=1),
    ),
    "a claim that lives on past its end was extended, each time on its member's timeline": differ(
        "claim",
        Claim.reference,
        case((Claim.extended_at.is_(None), 0), else_=1),
        _extended,
    ),
    "a claimed grant has one claim that was not given back, any other none": differ(
        "grant",
        Grant.reference,
        count(Claim.grant_id == Grant.id, _taken, ~_was_released),
        case((Grant.state == GrantState.CLAIMED, 1), else_=0),
    ),
    "each grant stands once on its member's timeline": differ(
        "grant",
        Grant.reference,
        count(
            TimelineEvent.member_id == Grant.member_id,
            TimelineEvent.kind == Happening.GRANTED,
            TimelineEvent.facts["grant"].as_string() == Grant.reference,
        ),
        literal(1),
    ),
    "each receipt of a claim names a claim": differ(
        "receipt", Receipt.id, literal(1), count(Claim.reference == Receipt.result), Receipt.act == "claim"
    ),
    **of_points.CHECKS,
}
