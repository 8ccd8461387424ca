"""Opening balances: the points that members bring along from an earlier system, credited once."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from portal.core import base
from portal.core.points import balances, lots
from portal.core.points.balances import Balance
from portal.core.points.ledger import Entry, EntryKind
from portal.core.points.lots import Lot, LotEntry
from portal.core.records import timeline
from portal.core.records.timeline import Happening, TimelineEvent

REASON = "opening:import"

_CREDITED = select(Entry.member_id, Entry.amount).where(
    Entry.member_id.in_(bindparam("of_members", expanding=True)), Entry.reason.startswith("opening:")
)


def credited(session: Session, member_ids: Collection[int]) -> dict[int, int]:
    """What these members have been opened with; who has not is left out."""
    return dict(session.execute(_CREDITED, {"of_members": list(member_ids)}).all())


def open_balances(session: Session, openings: Sequence[tuple[int, int]], *, now: datetime) -> None:
    """Open the balances of new members with the points they bring along, if any; these never expire."""
    rows = [
        {"member_id": member_id, "balance": points, "seq": 1 if points else 0, "opened_at": now}
        for member_id, points in openings
    ]
    base.insert_many(session, Balance, rows)
    brought = [(member_id, points) for member_id, points in openings if points]
    lines = base.insert_numbered(session, Entry, [_line(*one, now) for one in brought], key=["member_id"])
    earned = base.insert_numbered(session, Lot, [_lot(*one, now) for one in brought], key=["member_id"])
    notes = [
        {"lot_id": earned[member_id,], "entry_id": lines[member_id,], "amount": points}
        for member_id, points in brought
    ]
    base.insert_many(session, LotEntry, notes)
    base.insert_many(session, TimelineEvent, [_event(*one, now) for one in brought])


def credit_late(session: Session, member_id: int, points: int, *, now: datetime) -> bool:
    """Credit somebody who has a balance already, under its lock; False where it was done before."""
    balances.lock(session, member_id)
    if credited(session, [member_id]):
        return False
    lots.earn(session, member_id, points, now=now, expires_at=None, reason=REASON)
    lots.settle(session, member_id, now=now)
    told = {"points": points, "reason": REASON}
    timeline.add(session, Happening.POINTS_EARNED, member_id=member_id, facts=told, now=now)
    return True


def _line(member_id: int, points: int, now: datetime) -> dict[str, object]:
    return {
        "member_id": member_id,
        "seq": 1,
        "kind": EntryKind.EARNED.value,
        "amount": points,
        "balance_after": points,
        "reason": REASON,
        "written_at": now,
    }


def _lot(member_id: int, points: int, now: datetime) -> dict[str, object]:
    return {
        "member_id": member_id,
        "amount": points,
        "remaining": points,
        "earned_at": now,
        "expires_at": None,
    }


def _event(member_id: int, points: int, now: datetime) -> dict[str, object]:
    return {
        "member_id": member_id,
        "kind": Happening.POINTS_EARNED.value,
        "facts": {"points": points, "reason": REASON},
        "happened_at": now,
    }
