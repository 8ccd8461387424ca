"""Lots: points earned together that expire together. The one that expires soonest pays first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, bindparam, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.core.base import AnyRow, Base, Id, Instant, adding
from portal.core.points import balances, ledger
from portal.core.points.balances import Standing
from portal.core.points.ledger import EntryKind
from portal.core.records import timeline
from portal.core.records.timeline import Happening
from portal.core.refusals import InsufficientPoints


class Lot(Base):
    __tablename__ = "lots"
    __table_args__ = (
        CheckConstraint("remaining >= 0 AND remaining <= amount", name="remaining_within"),
        Index("ix_lots_member_id_expires_at", "member_id", "expires_at"),
        Index("ix_lots_expires_at", "expires_at"),
        Index("ix_lots_purchase_id", "purchase_id", unique=True),
    )
    id: Mapped[Id]
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    amount: Mapped[int]
    remaining: Mapped[int]
    earned_at: Mapped[Instant]
    expires_at: Mapped[Instant | None]
    purchase_id: Mapped[int | None] = mapped_column(ForeignKey("purchases.id"))


class LotEntry(Base):
    __tablename__ = "lot_entries"
    id: Mapped[Id]
    lot_id: Mapped[int] = mapped_column(ForeignKey("lots.id"), index=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id"), index=True)
    amount: Mapped[int]


OWED = "owed"


@dataclass(frozen=True)
class Slice:
    """Points out of (or back into) one lot."""

    lot_id: int
    amount: int


_LIVE = (
    select(Lot.id, Lot.remaining, Lot.expires_at)
    .where(Lot.member_id == bindparam("of_member"), Lot.remaining > 0)
    .order_by(Lot.expires_at.is_(None), Lot.expires_at, Lot.id)
)
_MOVE = (
    update(Lot)
    .where(Lot.id == bindparam("of_lot"))
    .values(remaining=Lot.remaining + bindparam("moved"))
    .execution_options(synchronize_session=False)
)
_NOTE = adding(LotEntry)
_PAID_BY = (
    select(LotEntry.lot_id, LotEntry.amount, Lot.expires_at)
    .join(Lot, Lot.id == LotEntry.lot_id)
    .join(ledger.Entry, ledger.Entry.id == LotEntry.entry_id)
    .where(ledger.Entry.claim_id == bindparam("of_claim"), ledger.Entry.kind == EntryKind.SPENT.value)
)


def of_member(session: Session, member_id: int) -> Sequence[tuple[int, int, datetime | None]]:
    """The lots with points left, soonest to expire first, as (id, remaining, expiry)."""
    return [
        (row.id, row.remaining, row.expires_at) for row in session.execute(_LIVE, {"of_member": member_id})
    ]


def dead_of_claim(session: Session, claim_id: int, now: datetime) -> int:
    """How many of the points that a claim had paid would expire the moment they returned."""
    return _dead(session.execute(_PAID_BY, {"of_claim": claim_id}).all(), now)


def earn(
    session: Session,
    member_id: int,
    amount: int,
    *,
    now: datetime,
    expires_at: datetime | None,
    kind: EntryKind = EntryKind.EARNED,
    **about: Any,
) -> int:
    """Credit points as a new lot; answers the ledger line, which says what else it is `about`.

    The caller holds the member's lock, counts the points toward a tier, and settles what is owed.
    """
    entry_id, _ = ledger.write(session, kind, amount, member_id=member_id, now=now, **about)
    lot = Lot(member_id=member_id, amount=amount, remaining=amount, earned_at=now, expires_at=expires_at)
    session.add(lot)
    session.flush()
    session.execute(_NOTE, {"lot_id": lot.id, "entry_id": entry_id, "amount": amount})
    return entry_id


def write_off_due(session: Session, member_id: int, now: datetime, *, died_at: datetime | None = None) -> int:
    """Take dead points off the balance, under the member's lock; answers how many.

    The timeline tells of it at the end of their lot, or at `died_at`.
    """
    ended = [(lot, left, ends) for lot, left, ends in of_member(session, member_id) if ends and ends <= now]
    if not ended:
        return 0
    total = sum(left for _lot, left, _ends in ended)
    entry_id, _ = ledger.write(session, EntryKind.EXPIRED, -total, member_id=member_id, now=now)
    apply(session, entry_id, [Slice(lot, -left) for lot, left, _ends in ended])
    died_at = died_at or ended[-1][2]
    timeline.add(session, Happening.POINTS_EXPIRED, member_id=member_id, facts={"points": total}, now=died_at)
    return total


def members_with_dead_points(session: Session, now: datetime, *, most: int) -> Sequence[int]:
    """Whose lots have expired and are still on the balance: what a sweep has to do."""
    due = select(Lot.member_id).where(Lot.remaining > 0, Lot.expires_at <= now).distinct().limit(most)
    return session.scalars(due).all()


def spend(
    session: Session, member_id: int, cost: int, *, now: datetime, claim_id: int | None = None
) -> Standing:
    """Pay `cost` from the live lots, soonest to expire first; raises InsufficientPoints and takes nothing."""
    wanted, parts = cost, []
    for lot_id, remaining, expires_at in of_member(session, member_id):
        if wanted and (expires_at is None or expires_at > now):
            taken = min(wanted, remaining)
            parts.append(Slice(lot_id, -taken))
            wanted -= taken
    if wanted:
        raise InsufficientPoints(needed=cost, available=cost - wanted, shortfall=wanted)
    entry_id, after = ledger.write(
        session, EntryKind.SPENT, -cost, member_id=member_id, now=now, claim_id=claim_id
    )
    apply(session, entry_id, parts)
    return after


def give_back(session: Session, member_id: int, claim_id: int, *, now: datetime) -> int:
    """Return what a claim had paid to the same lots; what has died since comes back and expires in one act.

    Answers the points that are spendable again.
    """
    paid = session.execute(_PAID_BY, {"of_claim": claim_id}).all()
    if not paid:
        return 0
    total: int = -sum(row.amount for row in paid)
    entry_id, _ = ledger.write(
        session, EntryKind.RETURNED, total, member_id=member_id, now=now, claim_id=claim_id
    )
    apply(session, entry_id, [Slice(row.lot_id, -row.amount) for row in paid])
    dead = _dead(paid, now)
    if dead:
        write_off_due(session, member_id, now, died_at=now)
    return total - dead


def _dead(paid: Sequence[AnyRow], now: datetime) -> int:
    total: int = -sum(row.amount for row in paid if row.expires_at is not None and row.expires_at <= now)
    return total


def take(
    session: Session,
    member_id: int,
    most: int,
    *,
    now: datetime,
    first: int | None = None,
    kind: EntryKind = EntryKind.TAKEN_BACK,
    **about: Any,
) -> int:
    """Take points back from the live lots, `first` before the others; answers how many there were to take."""
    live = [one for one in of_member(session, member_id) if one[2] is None or one[2] > now]
    wanted, parts = most, []
    for lot_id, remaining, _ends in sorted(live, key=lambda one: one[0] != first):
        if taken := min(wanted, remaining):
            parts.append(Slice(lot_id, -taken))
            wanted -= taken
    if parts:
        entry_id, _ = ledger.write(session, kind, wanted - most, member_id=member_id, now=now, **about)
        apply(session, entry_id, parts)
    return most - wanted


def settle(session: Session, member_id: int, *, now: datetime) -> int:
    """Pay what the member owes from what there is; answers how much of it was paid."""
    owed = balances.lock(session, member_id).owed
    paid = take(session, member_id, owed, now=now, reason=OWED) if owed else 0
    if paid:
        balances.owe(session, member_id, -paid)
    return paid


def apply(
    session: Session, entry_id: int, parts: Sequence[Slice], *, also: Sequence[tuple[int, Slice]] = ()
) -> None:
    """Move points in lots for a line of the ledger; `also` notes what other lines put into new lots."""
    if parts:
        session.connection().execute(_MOVE, [{"of_lot": one.lot_id, "moved": one.amount} for one in parts])
    noted = [*((entry_id, part) for part in parts), *also]
    rows = [{"lot_id": part.lot_id, "entry_id": entry, "amount": part.amount} for entry, part in noted]
    session.execute(_NOTE, rows)
