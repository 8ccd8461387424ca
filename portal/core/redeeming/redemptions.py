"""A redemption consumes a claim or part of it; the row stays for good, and a reversal is a row of its own."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from sqlalchemy import ForeignKey, Row, UniqueConstraint, bindparam, case, func, select, update
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from portal.core.base import Base, Facts, Id, Instant, adding
from portal.core.claims.claims import Claim, Closed, State
from portal.core.club.accounts import Account
from portal.core.club.stores import Store, Till
from portal.core.records import journal, outbox, timeline
from portal.core.records.timeline import Happening
from portal.core.redeeming import counters, parts
from portal.core.redeeming.parts import ONE_USE, Part
from portal.core.refusals import CodeAlreadyRedeemed


class RedemptionKind(StrEnum):
    """A use, or the row that takes one back."""

    REDEEM = "redeem"
    REVERSAL = "reversal"


class Redemption(Base):
    __tablename__ = "redemptions"
    __table_args__ = (
        UniqueConstraint("claim_id", "use_no", name="one_row_per_use"),
        UniqueConstraint("reverses_id", name="reversed_once"),
    )
    id: Mapped[Id]
    claim_id: Mapped[int] = mapped_column(ForeignKey("claims.id"), index=True)
    kind: Mapped[str]
    use_no: Mapped[int | None]
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("redemptions.id"))
    store_id: Mapped[int] = mapped_column(ForeignKey("stores.id"))
    # None of these three where the member used it alone.
    till_id: Mapped[int | None] = mapped_column(ForeignKey("tills.id"))
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    scan_id: Mapped[int | None] = mapped_column(ForeignKey("scans.id"), index=True)
    uses: Mapped[int] = mapped_column(default=1)
    amount: Mapped[int] = mapped_column(default=0)
    verified: Mapped[bool | None]
    reason: Mapped[str | None]
    redeemed_at: Mapped[Instant] = mapped_column(index=True)


class Where(Protocol):
    """A store, and with staff in it the till and who acts."""

    @property
    def store_id(self) -> int: ...
    @property
    def till_id(self) -> int | None: ...
    @property
    def staff_id(self) -> int | None: ...


@dataclass(frozen=True)
class Presented:
    """A locked claim, how much of it is taken, and by what: a scan, or its member's own use."""

    claim: Claim
    scan_id: int | None
    part: Part = field(default=ONE_USE)
    active_until: datetime | None = None
    verified: bool | None = None


_is_last = Claim.uses_left <= bindparam("uses")
CONSUME = (
    update(Claim)
    .where(
        Claim.id == bindparam("of_claim"),
        Claim.version == bindparam("seen_version"),
        Claim.state == State.CLAIMED.value,
        Claim.uses_left >= bindparam("uses"),
        Claim.uses_left > 0,
    )
    .values(
        uses_left=Claim.uses_left - bindparam("uses"),
        amount_left=Claim.amount_left - bindparam("taken"),
        active_until=bindparam("active", type_=Claim.active_until.type),
        version=Claim.version + 1,
        state=case((_is_last, State.CLOSED.value), else_=State.CLAIMED.value),
        closed_reason=case((_is_last, Closed.REDEEMED.value)),
        closed_at=case((_is_last, bindparam("at", type_=Claim.closed_at.type))),
    )
    .returning(Claim.uses_left)
    .execution_options(synchronize_session=False)
)
_NEXT_USE = select(func.count() + 1).where(
    Redemption.claim_id == bindparam("of_claim"), Redemption.kind == RedemptionKind.REDEEM.value
)
_INSERT = adding(Redemption).returning(Redemption.id)
_Undo = aliased(Redemption)
_LAST = (
    select(Redemption, Store.name.label("store"), Till.name.label("till"), Account.name.label("staff"))
    .join(Store, Store.id == Redemption.store_id)
    .outerjoin(Till, Till.id == Redemption.till_id)
    .outerjoin(Account, Account.id == Redemption.staff_id)
    .outerjoin(_Undo, _Undo.reverses_id == Redemption.id)
    .where(
        Redemption.claim_id == bindparam("of_claim"),
        Redemption.kind == RedemptionKind.REDEEM.value,
        _Undo.id.is_(None),
    )
    .order_by(Redemption.id.desc())
    .limit(1)
)


def last_standing(session: Session, claim_id: int) -> Row[Redemption, str, str | None, str | None] | None:
    """The latest redemption that nobody has undone, with store, till and who did it, if it was at one."""
    return session.execute(_LAST, {"of_claim": claim_id}).one_or_none()


def redeem(session: Session, presented: Presented, where: Where, *, now: datetime) -> int:
    """Consume a part of a locked claim that has been judged good; answers the redemption's id.

    Raises MoreThanLeft where there is less, and CodeAlreadyRedeemed when another till was faster. Both
    change nothing. Where a limit of the offer is reached its refusal is raised, and the caller rolls back.
    """
    claim, part = presented.claim, parts.fitting(presented.claim, presented.part)
    guard = {
        "of_claim": claim.id,
        "seen_version": claim.version,
        "uses": part.uses,
        "taken": part.amount,
        "active": presented.active_until,
        "at": now,
    }
    if session.execute(CONSUME, guard).one_or_none() is None:
        raise CodeAlreadyRedeemed
    counters.take(session, claim, where.store_id, uses=part.uses, amount=part.amount, now=now)
    redemption_id = session.execute(_INSERT, _row(session, presented, part, where, now)).scalar_one()
    record(session, claim, where, Happening.REDEEMED, part=part, now=now)
    return redemption_id


def _row(session: Session, presented: Presented, part: Part, where: Where, now: datetime) -> Facts:
    return {
        "claim_id": presented.claim.id,
        "kind": RedemptionKind.REDEEM.value,
        "use_no": session.scalar(_NEXT_USE, {"of_claim": presented.claim.id}),
        "store_id": where.store_id,
        "till_id": where.till_id,
        "staff_id": where.staff_id,
        "scan_id": presented.scan_id,
        "uses": part.uses,
        "amount": part.amount,
        "verified": presented.verified,
        "redeemed_at": now,
    }


def record(
    session: Session,
    claim: Claim,
    where: Where,
    happening: Happening,
    *,
    part: Part = ONE_USE,
    now: datetime,
    reason: str | None = None,
) -> None:
    """Tell the member's timeline and the outbox, and the journal where staff did it."""
    told = {"title": claim.promised.title, "store_id": where.store_id} | parts.facts(claim, part)
    timeline.add(
        session,
        happening,
        member_id=claim.member_id,
        offer_id=claim.offer_id,
        claim_id=claim.id,
        facts=told,
        now=now,
    )
    if where.staff_id is not None:
        _note(session, claim, where, happening, now, reason)
    outbox.add(session, happening.value, {"reference": claim.reference}, now=now)


def _note(
    session: Session, claim: Claim, where: Where, happening: Happening, now: datetime, reason: str | None
) -> None:
    journal.add(
        session,
        happening.value,
        f"claim:{claim.reference}",
        now=now,
        account_id=where.staff_id,
        store_id=where.store_id,
        reason=reason,
    )
