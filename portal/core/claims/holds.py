"""A claim that waits for an outside provider: its points are held, until the code is there or is given up."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, or_, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.core.base import Base, Chance, Id, Instant, adding
from portal.core.claims import claims, releases
from portal.core.claims.claims import Claim, Closed, State
from portal.core.codes import pool_codes, pools, profiles
from portal.core.codes.keyring import Keyring
from portal.core.codes.pool_codes import Bare
from portal.core.codes.pools import Pool
from portal.core.points import balances
from portal.core.records import outbox, timeline
from portal.core.records.timeline import Happening

# The waits between tries; after the last of them the claim is given up and all it took returns.
PAUSES = tuple(timedelta(seconds=seconds) for seconds in (5, 15, 30, 60, 120, 300, 600, 1200))


class HoldState(StrEnum):
    """Open while the code is awaited; captured when it came, released when it never will."""

    OPEN = "open"
    CAPTURED = "captured"
    RELEASED = "released"


class Hold(Base):
    """What a pending claim holds. `key` is the one under which the provider is asked, however often."""

    __tablename__ = "holds"
    __table_args__ = (
        CheckConstraint("points >= 0", name="points_not_negative"),
        Index("ix_holds_state_due_at", "state", "due_at"),
    )
    id: Mapped[Id]
    claim_id: Mapped[int] = mapped_column(ForeignKey("claims.id"), unique=True)
    points: Mapped[int]
    state: Mapped[str]
    key: Mapped[str] = mapped_column(unique=True)
    attempts: Mapped[int]
    due_at: Mapped[Instant]
    leased_until: Mapped[Instant | None]
    opened_at: Mapped[Instant]
    settled_at: Mapped[Instant | None]


@dataclass(frozen=True)
class Due:
    """A hold that is ours to ask for until the lease ends; `attempts` counts this one too."""

    id: int
    claim_id: int
    key: str
    attempts: int
    offer: str
    leased_until: datetime


_ADD = adding(Hold)


def open_hold(session: Session, claim_id: int, points: int, *, now: datetime, chance: Chance) -> None:
    """Keep what the claim has paid until its code is there: spent already, so nothing else can spend it."""
    row = {
        "claim_id": claim_id,
        "points": points,
        "state": HoldState.OPEN,
        "key": chance.entropy(16).hex(),
        "attempts": 0,
        "due_at": now,
        "opened_at": now,
    }
    session.execute(_ADD, row)


def lease(session: Session, *, now: datetime, lasts: timedelta) -> Due | None:
    """The next hold to ask for; another worker passes it by until the lease ends."""
    free = or_(Hold.leased_until.is_(None), Hold.leased_until <= now)
    due = (
        select(Hold)
        .where(Hold.state == HoldState.OPEN, Hold.due_at <= now, free)
        .order_by(Hold.due_at, Hold.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    hold = session.scalar(due)
    if hold is None:
        return None
    hold.leased_until, hold.attempts = now + lasts, hold.attempts + 1
    session.flush()
    claim = session.get_one(Claim, hold.claim_id)
    return Due(hold.id, hold.claim_id, hold.key, hold.attempts, claim.promised.offer_slug, hold.leased_until)


def capture(
    session: Session, keyring: Keyring, due: Due, code: str, *, now: datetime, chance: Chance
) -> bool:
    """The code is there: the claim can be used, the points are paid for good. False where it cannot serve.

    A worker that comes back late changes nothing: what is settled stays so.
    """
    claim = _locked(session, due)
    hold = _open(session, due)
    if hold is None:
        return True
    if not _keep(session, keyring, claim, code, now, chance):
        return False
    session.execute(
        update(Claim).where(Claim.id == claim.id).values(state=State.CLAIMED, version=Claim.version + 1)
    )
    _settle(hold, HoldState.CAPTURED, now)
    timeline.add(
        session,
        Happening.PREPARED,
        member_id=claim.member_id,
        offer_id=claim.offer_id,
        claim_id=claim.id,
        facts={"title": claim.promised.title},
        now=now,
    )
    outbox.add(session, "claim_made", {"reference": claim.reference}, now=now)
    return True


def put_off(session: Session, due: Due, *, now: datetime) -> bool:
    """It did not come this time: again after a pause, or never again; answers whether there is hope."""
    if due.attempts > len(PAUSES):
        give_up(session, due, now=now)
        return False
    waits = update(Hold).where(Hold.id == due.id, Hold.attempts == due.attempts, Hold.state == HoldState.OPEN)
    session.execute(waits.values(due_at=now + PAUSES[due.attempts - 1], leased_until=None))
    return True


def give_up(session: Session, due: Due, *, now: datetime) -> None:
    """It will never come: points return to the same lots, stock and place too, and the member is told."""
    claim = _locked(session, due)
    hold = _open(session, due)
    if hold is None:
        return
    _settle(hold, HoldState.RELEASED, now)
    releases.undo_claim(session, claim, Closed.CANCELLED, Happening.NOT_PREPARED, now=now)


def _keep(session: Session, keyring: Keyring, claim: Claim, code: str, now: datetime, chance: Chance) -> bool:
    """Whether a till could tell the code from every other; then it is the claim's."""
    pool = session.get_one(Pool, claim.promised.pool_id, with_for_update=True)
    bare = Bare(code, pool.profile.normal(code))
    if profiles.objection(code) or pool_codes.pools_of(session, keyring, [bare.normal]):
        return False
    pools.widen(pool, pool.profile.widened(code))
    pool_codes.hand(session, keyring, pool.id, bare, claim.id, now=now, chance=chance)
    return True


def _locked(session: Session, due: Due) -> Claim:
    member_id = session.scalars(select(Claim.member_id).where(Claim.id == due.claim_id)).one()
    balances.lock(session, member_id)
    return claims.locked(session, due.claim_id)


def _open(session: Session, due: Due) -> Hold | None:
    mine = select(Hold).where(Hold.id == due.id, Hold.state == HoldState.OPEN)
    return session.scalar(mine.with_for_update().execution_options(populate_existing=True))


def _settle(hold: Hold, state: HoldState, now: datetime) -> None:
    hold.state, hold.settled_at, hold.leased_until = state, now, None
