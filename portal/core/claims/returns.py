"""Goods come back: exactly the points they had earned are taken back, and what these had paid for is said."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from portal.core.base import AnyRow, Facts, adding
from portal.core.claims.claims import Claim
from portal.core.points import balances, ladder, lots, purchases
from portal.core.points.ledger import Entry, EntryKind
from portal.core.points.lots import Lot, LotEntry
from portal.core.points.purchases import Bought, Purchase, PurchaseKind
from portal.core.records import timeline
from portal.core.records.timeline import Happening
from portal.core.refusals import PurchaseNotFound, ReceiptDiffers, ReturnTooLarge


@dataclass(frozen=True)
class PaidFor:
    """A claim that points of the returned purchase had paid, and how many of them."""

    reference: str
    title: str
    points: int


@dataclass(frozen=True)
class Returned:
    """What a return came to: `points` were earned, of which so many were taken, had expired, or are owed."""

    points: int
    taken: int = 0
    lapsed: int = 0
    owed: int = 0
    paid_for: tuple[PaidFor, ...] = ()
    is_new: bool = True


_OF = select(Purchase.__table__).where(
    Purchase.store_id == bindparam("of_store"), Purchase.receipt == bindparam("with_receipt")
)
_LOT = select(Lot.id, Lot.remaining).where(Lot.purchase_id == bindparam("of_purchase"))
_EXPIRED = (
    select(-func.coalesce(func.sum(LotEntry.amount), 0))
    .join(Entry, Entry.id == LotEntry.entry_id)
    .where(LotEntry.lot_id == bindparam("of_lot"), Entry.kind == EntryKind.EXPIRED.value)
)
_PAID = (
    select(Claim.reference, Claim.terms["title"].as_string().label("title"), func.sum(LotEntry.amount))
    .join(Entry, Entry.claim_id == Claim.id)
    .join(LotEntry, LotEntry.entry_id == Entry.id)
    .where(
        LotEntry.lot_id == bindparam("of_lot"),
        Entry.kind.in_((EntryKind.SPENT.value, EntryKind.RETURNED.value)),
    )
    .group_by(Claim.id, Claim.reference, Claim.terms["title"].as_string())
    .having(func.sum(LotEntry.amount) < 0)
    .order_by(Claim.id)
)
_INSERT = adding(Purchase).returning(Purchase.id)


def bring_back(session: Session, back: Bought, of_receipt: str, *, unit: int, now: datetime) -> Returned:
    """Take back what this much of a purchase in the same store had earned.

    From its own lot first, then from the others; what is not there any more is owed. Points that had
    expired unspent are gone already. The same return again changes nothing. Raises PurchaseNotFound,
    ReturnTooLarge, or ReceiptDiffers where the receipt stands for something else.
    """
    bought = session.execute(_OF, {"of_store": back.store_id, "with_receipt": of_receipt}).one_or_none()
    if bought is None or bought.kind != PurchaseKind.PURCHASE or bought.member_id != back.member_id:
        raise PurchaseNotFound(receipt=of_receipt)
    standing = balances.lock(session, back.member_id)
    if (known := purchases.by_receipts(session, [back.key]).get(back.key)) is not None:
        return _again(known, back, bought.id)
    earlier = purchases.brought_back(session, bought.id)
    left = bought.amount - int(earlier.amount)
    if back.amount > left:
        raise ReturnTooLarge(receipt=of_receipt, left=left)
    points = bought.points - int(earlier.points) - purchases.worth(left - back.amount, bought.rate, unit)
    balances.count(session, back.member_id, standing, -points, year=bought.year)
    returned = _take_back(session, back, bought, points, int(earlier.lapsed), now)
    _tell(session, back, returned, now)
    ladder.judge(session, [back.member_id], now=now)
    return returned


def _again(known: AnyRow, back: Bought, purchase_id: int) -> Returned:
    columns = purchases.differences(known, back, PurchaseKind.RETURN)
    if known.returns_id != purchase_id:
        columns.append("returns")
    if columns:
        raise ReceiptDiffers(receipt=back.receipt, columns=columns)
    return Returned(int(known.points), is_new=False)


def _take_back(
    session: Session, back: Bought, bought: AnyRow, points: int, lapsed_before: int, now: datetime
) -> Returned:
    lots.write_off_due(session, back.member_id, now)
    lot = session.execute(_LOT, {"of_purchase": bought.id}).one_or_none()
    there = min(points, lot.remaining) if lot is not None else 0
    lapsed, paid_for = 0, tuple[PaidFor, ...]()
    if lot is not None and points > there:
        expired = int(session.scalar(_EXPIRED, {"of_lot": lot.id}) or 0)
        lapsed = min(points - there, expired - lapsed_before)
        rows = session.execute(_PAID, {"of_lot": lot.id})
        paid_for = tuple(PaidFor(reference, title, -int(sum_)) for reference, title, sum_ in rows)
    number = _write(session, back, bought, points, lapsed, now)
    about: Facts = {"purchase_id": number, "card_id": back.card_id, "reason": "return"}
    first = None if lot is None else lot.id
    taken = lots.take(session, back.member_id, points - lapsed, now=now, first=first, **about)
    owed = points - lapsed - taken
    if owed:
        balances.owe(session, back.member_id, owed)
    return Returned(points, taken, lapsed, owed, paid_for)


def _write(session: Session, back: Bought, bought: AnyRow, points: int, lapsed: int, now: datetime) -> int:
    row = {
        "store_id": back.store_id,
        "receipt": back.receipt,
        "kind": PurchaseKind.RETURN.value,
        "returns_id": bought.id,
        "member_id": back.member_id,
        "card_id": back.card_id,
        "amount": back.amount,
        "rate": bought.rate,
        "points": points,
        "lapsed": lapsed,
        "year": bought.year,
        "bought_at": back.at,
        "recorded_at": now,
    }
    return int(session.execute(_INSERT, row).scalar_one())


def _tell(session: Session, back: Bought, returned: Returned, now: datetime) -> None:
    if not returned.points:
        return
    told = {
        "points": returned.taken,
        "reason": "return",
        "store_id": back.store_id,
        "owed": returned.owed,
        "paid_for": [{"title": one.title, "points": one.points} for one in returned.paid_for],
    }
    timeline.add(session, Happening.POINTS_TAKEN_BACK, member_id=back.member_id, facts=told, now=now)
