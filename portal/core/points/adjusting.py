"""The club puts a balance right, with a reason that the member reads as well."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.core.base import Facts
from portal.core.club import club
from portal.core.points import balances, lives, lots
from portal.core.points.ledger import EntryKind
from portal.core.records import journal, timeline
from portal.core.records.timeline import Happening
from portal.core.refusals import InsufficientPoints


def adjust(
    session: Session, member_id: int, amount: int, *, reason: str, by: int | None, now: datetime
) -> int:
    """Add points, or with a negative amount take them; answers the balance. They count toward no tier.

    Raises InsufficientPoints, and takes nothing, where there are fewer. `by` is an account, or nobody
    for the command line.
    """
    balances.lock(session, member_id)
    about: Facts = {"reason": f"adjusted:{reason}"}
    if amount > 0:
        the = club.the(session)
        ends = lives.expiry_of(now, zone=the.zone, months=the.points_months)
        lots.earn(session, member_id, amount, now=now, expires_at=ends, kind=EntryKind.ADJUSTED, **about)
        lots.settle(session, member_id, now=now)
    else:
        live = sum(left for _, left, ends in lots.of_member(session, member_id) if ends is None or ends > now)
        if live < -amount:
            raise InsufficientPoints(needed=-amount, available=live, shortfall=-amount - live)
        lots.take(session, member_id, -amount, now=now, kind=EntryKind.ADJUSTED, **about)
    told = {"points": amount, "reason": reason}
    timeline.add(session, Happening.POINTS_ADJUSTED, member_id=member_id, facts=told, now=now)
    journal.add(
        session, "points_adjusted", f"member:{member_id}", now=now, account_id=by, reason=reason, facts=told
    )
    return balances.lock(session, member_id).balance
