"""Everything that happened to a member, in one list: newest first, by kind, a page at a time."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import bindparam, func, select, tuple_
from sqlalchemy.orm import Session, aliased

from portal.core.base import AnyRow, Facts
from portal.core.claims.claims import Claim, State
from portal.core.club.stores import Store
from portal.core.points.lots import Lot
from portal.core.records.timeline import Happening, TimelineEvent

EVENTS_SHOWN = 20
# The sweep writes ends down each minute; so many are unwritten only where nothing has swept for long.
LATE_SHOWN = 200
_MOMENT = timedelta(microseconds=1)
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
    language: str = ""


_EVENTS = (
    select(
        TimelineEvent.id,
        TimelineEvent.kind,
        TimelineEvent.happened_at,
        TimelineEvent.facts,
        Claim.reference,
        Claim.terms["title"].as_string().label("title"),
        Claim.terms["language"].as_string().label("language"),
        Store.name.label("store"),
    )
    .outerjoin(Claim, Claim.id == TimelineEvent.claim_id)
    .outerjoin(Store, Store.id == TimelineEvent.facts["store_id"].as_integer())
    .where(
        TimelineEvent.member_id == bindparam("of_member"),
        TimelineEvent.kind.in_(bindparam("of_kinds", expanding=True)),
    )
    .order_by(TimelineEvent.happened_at.desc(), TimelineEvent.id.desc())
    .limit(EVENTS_SHOWN + 1)
)
_last_seen = aliased(TimelineEvent)
_last_at = (
    select(_last_seen.happened_at)
    .where(_last_seen.id == bindparam("before"), _last_seen.member_id == bindparam("of_member"))
    .scalar_subquery()
)
_OLDER = _EVENTS.add_columns(_last_at.label("before_at")).where(
    tuple_(TimelineEvent.happened_at, TimelineEvent.id) < tuple_(_last_at, bindparam("before"))
)
_LATE_CLAIMS = (
    select(
        Claim.reference,
        Claim.expires_at,
        Claim.terms["title"].as_string().label("title"),
        Claim.terms["language"].as_string().label("language"),
    )
    .where(
        Claim.member_id == bindparam("of_member"),
        Claim.state == State.CLAIMED.value,
        Claim.expires_at <= bindparam("now"),
    )
    .order_by(Claim.expires_at.desc())
    .limit(LATE_SHOWN)
)
_LATE_POINTS = select(func.sum(Lot.remaining).label("points"), func.max(Lot.expires_at).label("died")).where(
    Lot.member_id == bindparam("of_member"), Lot.remaining > 0, Lot.expires_at <= bindparam("now")
)


def events(
    session: Session,
    member_id: int,
    now: datetime,
    *,
    kinds: Iterable[Happening] = TOLD,
    before: int | None = None,
) -> tuple[list[Event], int | None]:
    """The latest events of these kinds older than `before`; then the number to ask on with, if any.

    What time has ended and no sweep has written down yet stands among them, at its own instant.
    """
    wanted = frozenset(kinds)
    asked = {"of_member": member_id, "of_kinds": sorted(kind.value for kind in wanted), "before": before}
    rows = session.execute(_EVENTS if before is None else _OLDER, asked).all()
    shown = [_event(row) for row in rows[:EVENTS_SHOWN]]
    older = shown[-1] if len(rows) > EVENTS_SHOWN else None
    until = rows[0].before_at if rows and before is not None else None
    late = _unrecorded(session, member_id, now, until) if rows or before is None else []
    among = [one for one in late if one.kind in wanted and (older is None or one.at >= older.at)]
    # Both are in order, and sorting keeps the order of what happened at the same instant.
    told = sorted([*among, *shown], key=lambda event: event.at, reverse=True)
    return told, older.id if older else None


def _unrecorded(session: Session, member_id: int, now: datetime, until: datetime | None) -> list[Event]:
    """What has ended by now, and before `until`, without a row of its own."""
    asked = {"of_member": member_id, "now": now}
    by_then = asked | {"now": now if until is None else min(now, until - _MOMENT)}
    late = [
        Event(None, Happening.EXPIRED, row.expires_at, row.title, row.reference, language=row.language or "")
        for row in session.execute(_LATE_CLAIMS, by_then)
    ]
    dead = session.execute(_LATE_POINTS, asked).one()
    if dead.points and (until is None or dead.died < until):
        late.append(Event(None, Happening.POINTS_EXPIRED, dead.died, points=int(dead.points)))
    return late


def _event(row: AnyRow) -> Event:
    facts = row.facts
    return Event(
        id=row.id,
        kind=Happening(row.kind),
        at=row.happened_at,
        title=row.title or facts.get("title"),
        reference=row.reference,
        store=row.store,
        points=facts.get("points"),
        reason=facts.get("reason"),
        told=facts,
        language=row.language or "",
    )
