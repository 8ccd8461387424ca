"""Pools: codes that a partner made, brought in as lists. Each knows its shape and when it runs low."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import CheckConstraint, func, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.core.base import Base, Id, Instant
from portal.core.codes.pool_codes import PoolCode
from portal.core.codes.profiles import Profile
from portal.core.records import journal, outbox

LOW = "pool_low"


class Pool(Base):
    """A partner's codes under one name, and the shape they have."""

    __tablename__ = "pools"
    __table_args__ = (CheckConstraint("alarm_below IS NULL OR alarm_below > 0", name="alarm_positive"),)
    id: Mapped[Id]
    name: Mapped[str] = mapped_column(unique=True)
    shortest: Mapped[int]
    longest: Mapped[int]
    letters: Mapped[bool]
    digits: Mapped[bool]
    marks: Mapped[str]
    case_matters: Mapped[bool]
    alarm_below: Mapped[int | None]
    # Set while fewer than that are left, so that one crossing is told once.
    alarmed_at: Mapped[Instant | None]
    opened_at: Mapped[Instant]

    @property
    def profile(self) -> Profile:
        """What its codes look like."""
        return Profile(self.shortest, self.longest, self.letters, self.digits, self.marks, self.case_matters)


@dataclass(frozen=True)
class Level:
    """How many codes of a pool there are, and how many nobody has yet."""

    pool: Pool
    total: int
    left: int


_FREE = PoolCode.claim_id.is_(None)


def by_name(session: Session, name: str) -> Pool | None:
    """The pool of that name."""
    return session.scalar(select(Pool).where(Pool.name == name))


def ids_by_name(session: Session) -> dict[str, int]:
    """Every pool by its name."""
    return {row.name: row.id for row in session.execute(select(Pool.name, Pool.id))}


def fitting(session: Session, text: str) -> dict[int, str]:
    """The pools of which this could be a code, each with the form in which it compares."""
    profiles = {pool.id: pool.profile for pool in session.scalars(select(Pool))}
    return {pool_id: one.normal(text) for pool_id, one in profiles.items() if one.fits(text)}


def levels(session: Session) -> Sequence[Level]:
    """Every pool, by name."""
    counted = (
        select(Pool, func.count(PoolCode.id), func.count(PoolCode.id).filter(_FREE))
        .outerjoin(PoolCode, PoolCode.pool_id == Pool.id)
        .group_by(Pool.id)
        .order_by(Pool.name)
    )
    return [Level(pool, total, left) for pool, total, left in session.execute(counted)]


def open_pool(session: Session, name: str, *, case_matters: bool, now: datetime) -> Pool:
    """A new pool, still without codes and so without a shape."""
    bare = Profile(case_matters=case_matters)
    pool = Pool(name=name, **vars(bare), opened_at=now)
    session.add(pool)
    session.flush()
    journal.add(session, "pool_opened", f"pool:{name}", now=now, facts={"case_matters": case_matters})
    return pool


def watch(session: Session, pool: Pool, alarm_below: int | None, *, now: datetime) -> None:
    """Say from now on when fewer than that are left; None says nothing any more."""
    if pool.alarm_below == alarm_below:
        return
    pool.alarm_below, pool.alarmed_at = alarm_below, None
    journal.add(session, "pool_watched", f"pool:{pool.name}", now=now, facts={"alarm_below": alarm_below})


def widen(pool: Pool, profile: Profile) -> None:
    """Its shape is that of all its codes."""
    for name, value in vars(profile).items():
        setattr(pool, name, value)


def note_levels(session: Session, now: datetime) -> list[tuple[str, int]]:
    """Tell of each pool that has come below its level since the last look, with what is left; each once."""
    told = []
    for pool in session.scalars(select(Pool).where(Pool.alarm_below.is_not(None)).order_by(Pool.id)):
        left = _left(session, pool)
        is_low = left < (pool.alarm_below or 0)
        if is_low == (pool.alarmed_at is not None) or not _turn(session, pool, now if is_low else None):
            continue
        if is_low:
            facts = {"pool": pool.name, "left": left, "alarm_below": pool.alarm_below}
            journal.add(session, LOW, f"pool:{pool.name}", now=now, facts=facts)
            outbox.add(session, LOW, facts, now=now)
            told.append((pool.name, left))
    return told


def _left(session: Session, pool: Pool) -> int:
    """No more is counted than the alarm needs to know."""
    some = select(PoolCode.id).where(PoolCode.pool_id == pool.id, _FREE).limit(pool.alarm_below)
    return session.scalar(select(func.count()).select_from(some.subquery())) or 0


def _turn(session: Session, pool: Pool, alarmed_at: datetime | None) -> bool:
    """Whether it is we who turn the alarm on or off, and not another worker."""
    was = Pool.alarmed_at.is_(None) if alarmed_at else Pool.alarmed_at.is_not(None)
    turned = update(Pool).where(Pool.id == pool.id, was).values(alarmed_at=alarmed_at).returning(Pool.id)
    return session.execute(turned).one_or_none() is not None
