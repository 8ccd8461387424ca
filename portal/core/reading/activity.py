"""Everything that happened to a member, in one list: newest first, by kind, a page at a time."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from portal.core.base import AnyRow, Facts
from portal.core.claims.claims import Claim, State
from portal.core.club.stores import Store
from portal.core.points.lots import Lot
from portal.core.records.timeline import Happening, TimelineEvent

EVENTS_SHOWN = 20
# What was refused changed nothing; the club counts it, the member's story leaves it out.
TOLD = frozenset(Happening) - {Happening.CLAIM_REFUSED}


@dataclass(frozen=True)
class Event:
    """One thing that happened, when it really did; `id` is None while nothing has recorded it."""

    id: int | None
    kind: Happening
    at: datetime
    title: str | None = None
    reference: str | None = None
    store: str | None = None
    points: int | None = None
    reason: str | None = None
    told: Facts = field(default_factory=dict)


_EVENTS = (
    select(
        TimelineEvent.id,
        TimelineEvent.kind,
        TimelineEvent.happened_at,
        TimelineEvent.facts,
        Claim.reference,
        Claim.expires_at,
        Claim.terms["title"].as_string().label("title"),
        Store.name.label("store"),
    )
    .outerjoin(Claim, Claim.id == TimelineEvent.claim_id)
    .outerjoin(Store, Store.id == TimelineEvent.facts["store_id"].as_integer())
    .where(
        TimelineEvent.member_id == bindparam("of_member"),
        TimelineEvent.kind.in_(bindparam("of_kinds", expanding=True)),
    )
    .order_by(TimelineEvent.id.desc())
    .limit(EVENTS_SHOWN + 1)
)
_OLDER = _EVENTS.where(TimelineEvent.id < bindparam("before"))
_LATE_CLAIMS = (
    select(Claim.reference, Claim.expires_at, Claim.terms["title"].as_string().label("title"))
    .where(
        Claim.member_id == bindparam("of_member"),
        Claim.state == State.CLAIMED.value,
        Claim.expires_at <= bindparam("now"),
    )
    .order_by(Claim.expires_at.desc())
    .limit(EVENTS_SHOWN)
)
_LATE_POINTS = select(func.sum(Lot.remaining).label("points"), func.max(Lot.expires_at).label("died")).where(
    Lot.member_id == bindparam("of_member"), Lot.remaining > 0, Lot.expires_at <= bindparam("now")
)


def events(
    session: Session, member_id: int, *, kinds: Iterable[Happening] = TOLD, before: int | None = None
) -> tuple[list[Event], int | None]:
    """The latest events of these kinds older than `before`; then the number to ask on with, if any."""
    asked = {"of_member": member_id, "of_kinds": sorted(kind.value for kind in kinds), "before": before}
    rows = session.execute(_EVENTS if before is None else _OLDER, asked).all()
    shown = [_event(row) for row in rows[:EVENTS_SHOWN]]
    return shown, shown[-1].id if len(rows) > EVENTS_SHOWN else None


def unrecorded(session: Session, member_id: int, now: datetime) -> list[Event]:
    """What time has ended and no sweep has written down yet, newest first."""
    asked = {"of_member": member_id, "now": now}
    late = [
        Event(None, Happening.EXPIRED, row.expires_at, row.title, row.reference)
        for row in session.execute(_LATE_CLAIMS, asked)
    ]
    dead = session.execute(_LATE_POINTS, asked).one()
    if dead.points:
        late.append(Event(None, Happening.POINTS_EXPIRED, dead.died, points=int(dead.points)))
    return sorted(late, key=lambda event: event.at, reverse=True)


def _event(row: AnyRow) -> Event:
    facts, kind = row.facts, Happening(row.kind)
    return Event(
        id=row.id,
        kind=kind,
        at=_when(row, kind),
        title=row.title or facts.get("title"),
        reference=row.reference,
        store=row.store,
        points=facts.get("points"),
        reason=facts.get("reason"),
        told=facts,
    )


def _when(row: AnyRow, kind: Happening) -> datetime:
    """A sweep may be late: what expired did so at its own time."""
    if kind is Happening.EXPIRED and row.expires_at is not None:
        return row.expires_at  # type: ignore[no-any-return]
    if kind is Happening.POINTS_EXPIRED and "died_at" in row.facts:
        return datetime.fromisoformat(row.facts["died_at"])
    return row.happened_at  # type: ignore[no-any-return]
