"""A grant: an offer that the club gives one member, still to be claimed. What it leaves out is as offered."""

import json
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    Index,
    ScalarSelect,
    UniqueConstraint,
    and_,
    bindparam,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from portal.core.base import Base, Document, Id, Instant

LARGEST_METADATA = 4096


class GrantState(StrEnum):
    """Open until it is claimed, withdrawn, or out of time."""

    OPEN = "open"
    CLAIMED = "claimed"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class Occasion(StrEnum):
    """An event on which the club gives an offer by itself; `grant_after` counts its days or redemptions."""

    JOINING = "joining"
    TIER = "tier"
    BIRTHDAY = "birthday"
    REDEMPTIONS = "redemptions"


class Source(StrEnum):
    """What made the club give it."""

    STAFF = "staff"
    BATCH = "batch"
    JOINING = Occasion.JOINING.value
    TIER = Occasion.TIER.value
    BIRTHDAY = Occasion.BIRTHDAY.value
    REDEMPTIONS = Occasion.REDEMPTIONS.value


class Grant(Base):
    """Null means what the offer says. An `occasion` gives a member an offer once, whoever tells of it."""

    __tablename__ = "grants"
    __table_args__ = (
        UniqueConstraint("offer_id", "member_id", "occasion", name="once_an_occasion"),
        Index("ix_grants_member_id_offer_id_state", "member_id", "offer_id", "state"),
        Index("ix_grants_state_expires_at", "state", "expires_at"),
    )
    id: Mapped[Id]
    reference: Mapped[str] = mapped_column(unique=True)
    offer_id: Mapped[int] = mapped_column(ForeignKey("offers.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    state: Mapped[str] = mapped_column(default=GrantState.OPEN)
    source: Mapped[str]
    occasion: Mapped[str | None]
    value: Mapped[int | None]
    title: Mapped[str | None]
    text: Mapped[str | None]
    expires_at: Mapped[Instant | None]
    external_id: Mapped[str | None]
    details: Mapped[Document | None] = mapped_column("metadata")
    granted_at: Mapped[Instant]
    closed_at: Mapped[Instant | None]


def is_open(grant: Any, now: Any) -> ColumnElement[bool]:
    """Whether a grant can be claimed then; a late sweep changes nothing here."""
    alive = or_(grant.expires_at.is_(None), grant.expires_at > now)
    return and_(grant.state == GrantState.OPEN.value, alive)


def first_open(member_id: Any, offer_id: Any, now: Any, wanted: Any = None) -> ScalarSelect[int | None]:
    """The oldest grant of that offer which the member can claim; `wanted` names one, or none with ""."""
    mine = aliased(Grant)
    oldest = select(func.min(mine.id)).where(
        mine.member_id == member_id, mine.offer_id == offer_id, is_open(mine, now)
    )
    if wanted is not None:
        oldest = oldest.where(or_(wanted == "", mine.reference == wanted))
    return oldest.scalar_subquery()


TAKE = (
    update(Grant)
    .where(Grant.id == bindparam("of_grant"), is_open(Grant, bindparam("at")))
    .values(state=GrantState.CLAIMED.value)
    .returning(Grant.id)
    .execution_options(synchronize_session=False)
)


def take(session: Session, grant_id: int, now: datetime) -> bool:
    """Turn an open grant into a claimed one; False where it is not open."""
    taken = session.execute(TAKE, {"of_grant": grant_id, "at": now}).one_or_none()
    return taken is not None


def reopen(session: Session, grant_id: int) -> None:
    """Its claim was given back: the member may claim it again."""
    _move(session, grant_id, GrantState.CLAIMED, GrantState.OPEN, None)


def close(session: Session, grant_id: int, state: GrantState, now: datetime) -> bool:
    """End an open grant; False where it is not open any more."""
    return _move(session, grant_id, GrantState.OPEN, state, now)


def find(session: Session, reference: str) -> Grant | None:
    """The grant with that reference."""
    return session.scalar(
        select(Grant).where(Grant.reference == reference), execution_options={"populate_existing": True}
    )


def fits(metadata: Mapping[str, Any] | None) -> bool:
    """Whether that much can be kept beside a claim."""
    return metadata is None or len(json.dumps(metadata, ensure_ascii=False).encode()) <= LARGEST_METADATA


def _move(session: Session, grant_id: int, was: GrantState, becomes: GrantState, at: datetime | None) -> bool:
    moved = session.execute(
        update(Grant)
        .where(Grant.id == grant_id, Grant.state == was)
        .values(state=becomes, closed_at=at)
        .returning(Grant.id)
        .execution_options(synchronize_session=False)
    )
    return moved.one_or_none() is not None
