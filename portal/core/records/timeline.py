"""What happened to a member, in the member's own words later: one row per event, append-only.

`happened_at` is when it happened, which for an end is earlier than when somebody wrote it down.
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.core.base import Base, Document, Facts, Id, Instant, adding


class Happening(StrEnum):
    """The kinds of event on a member's timeline."""

    JOINED = "joined"
    CLAIMED = "offer_claimed"
    PREPARED = "claim_prepared"
    NOT_PREPARED = "claim_not_prepared"
    CLAIM_REFUSED = "claim_refused"
    GIVEN_BACK = "claim_given_back"
    REDEEMED = "claim_redeemed"
    REVERSED = "redemption_reversed"
    EXPIRED = "claim_expired"
    CANCELLED = "claim_cancelled"
    WITHDRAWN = "claim_withdrawn"
    EXTENDED = "claim_extended"
    OFFERED_ON = "claim_offered_on"
    HANDED_OVER = "claim_handed_over"
    RECEIVED = "claim_received"
    GRANTED = "grant_given"
    GRANT_WITHDRAWN = "grant_withdrawn"
    GRANT_EXPIRED = "grant_expired"
    POINTS_EXPIRED = "points_expired"
    POINTS_EARNED = "points_earned"
    POINTS_TAKEN_BACK = "points_taken_back"
    POINTS_ADJUSTED = "points_adjusted"
    TIER_REACHED = "tier_reached"
    TIER_LEFT = "tier_left"
    CARD_BLOCKED = "card_blocked"
    CARD_UNBLOCKED = "card_unblocked"


class TimelineEvent(Base):
    __tablename__ = "timeline"
    __table_args__ = (Index("ix_timeline_member_id_happened_at_id", "member_id", "happened_at", "id"),)
    id: Mapped[Id]
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    kind: Mapped[str]
    offer_id: Mapped[int | None] = mapped_column(ForeignKey("offers.id"))
    claim_id: Mapped[int | None] = mapped_column(ForeignKey("claims.id"), index=True)
    facts: Mapped[Document]
    happened_at: Mapped[Instant]


_ADD = adding(TimelineEvent)


def add(
    session: Session,
    kind: Happening,
    *,
    member_id: int,
    now: datetime,
    offer_id: int | None = None,
    claim_id: int | None = None,
    facts: Facts | None = None,
) -> None:
    """Write one event; the caller's transaction decides whether it happened."""
    row = {
        "member_id": member_id,
        "kind": kind.value,
        "offer_id": offer_id,
        "claim_id": claim_id,
        "facts": facts or {},
        "happened_at": now,
    }
    session.execute(_ADD, row)


def facts_of(session: Session, claim_id: int, kind: Happening) -> Facts | None:
    """What was told of a claim when that happened to it; None where it has not."""
    told = select(TimelineEvent.facts).where(
        TimelineEvent.claim_id == claim_id, TimelineEvent.kind == kind.value
    )
    return session.scalar(told)
