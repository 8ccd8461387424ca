"""How far a member is on the way to the next tier."""

from dataclasses import dataclass

from sqlalchemy import bindparam, case, select
from sqlalchemy.orm import Session

from portal.core.club.tiers import Tier
from portal.core.points.balances import Balance
from portal.core.reading.people import MemberHere


@dataclass(frozen=True)
class Progress:
    """Points earned in the calendar year, and the next tier up, if there is one."""

    earned: int
    next_name: str | None
    next_threshold: int | None


_earned = case(
    (Balance.earned_year == bindparam("year"), Balance.earned),
    (Balance.earned_year == bindparam("year") + 1, Balance.earned_before),
    else_=0,
)
_NEXT = (
    select(_earned.label("earned"), Tier.name, Tier.threshold)
    .select_from(Balance)
    .outerjoin(Tier, Tier.rank == bindparam("rank") + 1)
    .where(Balance.member_id == bindparam("of_member"))
)


def progress(session: Session, member: MemberHere, *, year: int) -> Progress:
    """How far the member is on the way to the next tier."""
    asked = {"of_member": member.member_id, "year": year, "rank": member.tier_rank}
    row = session.execute(_NEXT, asked).one()
    return Progress(int(row.earned), row.name, row.threshold)
