"""The sweep records what time has done already; whether a claim has expired is never asked of it."""

from datetime import datetime

from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.orm import Session

from portal.core.claims.claims import Claim, Closed, State
from portal.core.records import outbox, timeline
from portal.core.records.timeline import Happening


def _not_active(now: datetime) -> ColumnElement[bool]:
    """A window that is open when a claim expires runs to its end."""
    return or_(Claim.active_until.is_(None), Claim.active_until <= now)


def record_expired(session: Session, *, now: datetime, batch: int = 500) -> int:
    """Close up to `batch` claims whose time is over; answers how many. Safe to run twice at once."""
    due = session.execute(
        select(Claim.id, Claim.reference, Claim.member_id, Claim.offer_id, Claim.expires_at)
        .where(Claim.state == State.CLAIMED, Claim.expires_at <= now, _not_active(now))
        .order_by(Claim.expires_at)
        .limit(batch)
        .with_for_update(skip_locked=True)
    ).all()
    if not due:
        return 0
    session.execute(
        update(Claim)
        .where(Claim.id.in_([row.id for row in due]))
        .values(state=State.CLOSED, closed_reason=Closed.EXPIRED, closed_at=now, version=Claim.version + 1)
        .execution_options(synchronize_session=False)
    )
    for row in due:
        timeline.add(
            session,
            Happening.EXPIRED,
            member_id=row.member_id,
            offer_id=row.offer_id,
            claim_id=row.id,
            now=row.expires_at,
        )
        outbox.add(session, "claim_expired", {"reference": row.reference}, now=now)
    return len(due)
