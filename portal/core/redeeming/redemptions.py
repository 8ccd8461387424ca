"""A redemption consumes a use of a claim; the row stays for good, and a reversal is a row of its own."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Row, UniqueConstraint, bindparam, case, func, select, update
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from portal.core.base import Base, Id, Instant, adding
from portal.core.claims.claims import Claim, Closed, State
from portal.core.club.accounts import Account
from portal.core.club.stores import Store, Till
from portal.core.records import journal, outbox, timeline
from portal.core.records.timeline import Happening
from portal.core.redeeming.scans import Place
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
    till_id: Mapped[int] = mapped_column(ForeignKey("tills.id"))
    staff_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    scan_id: Mapped[int] = mapped_column(ForeignKey("scans.id"), index=True)
    reason: Mapped[str | None]
    redeemed_at: Mapped[Instant] = mapped_column(index=True)


@dataclass(frozen=True)
class Presented:
    """A locked claim and the scan that presents it."""

    claim: Claim
    scan_id: int


CONSUME = (
    update(Claim)
    .where(
        Claim.id == bindparam("of_claim"),
        Claim.version == bindparam("seen_version"),
        Claim.state == State.CLAIMED.value,
        Claim.uses_left > 0,
    )
    .values(
        uses_left=Claim.uses_left - 1,
        version=Claim.version + 1,
        state=case((Claim.uses_left <= 1, State.CLOSED.value), else_=State.CLAIMED.value),
        closed_reason=case((Claim.uses_left <= 1, Closed.REDEEMED.value)),
        closed_at=case((Claim.uses_left <= 1, bindparam("at", type_=Claim.closed_at.type))),
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
    .join(Till, Till.id == Redemption.till_id)
    .join(Account, Account.id == Redemption.staff_id)
    .outerjoin(_Undo, _Undo.reverses_id == Redemption.id)
    .where(
        Redemption.claim_id == bindparam("of_claim"),
        Redemption.kind == RedemptionKind.REDEEM.value,
        _Undo.id.is_(None),
    )
    .order_by(Redemption.id.desc())
    .limit(1)
)


def last_standing(session: Session, claim_id: int) -> Row[Redemption, str, str, str] | None:
    """The latest redemption that nobody has undone, with store, till and who did it."""
    return session.execute(_LAST, {"of_claim": claim_id}).one_or_none()


def redeem(session: Session, presented: Presented, place: Place, *, now: datetime) -> int:
    """Consume one use of a locked claim that has been judged good; answers the redemption's id.

    Raises CodeAlreadyRedeemed, and changes nothing, when another till was faster.
    """
    claim = presented.claim
    guard = {"of_claim": claim.id, "seen_version": claim.version, "at": now}
    if session.execute(CONSUME, guard).one_or_none() is None:
        raise CodeAlreadyRedeemed
    use_no = session.scalar(_NEXT_USE, {"of_claim": claim.id})
    row = {
        "claim_id": claim.id,
        "kind": RedemptionKind.REDEEM.value,
        "use_no": use_no,
        "store_id": place.store_id,
        "till_id": place.till_id,
        "staff_id": place.staff_id,
        "scan_id": presented.scan_id,
        "redeemed_at": now,
    }
    redemption_id = session.execute(_INSERT, row).scalar_one()
    record(session, claim, place, Happening.REDEEMED, now=now)
    return redemption_id


def record(
    session: Session,
    claim: Claim,
    place: Place,
    happening: Happening,
    *,
    now: datetime,
    reason: str | None = None,
) -> None:
    """Tell the member's timeline, the journal and the outbox."""
    timeline.add(
        session,
        happening,
        member_id=claim.member_id,
        offer_id=claim.offer_id,
        claim_id=claim.id,
        facts={"title": claim.promised.title, "store_id": place.store_id},
        now=now,
    )
    journal.add(
        session,
        happening.value,
        f"claim:{claim.reference}",
        now=now,
        account_id=place.staff_id,
        store_id=place.store_id,
        reason=reason,
    )
    outbox.add(session, happening.value, {"reference": claim.reference}, now=now)
