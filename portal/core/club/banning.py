"""A ban: until when a member may not claim and their claims are on hold; it ends by itself, or is lifted."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.core.club.members import Member
from portal.core.records import journal


def ban(
    session: Session, member: Member, until: datetime, *, reason: str, by: int | None, now: datetime
) -> None:
    """Nothing of the member's is ended: what they hold waits."""
    member.banned_until, member.ban_reason = until, reason
    told = {"until": until.isoformat()}
    journal.add(
        session, "member_banned", f"member:{member.id}", now=now, account_id=by, reason=reason, facts=told
    )


def lift(session: Session, member: Member, *, reason: str, by: int | None, now: datetime) -> bool:
    """Let the member in again; False where no ban held."""
    if member.banned_until is None or member.banned_until <= now:
        return False
    member.banned_until, member.ban_reason = None, None
    journal.add(session, "ban_lifted", f"member:{member.id}", now=now, account_id=by, reason=reason)
    return True
