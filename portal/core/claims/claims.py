"""A claim: its stored state, its frozen terms, and what that state reads as at a given moment."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property

from pydantic import BaseModel, ConfigDict
from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, bindparam, func, select, text
from sqlalchemy.orm import Mapped, Session, column_property, mapped_column, undefer

from portal.core.base import Base, Document, Id, Instant
from portal.core.club import members
from portal.core.offers import texts
from portal.core.offers.offers import LIMITED, CodeMode, Offer, Presence
from portal.core.offers.timeframes import Timeframe


class State(StrEnum):
    """What is stored; everything else is read from it and the clock."""

    PENDING = "pending"
    CLAIMED = "claimed"
    CLOSED = "closed"


class Closed(StrEnum):
    """Why a claim is closed."""

    REDEEMED = "redeemed"
    GIVEN_BACK = "given_back"
    CANCELLED = "cancelled"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    TRANSFERRED = "transferred"


# One that ended so has given back what it took: points, its place in the limit, stock; and its code is dead.
UNDONE = frozenset({Closed.GIVEN_BACK, Closed.CANCELLED, Closed.WITHDRAWN})


class Reading(StrEnum):
    """What a claim is at a moment, in the words every face uses."""

    PENDING = "pending"
    READY = "ready"
    LATER = "later"
    PART_USED = "part_used"
    ACTIVE = "active"
    HELD = "held"
    USED = "used"
    EXPIRED = "expired"
    GIVEN_BACK = "given_back"
    CANCELLED = "cancelled"
    TRANSFERRED = "transferred"


_READS = {
    Closed.REDEEMED: Reading.USED,
    Closed.GIVEN_BACK: Reading.GIVEN_BACK,
    Closed.CANCELLED: Reading.CANCELLED,
    Closed.WITHDRAWN: Reading.CANCELLED,
    Closed.TRANSFERRED: Reading.TRANSFERRED,
}
USABLE = frozenset({Reading.READY, Reading.PART_USED})


class StoreNamed(BaseModel):
    """A store as it was named when the claim was made."""

    model_config = ConfigDict(frozen=True)
    id: int
    name: str


class FrozenTerms(BaseModel):
    """What the member was promised; later edits of the offer never reach it. Money in minor units."""

    model_config = ConfigDict(frozen=True)
    language: str = texts.FALLBACK
    title: str
    short: str
    terms: str
    how_store: str
    how_online: str
    benefit_kind: str
    benefit_value: int | None
    currency: str
    minimum_purchase: int | None
    combines: bool
    till_key: str | None
    hue: str
    offer_slug: str
    code_mode: str
    store_code: str | None
    online_code: str | None
    stores: tuple[StoreNamed, ...] | None
    use_from: datetime | None
    points_cost: int
    points_value: int | None
    award: int = 0
    presence_points: int | None = None
    member_redeem: bool = False
    presence: str = Presence.NONE
    active_minutes: int = 15
    timeframes: tuple[Timeframe, ...] = ()
    use_cost: int | None = None
    pool_id: int | None = None
    partner_voids: bool = False
    extend_days: int | None = None
    reassignable: bool = False
    product: str | None = None
    long: str = ""

    def works_at(self, store_id: int) -> bool:
        """Whether the claim may be redeemed in that store."""
        return self.stores is None or any(store.id == store_id for store in self.stores)


_counts = text("slot IS NOT NULL")


class Claim(Base):
    __tablename__ = "claims"
    __table_args__ = (
        UniqueConstraint("offer_id", "member_id", "slot", name="within_member_limit"),
        CheckConstraint("uses_left >= 0 AND uses_left <= uses_allowed", name="uses_within"),
        CheckConstraint("amount_left >= 0 AND amount_left <= amount", name="amount_within"),
        CheckConstraint(
            "slot IS NOT NULL OR member_limit IS NULL OR closed_reason = 'given_back'", name="slot_held"
        ),
        Index("ix_claims_member_id_state_expires_at", "member_id", "state", "expires_at"),
        Index("ix_claims_expires_at", "expires_at"),
        Index("ix_claims_member_id_state_closed_at_id", "member_id", "state", "closed_at", "id"),
        Index(
            "ix_claims_member_id_offer_id",
            "member_id",
            "offer_id",
            sqlite_where=_counts,
            postgresql_where=_counts,
        ),
    )
    id: Mapped[Id]
    reference: Mapped[str] = mapped_column(unique=True)
    offer_id: Mapped[int] = mapped_column(ForeignKey("offers.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    slot: Mapped[int | None]
    member_limit: Mapped[int | None]
    state: Mapped[str]
    closed_reason: Mapped[str | None]
    closed_at: Mapped[Instant | None]
    version: Mapped[int] = mapped_column(default=1)
    offer_version: Mapped[int]
    terms: Mapped[Document]
    zone: Mapped[str]
    claimed_at: Mapped[Instant]
    usable_from: Mapped[Instant | None]
    expires_at: Mapped[Instant | None]
    give_back_until: Mapped[Instant]
    uses_allowed: Mapped[int]
    uses_left: Mapped[int]
    amount: Mapped[int | None]
    amount_left: Mapped[int | None]
    active_until: Mapped[Instant | None]
    price_paid: Mapped[int]
    points_awarded: Mapped[int] = mapped_column(default=0)
    card_id: Mapped[int | None] = mapped_column(ForeignKey("cards.id"))
    grant_id: Mapped[int | None] = mapped_column(ForeignKey("grants.id"))
    source: Mapped[str] = mapped_column(default="member")
    external_id: Mapped[str | None]
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("claims.id"))
    locked_until: Mapped[Instant | None]
    lock_owner: Mapped[str | None]
    lock_store_id: Mapped[int | None] = mapped_column(ForeignKey("stores.id"))
    extended_at: Mapped[Instant | None]
    details: Mapped[Document | None] = mapped_column("metadata")
    # Known of a locked claim only: then it costs no statement, and is not older than the lock.
    is_limited: Mapped[bool] = column_property(
        select(LIMITED).where(Offer.id == offer_id).correlate_except(Offer).scalar_subquery(),
        deferred=True,
        raiseload=True,
    )

    @cached_property
    def promised(self) -> FrozenTerms:
        """The frozen terms, as a value; nothing ever rewrites them."""
        return FrozenTerms.model_validate(self.terms)

    @property
    def begins(self) -> datetime | None:
        """From when it works; older claims know only the use clock they were promised."""
        return self.usable_from or self.promised.use_from


@dataclass(frozen=True)
class Moment:
    """What a reading needs of a claim; any row with these columns can be read."""

    state: str
    closed_reason: str | None
    expires_at: datetime | None
    uses_allowed: int
    uses_left: int
    use_from: datetime | None
    banned_until: datetime | None = None
    active_until: datetime | None = None
    is_whole: bool = True


def reading(claim: Moment, now: datetime) -> Reading:
    """What the claim is at that moment. Expiry is a fact of time; a late sweep changes nothing here.

    An active window that has begun runs to its end, whatever else ends meanwhile.
    """
    if is_active(claim.active_until, now):
        return Reading.ACTIVE
    if claim.state == State.CLOSED:
        return _READS.get(Closed(claim.closed_reason or Closed.EXPIRED), Reading.EXPIRED)
    if claim.state == State.PENDING:
        return Reading.PENDING
    if claim.expires_at is not None and now >= claim.expires_at:
        return Reading.EXPIRED
    if members.is_banned(claim.banned_until, now):
        return Reading.HELD
    if claim.use_from is not None and now < claim.use_from:
        return Reading.LATER
    untouched = claim.is_whole and claim.uses_left == claim.uses_allowed
    return Reading.READY if untouched else Reading.PART_USED


def is_active(active_until: datetime | None, now: datetime) -> bool:
    """Whether a use in the store is being served: its window ends by itself."""
    return active_until is not None and now < active_until


def moment(claim: Claim, banned_until: datetime | None = None) -> Moment:
    """The part of a claim that its reading depends on."""
    return Moment(
        claim.state,
        claim.closed_reason,
        claim.expires_at,
        claim.uses_allowed,
        claim.uses_left,
        claim.begins,
        banned_until,
        claim.active_until,
        claim.amount_left == claim.amount,
    )


def can_be_given_back(claim: Claim, now: datetime) -> bool:
    """Whether the member may still return it unused. A partner's code, once shown, is spent unless voided."""
    shown = shows_partner_code(claim.promised) and not claim.promised.partner_voids
    return is_untouched(claim, now) and now < claim.give_back_until and not shown


def is_untouched(claim: Claim, now: datetime) -> bool:
    """Whether it is open, alive, and nothing of it was ever used."""
    whole = claim.uses_left == claim.uses_allowed and claim.amount_left == claim.amount
    alive = claim.expires_at is None or now < claim.expires_at
    return claim.state == State.CLAIMED and whole and alive


def has_code(promised: FrozenTerms) -> bool:
    """Whether the claim shows a code, ours or a partner's; a free play has none."""
    return promised.code_mode != CodeMode.NONE


def shows_partner_code(promised: FrozenTerms) -> bool:
    """Whether the member has seen a code that somebody else would honour too."""
    return not (promised.store_code is None and promised.online_code is None and promised.pool_id is None)


# Every claim but those undone; of one that was handed over, the one that came of it.
TAKEN = func.coalesce(Claim.closed_reason, "").not_in([*UNDONE, Closed.TRANSFERRED])
_OF_MEMBER = select(Claim).where(Claim.member_id == bindparam("of_member"))
_ONE = _OF_MEMBER.where(Claim.reference == bindparam("with_reference"))
_LOCKED = (
    select(Claim)
    .options(undefer(Claim.is_limited))
    .where(Claim.id == bindparam("with_id"))
    .with_for_update()
    .execution_options(populate_existing=True)
)


def find(session: Session, member_id: int, reference: str) -> Claim | None:
    """This member's claim with that reference; anybody else's is not there."""
    return session.scalar(_ONE, {"of_member": member_id, "with_reference": reference})


def locked(session: Session, claim_id: int) -> Claim:
    """The claim as it is now, locked until the transaction ends."""
    return session.scalars(_LOCKED, {"with_id": claim_id}).one()


def holding_stock(session: Session, offer_id: int) -> int:
    """How many of an offer are taken: every claim but those undone, one that was handed over once."""
    held = select(func.count()).where(Claim.offer_id == offer_id, TAKEN)
    return session.scalar(held) or 0
