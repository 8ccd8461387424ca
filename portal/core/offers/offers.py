"""What the club proposes: an offer with its texts per language, its stores and its terms."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, bindparam, delete, or_, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.core.base import Base, Documents, Id, Instant, Words
from portal.core.records import journal


class Status(StrEnum):
    """Draft → published → archived; published ⇄ paused. None of them takes a claim away."""

    DRAFT = "draft"
    PUBLISHED = "published"
    PAUSED = "paused"
    ARCHIVED = "archived"


class BenefitKind(StrEnum):
    """What the holder gets; `value` beside it is a whole per cent or minor units of the currency."""

    PERCENTAGE = "percentage"
    FIXED_AMOUNT = "fixed_amount"
    FREE_ITEM = "free_item"
    CASHBACK = "cashback"
    PERSONAL_PRICE = "personal_price"
    STORED_VALUE = "stored_value"
    ACCESS = "access"
    THIRD_PARTY = "third_party"


# Their value is a sum of money.
IN_MONEY = frozenset(
    {BenefitKind.FIXED_AMOUNT, BenefitKind.CASHBACK, BenefitKind.PERSONAL_PRICE, BenefitKind.STORED_VALUE}
)


class CodeMode(StrEnum):
    """Minted: our own is shown. Pool: a partner's instead. None: the claim closes when made, a free play.

    Provider: a partner's that an outside service makes after the claim, and that is kept in the pool.
    """

    MINTED = "minted"
    POOL = "pool"
    PROVIDER = "provider"
    NONE = "none"


class Presence(StrEnum):
    """Whether a member who uses a claim alone must type the code that the store's counter shows."""

    NONE = "none"
    OPTIONAL = "optional"
    REQUIRED = "required"


class Hue(StrEnum):
    """The eight papers a ticket can be printed on."""

    PLUM = "plum"
    RUST = "rust"
    OCHRE = "ochre"
    MOSS = "moss"
    PINE = "pine"
    PETROL = "petrol"
    SLATE = "slate"
    IRIS = "iris"


_ABOVE_NOTHING = (
    "uses_per_member",
    "uses_per_period",
    "redemptions_in_all",
    "redemptions_per_store",
    "redemptions_per_store_day",
    "budget",
    "use_cost",
)


class Offer(Base):
    __tablename__ = "offers"
    __table_args__ = (
        CheckConstraint("points_cost >= 0", name="cost_not_negative"),
        CheckConstraint("per_member IS NULL OR per_member > 0", name="limit_positive"),
        CheckConstraint("uses_per_claim > 0", name="uses_positive"),
        CheckConstraint("per_period > 0", name="period_limit_positive"),
        CheckConstraint(
            "(per_period IS NULL) = (period IS NULL) "
            "AND (period IS NULL OR period IN ('day', 'week', 'month'))",
            name="period_limit_complete",
        ),
        *(CheckConstraint(f"{name} > 0", name=f"{name}_positive") for name in _ABOVE_NOTHING),
        CheckConstraint(
            "(uses_per_period IS NULL) = (uses_period IS NULL) "
            "AND (uses_period IS NULL OR uses_period IN ('day', 'week', 'month'))",
            name="uses_in_a_period_complete",
        ),
        CheckConstraint("starts_after_days > 0", name="delay_in_days_positive"),
        CheckConstraint("starts_after_minutes > 0", name="delay_in_minutes_positive"),
    )
    id: Mapped[Id]
    slug: Mapped[str] = mapped_column(unique=True)
    status: Mapped[str] = mapped_column(default=Status.DRAFT)
    version: Mapped[int] = mapped_column(default=1)
    hue: Mapped[str] = mapped_column(default=Hue.SLATE)
    benefit_kind: Mapped[str]
    benefit_value: Mapped[int | None]
    product: Mapped[str | None]
    minimum_purchase: Mapped[int | None]
    combines: Mapped[bool] = mapped_column(default=True)
    till_key: Mapped[str | None]
    points_cost: Mapped[int] = mapped_column(default=0)
    points_value: Mapped[int | None]
    # Off: the points are only noted, for the system that gives them itself.
    credits_award: Mapped[bool] = mapped_column(default=True)
    presence_points: Mapped[int | None]
    minimum_tier_id: Mapped[int | None] = mapped_column(ForeignKey("tiers.id"))
    stock: Mapped[int | None]
    per_member: Mapped[int | None]
    per_period: Mapped[int | None]
    period: Mapped[str | None]
    uses_per_member: Mapped[int | None]
    uses_per_period: Mapped[int | None]
    uses_period: Mapped[str | None]
    redemptions_in_all: Mapped[int | None]
    redemptions_per_store: Mapped[int | None]
    redemptions_per_store_day: Mapped[int | None]
    budget: Mapped[int | None]
    use_cost: Mapped[int | None]
    uses_per_claim: Mapped[int] = mapped_column(default=1)
    visible_from: Mapped[Instant | None]
    visible_to: Mapped[Instant | None]
    claim_from: Mapped[Instant | None]
    claim_to: Mapped[Instant | None]
    use_from: Mapped[Instant | None]
    use_to: Mapped[Instant | None]
    zone: Mapped[str]
    valid_days: Mapped[int | None]
    starts_after_days: Mapped[int | None]
    starts_after_minutes: Mapped[int | None]
    timeframes: Mapped[Documents] = mapped_column(default=list)
    give_back_minutes: Mapped[int] = mapped_column(default=15)
    code_mode: Mapped[str] = mapped_column(default=CodeMode.MINTED)
    store_code: Mapped[str | None]
    online_code: Mapped[str | None]
    # A code of this pool goes to each claim: instead of ours where the mode is pool, else beside it.
    pool_id: Mapped[int | None] = mapped_column(ForeignKey("pools.id"))
    partner_voids: Mapped[bool] = mapped_column(default=False)
    view_condition: Mapped[str | None]
    audience: Mapped[str | None]
    new_member_days: Mapped[int | None]
    birthday_month: Mapped[bool] = mapped_column(default=False)
    self_claim: Mapped[bool] = mapped_column(default=True)
    member_redeem: Mapped[bool] = mapped_column(default=False)
    presence: Mapped[str] = mapped_column(default=Presence.NONE)
    active_minutes: Mapped[int] = mapped_column(default=15)
    all_stores: Mapped[bool] = mapped_column(default=True)
    category: Mapped[str | None]
    featured: Mapped[bool] = mapped_column(default=False)
    public: Mapped[bool] = mapped_column(default=False)
    tags: Mapped[Words] = mapped_column(default=list)
    named_only: Mapped[bool] = mapped_column(default=False)
    auto_claim: Mapped[bool] = mapped_column(default=False)
    assignable: Mapped[bool] = mapped_column(default=True)
    grant_on: Mapped[str | None]
    grant_after: Mapped[int | None]
    reclaimable: Mapped[bool] = mapped_column(default=False)
    reassignable: Mapped[bool] = mapped_column(default=False)
    extend_days: Mapped[int | None]
    created_at: Mapped[Instant]
    updated_at: Mapped[Instant]


# Whether redemptions of the offer are counted under a limit.
LIMITED = or_(
    Offer.uses_per_member.is_not(None),
    Offer.uses_per_period.is_not(None),
    Offer.redemptions_in_all.is_not(None),
    Offer.redemptions_per_store.is_not(None),
    Offer.redemptions_per_store_day.is_not(None),
    Offer.budget.is_not(None),
)


class OfferText(Base):
    __tablename__ = "offer_texts"
    offer_id: Mapped[int] = mapped_column(ForeignKey("offers.id"), primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    short: Mapped[str] = mapped_column(default="")
    long: Mapped[str] = mapped_column(default="")
    terms: Mapped[str] = mapped_column(default="")
    how_store: Mapped[str] = mapped_column(default="")
    how_online: Mapped[str] = mapped_column(default="")
    how_earn: Mapped[str] = mapped_column(default="")


class OfferStore(Base):
    __tablename__ = "offer_stores"
    offer_id: Mapped[int] = mapped_column(ForeignKey("offers.id"), primary_key=True)
    store_id: Mapped[int] = mapped_column(ForeignKey("stores.id"), primary_key=True, index=True)


_NEXT: dict[Status, frozenset[Status]] = {
    Status.DRAFT: frozenset({Status.PUBLISHED, Status.ARCHIVED}),
    Status.PUBLISHED: frozenset({Status.PAUSED, Status.ARCHIVED}),
    Status.PAUSED: frozenset({Status.PUBLISHED, Status.ARCHIVED}),
    Status.ARCHIVED: frozenset(),
}
_ID_OF = select(Offer.id).where(Offer.slug == bindparam("with_slug"))
# Where an offer lies on the shelf and who may look at it: nothing that a claim promises.
PLACING = frozenset({"category", "featured", "public", "tags"})


def by_slug(session: Session, slug: str) -> Offer | None:
    """The offer with that handle, whatever its status."""
    return session.scalar(select(Offer).where(Offer.slug == slug))


def id_of(session: Session, slug: str) -> int | None:
    """The id behind a handle."""
    return session.scalar(_ID_OF, {"with_slug": slug})


def store_ids_of(session: Session, offer_id: int) -> set[int]:
    """Where the offer is bound to; none means every store."""
    return set(session.scalars(select(OfferStore.store_id).where(OfferStore.offer_id == offer_id)))


def may_become(status: str, wanted: Status) -> bool:
    """Whether an offer may go from one status to the other."""
    return wanted == status or wanted in _NEXT[Status(status)]


def add(session: Session, offer: Offer, text: OfferText, *, by: int | None) -> Offer:
    """A new offer with its words; nobody has claimed it yet, so it is its first version."""
    session.add(offer)
    session.flush()
    text.offer_id = offer.id
    session.add(text)
    journal.add(
        session,
        "offer_created",
        f"offer:{offer.slug}",
        now=offer.created_at,
        account_id=by,
        facts={"status": offer.status},
    )
    session.flush()
    return offer


def set_stores(session: Session, offer: Offer, store_ids: Sequence[int]) -> None:
    """Where the offer works from now on; an empty list means every store. Claims made before keep theirs."""
    session.execute(delete(OfferStore).where(OfferStore.offer_id == offer.id))
    offer.all_stores = not store_ids
    session.add_all(OfferStore(offer_id=offer.id, store_id=store_id) for store_id in store_ids)


def set_status(
    session: Session,
    offer: Offer,
    status: Status,
    *,
    now: datetime,
    by: int | None,
    reason: str | None = None,
) -> None:
    """Publish, pause, resume or archive; the claims members hold are not touched."""
    offer.status = status
    touch(session, offer, now)
    journal.add(
        session, f"offer_{status.value}", f"offer:{offer.slug}", now=now, account_id=by, reason=reason
    )


def touch(session: Session, offer: Offer, now: datetime) -> None:
    """Mark the terms as changed: who looked at the older ones is asked to look again before claiming."""
    offer.updated_at = now
    session.flush()
    session.execute(
        update(Offer)
        .where(Offer.id == offer.id)
        .values(version=Offer.version + 1)
        .execution_options(synchronize_session="evaluate")
    )
