"""A member's points, line by line: what each change was for, and which points expire when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, case, func, select
from sqlalchemy.orm import Session

from portal.core.base import AnyRow
from portal.core.claims.claims import Claim
from portal.core.club.cards import Card
from portal.core.club.stores import Store
from portal.core.points.ledger import Entry, EntryKind
from portal.core.points.lots import Lot, LotEntry
from portal.core.points.purchases import Purchase

LINES_SHOWN = 20


@dataclass(frozen=True)
class Line:
    """One change of the balance, with the offer it was about; dead points died at `at`, not when recorded."""

    seq: int
    kind: EntryKind
    amount: int
    balance_after: int
    at: datetime
    title: str | None
    reference: str | None
    reason: str | None
    store: str | None = None
    card: str | None = None
    language: str = ""


@dataclass(frozen=True)
class Part:
    """Points that expire together; None where they never do."""

    points: int
    expires_at: datetime | None


@dataclass(frozen=True)
class Holding:
    """What can still be spent, soonest to expire first, and what has died and is not written off yet."""

    live: Sequence[Part]
    dead: Sequence[Part]


_died_at = (
    select(func.max(Lot.expires_at))
    .join(LotEntry, LotEntry.lot_id == Lot.id)
    .where(LotEntry.entry_id == Entry.id)
    .correlate(Entry)
    .scalar_subquery()
)
_LINES = (
    select(
        Entry.seq,
        Entry.kind,
        Entry.amount,
        Entry.balance_after,
        Entry.written_at,
        Entry.reason,
        Claim.reference,
        Claim.terms["title"].as_string().label("title"),
        Claim.terms["language"].as_string().label("language"),
        Store.name.label("store"),
        Card.number.label("card"),
        case((Entry.kind == EntryKind.EXPIRED.value, _died_at)).label("died_at"),
    )
    .outerjoin(Claim, Claim.id == Entry.claim_id)
    .outerjoin(Purchase, Purchase.id == Entry.purchase_id)
    .outerjoin(Store, Store.id == Purchase.store_id)
    .outerjoin(Card, Card.id == Entry.card_id)
    .where(Entry.member_id == bindparam("of_member"))
    .order_by(Entry.seq.desc())
    .limit(LINES_SHOWN + 1)
)
_OLDER = _LINES.where(Entry.seq < bindparam("before"))
_PARTS = (
    select(Lot.expires_at, func.sum(Lot.remaining).label("points"))
    .where(Lot.member_id == bindparam("of_member"), Lot.remaining > 0)
    .group_by(Lot.expires_at)
    .order_by(Lot.expires_at.is_(None), Lot.expires_at)
)


def lines(session: Session, member_id: int, *, before: int | None = None) -> tuple[list[Line], int | None]:
    """The latest changes older than the line numbered `before`; then the number to ask on with, if any."""
    statement = _LINES if before is None else _OLDER
    rows = session.execute(statement, {"of_member": member_id, "before": before}).all()
    shown = [_line(row) for row in rows[:LINES_SHOWN]]
    return shown, shown[-1].seq if len(rows) > LINES_SHOWN else None


def holding(session: Session, member_id: int, now: datetime) -> Holding:
    """The member's points by the moment they expire; one statement."""
    rows = session.execute(_PARTS, {"of_member": member_id}).all()
    parts = [Part(int(row.points), row.expires_at) for row in rows]
    dead = [part for part in parts if part.expires_at is not None and part.expires_at <= now]
    return Holding([part for part in parts if part not in dead], dead)


def _line(row: AnyRow) -> Line:
    return Line(
        seq=row.seq,
        kind=EntryKind(row.kind),
        amount=row.amount,
        balance_after=row.balance_after,
        at=row.died_at or row.written_at,
        title=row.title,
        reference=row.reference,
        reason=row.reason,
        store=row.store,
        card=row.card,
        language=row.language or "",
    )
