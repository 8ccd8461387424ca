"""The ladder of tiers: a member stands where the points of this year or last say, or where the club says."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from portal.core import base
from portal.core.club import club, tiers
from portal.core.club.members import Member
from portal.core.club.tiers import Tier
from portal.core.points import balances
from portal.core.points.balances import Standing
from portal.core.records.timeline import Happening, TimelineEvent


@dataclass(frozen=True)
class Place:
    """A member's tier, the one that the club gave through a year, and the year it was last judged for."""

    tier_id: int | None
    floor_id: int | None
    floor_year: int | None
    judged_for: int


@dataclass(frozen=True)
class Move:
    """A member goes from one tier to another; the same where only the year of the judgement is new."""

    member_id: int
    was: int | None
    now: int | None


_PLACES = select(
    Member.id, Member.tier_id, Member.tier_floor_id, Member.tier_floor_year, Member.tier_year
).where(Member.id.in_(bindparam("of_members", expanding=True)))
_SET = (
    update(Member.__table__)  # type: ignore[arg-type]
    .where(Member.__table__.c.id == bindparam("of_member"))
    .values(tier_id=bindparam("new_tier"), tier_year=bindparam("new_year"))
)


def places(session: Session, member_ids: Collection[int]) -> dict[int, Place]:
    """Where these members stand."""
    rows = session.execute(_PLACES, {"of_members": sorted(member_ids)})
    return {row[0]: Place(*row[1:]) for row in rows}


def due(all_tiers: Mapping[int, Tier], place: Place, standing: Standing, year: int) -> int | None:
    """The tier that is right in that year: the best that its points or last year's reach, or the gift."""
    then = standing.in_year(year)
    points = max(then.earned, then.earned_before)
    given = place.floor_id if (place.floor_year or 0) >= year else None
    reached = [tier for tier in all_tiers.values() if tier.threshold <= points or tier.id == given]
    return max(reached, key=lambda tier: tier.rank).id if reached else None


def move(
    session: Session, moves: Sequence[Move], all_tiers: Mapping[int, Tier], *, year: int, now: datetime
) -> None:
    """Write where members stand from now on, and tell those who went up or down, in that order."""
    rows = [{"of_member": one.member_id, "new_tier": one.now, "new_year": year} for one in moves]
    if rows:
        session.connection().execute(_SET, rows)
    told = [_event(one, all_tiers, now) for one in moves if one.was != one.now and one.now is not None]
    base.insert_many(session, TimelineEvent, told)


def judge(session: Session, member_ids: Collection[int], *, now: datetime) -> int:
    """Put members on the tier that is right now, under their locks; answers how many moved."""
    standings = balances.lock_many(session, member_ids)
    found, year = places(session, standings), club.year_of(now, club.the(session).zone)
    all_tiers = {tier.id: tier for tier in tiers.every(session)}
    moves = [
        Move(member_id, place.tier_id, due(all_tiers, place, standings[member_id], year))
        for member_id, place in sorted(found.items())
    ]
    move(session, moves, all_tiers, year=year, now=now)
    return sum(one.was != one.now for one in moves)


def unjudged(session: Session, now: datetime, *, most: int) -> Sequence[int]:
    """Whose tier was last judged for a year that has ended: what a sweep has to do."""
    found = club.find(session)
    if found is None:
        return []
    year = club.year_of(now, found.zone)
    late = select(Member.id).where(Member.tier_year < year, Member.tier_id.is_not(None))
    return session.scalars(late.order_by(Member.id).limit(most)).all()


def _event(one: Move, all_tiers: Mapping[int, Tier], now: datetime) -> dict[str, object]:
    new, old = all_tiers[one.now or 0], all_tiers.get(one.was or 0)
    is_up = old is None or new.rank > old.rank
    kind = Happening.TIER_REACHED if is_up else Happening.TIER_LEFT
    return {
        "member_id": one.member_id,
        "kind": kind.value,
        "facts": {"tier": new.name, "was": None if old is None else old.name},
        "happened_at": now,
    }
