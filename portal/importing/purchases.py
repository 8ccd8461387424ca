"""Purchases and returns by the batch, in the order of the file: a known receipt is not counted again."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, field_validator

from portal.core.base import AnyRow, Work
from portal.core.claims import returns
from portal.core.claims.returns import Returned
from portal.core.club import cards, members, stores
from portal.core.club.cards import Card
from portal.core.club.stores import Store
from portal.core.points import balances, earning, purchases
from portal.core.points.balances import Standing
from portal.core.points.earning import Rules
from portal.core.points.purchases import Bought, Key
from portal.core.records import journal
from portal.core.refusals import PurchaseNotFound, ReceiptDiffers, ReturnTooLarge
from portal.importing.cells import Code, Mend, Money, Short, moment
from portal.importing.reports import Remark, Tally
from portal.importing.rows import Row
from portal.importing.running import Kind

AHEAD = timedelta(hours=1)


class PurchaseRow(Row):
    KEY, EXTRA = "receipt", frozenset({"member", "returns"})

    store: Code
    receipt: Short
    at: Annotated[datetime, BeforeValidator(moment)]
    amount: Money
    card: Short | None = None
    member: Short | None = None
    returns: Short | None = None

    def unique(self) -> Iterator[tuple[str, Key | tuple[str, str]]]:
        """A store gives a number once."""
        yield "receipt", (self.store, self.receipt)

    @field_validator("amount", mode="after")
    @classmethod
    def _is_something(cls, amount: int) -> int:
        if not amount:
            raise Mend("use a sum above 0; what came back names its receipt under returns")
        return amount


@dataclass
class Here:
    """What the lines of a batch refer to, and what waits to be written."""

    stores: dict[str, Store]
    cards: dict[str, Card]
    members: dict[str, int]
    known: dict[Key, AnyRow]
    rules: Rules
    now: datetime
    standings: dict[int, Standing] = field(default_factory=dict)
    waiting: list[Bought] = field(default_factory=list)


class Purchases(Kind[PurchaseRow]):
    """One line, one receipt. `unit` is how many minor units make 1 of the currency."""

    row = PurchaseRow

    def __init__(self, unit: int, *, dry: bool) -> None:
        self._unit = unit
        # In a dry run what an earlier batch brought in is not there to be returned.
        self._tried: dict[Key, Bought] | None = {} if dry else None

    def take(self, session: Work, batch: Sequence[PurchaseRow], tally: Tally, now: datetime) -> None:
        here = _look_up(session, batch, self._unit, now)
        read = [(row, bought) for row in batch if (bought := self._read(row, here, tally)) is not None]
        here.standings = balances.lock_many(session, {bought.member_id for _, bought in read})
        # Somebody may have brought in the same while these locks were waited for.
        here.known = purchases.by_receipts(session, [bought.key for _, bought in read])
        for row, bought in read:
            if row.returns:
                self._bring_back(session, row, bought, here, tally)
            else:
                _buy(row, bought, here, tally)
        _write(session, here)
        if self._tried is not None:
            self._tried |= {bought.key: bought for row, bought in read if not row.returns}
        if tally.new:
            journal.add(session, "purchases_imported", "purchases", now=now, facts={"new": tally.new})

    def _read(self, row: PurchaseRow, here: Here, tally: Tally) -> Bought | None:
        """The line in the club's own terms; one at fault is left out."""
        store = here.stores.get(row.store)
        faults = list(_faults(row, store, here))
        if store is None or faults:
            tally.leave_out(faults)
            return None
        card = here.cards.get(row.card or "")
        member_id = card.member_id if card else here.members[row.member or ""]
        at = row.at if row.at.tzinfo else row.at.replace(tzinfo=ZoneInfo(store.zone))
        if at > here.now + AHEAD:
            tally.leave_out([row.remark("at", "it lies ahead; mend the time or its zone")])
            return None
        if card and card.blocked_at and at >= card.blocked_at and not row.returns:
            tally.leave_out([row.remark("card", "it was blocked then and earns nothing; use another")])
            return None
        card_id = card.id if card else None
        return Bought(store.id, row.receipt, member_id, card_id, row.amount, at.astimezone(UTC))

    def _bring_back(self, session: Work, row: PurchaseRow, back: Bought, here: Here, tally: Tally) -> None:
        _write(session, here)
        of_receipt = row.returns or ""
        try:
            done = returns.bring_back(session, back, of_receipt, unit=self._unit, now=here.now)
        except ReceiptDiffers as differs:
            tally.leave_out([_differs(row, differs.facts["columns"])])
        except ReturnTooLarge:
            tally.leave_out([row.remark("amount", f"more than is left of {of_receipt}; mend the amount")])
        except PurchaseNotFound:
            tried = (self._tried or {}).get((back.store_id, of_receipt))
            if tried is None or (tried.member_id, tried.amount >= back.amount) != (back.member_id, True):
                said = f"this member has no purchase {of_receipt} in this store; bring that in first"
                tally.leave_out([row.remark("returns", said)])
            else:
                tally.count(is_new=True, changed=False)
        else:
            here.standings |= balances.lock_many(session, [back.member_id])
            tally.remarks.extend(_notes(row, done))
            tally.count(is_new=done.is_new, changed=False)


def _look_up(session: Work, batch: Sequence[PurchaseRow], unit: int, now: datetime) -> Here:
    return Here(
        stores={store.code: store for store in stores.every(session)},
        cards=cards.by_numbers(session, {row.card for row in batch if row.card}),
        members=members.ids_by_external_id(session, {row.member for row in batch if row.member}),
        known={},
        rules=earning.rules(session, unit=unit),
        now=now,
    )


def _faults(row: PurchaseRow, store: Store | None, here: Here) -> Iterator[Remark]:
    if store is None:
        yield row.remark("store", f"there is no {row.store}; import the stores first")
    card, member = here.cards.get(row.card or ""), here.members.get(row.member or "")
    if not row.card and not row.member:
        yield row.remark("card", "give the card, or the member’s external id")
    if row.card and card is None:
        yield row.remark("card", "nobody has this card; import the members first")
    if row.member and member is None:
        yield row.remark("member", "there is no such member; import the members first")
    if card is not None and member is not None and card.member_id != member:
        yield row.remark("card", "another member has this card; mend one of the two")


def _buy(row: PurchaseRow, bought: Bought, here: Here, tally: Tally) -> None:
    known = here.known.get(bought.key)
    if known is None:
        here.waiting.append(bought)
        tally.count(is_new=True, changed=False)
    elif columns := purchases.differences(known, bought):
        tally.leave_out([_differs(row, columns)])
    else:
        tally.count(is_new=False, changed=False)


def _write(session: Work, here: Here) -> None:
    earning.record(session, here.waiting, here.standings, here.rules, now=here.now)
    here.waiting = []


def _differs(row: PurchaseRow, columns: Iterable[str]) -> Remark:
    said = ", ".join(columns)
    return row.remark("receipt", f"this store has it already with another {said}; a receipt counts once")


def _notes(row: PurchaseRow, done: Returned) -> Iterator[Remark]:
    for one in done.paid_for:
        said = f"{one.points} of its points had paid for {one.title} ({one.reference})"
        yield row.remark("returns", said, is_fault=False)
    if done.owed:
        said = f"{done.owed} of {done.points} points are not there any more and are kept back from the next"
        yield row.remark("returns", said, is_fault=False)
