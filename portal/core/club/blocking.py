"""A card that is lost is blocked: it earns nothing and claims nothing until it is opened again."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.core.club.cards import Card
from portal.core.records import journal, timeline
from portal.core.records.timeline import Happening


def block(session: Session, card: Card, *, reason: str, by: int | None, now: datetime) -> bool:
    """Block it from now on; False where it was blocked before, and then nothing changes."""
    if card.blocked_at is not None:
        return False
    card.blocked_at, card.block_reason = now, reason
    _record(session, card, Happening.CARD_BLOCKED, reason, by, now)
    return True


def unblock(session: Session, card: Card, *, reason: str, by: int | None, now: datetime) -> bool:
    """Let it work again; False where it does."""
    if card.blocked_at is None:
        return False
    card.blocked_at, card.block_reason = None, None
    _record(session, card, Happening.CARD_UNBLOCKED, reason, by, now)
    return True


def _record(
    session: Session, card: Card, happening: Happening, reason: str, by: int | None, now: datetime
) -> None:
    told = {"card": card.number}
    timeline.add(session, happening, member_id=card.member_id, facts=told, now=now)
    journal.add(
        session, happening.value, f"card:{card.number}", now=now, account_id=by, reason=reason, facts={}
    )
