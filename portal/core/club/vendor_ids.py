"""What other systems call our offers, members, cards and claims: each id means one thing of ours."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, UniqueConstraint, bindparam, select
from sqlalchemy.orm import Mapped, Session

from portal.core.base import Base, Id, Instant, insert_or_none


class Vendor(StrEnum):
    """The systems whose calls the portal is to answer."""

    GAMIFYHOST = "gamifyhost"
    LOYALTY_LT = "loyalty_lt"
    OMNEO = "omneo"
    PLACEWISE = "placewise"
    SPAAZA = "spaaza"


class Named(StrEnum):
    """What is named."""

    OFFER = "offer"
    MEMBER = "member"
    CARD = "card"
    CLAIM = "claim"


class VendorId(Base):
    __tablename__ = "vendor_ids"
    __table_args__ = (
        UniqueConstraint("vendor", "kind", "value"),
        Index("ix_vendor_ids_vendor_kind_subject_id", "vendor", "kind", "subject_id"),
    )
    id: Mapped[Id]
    vendor: Mapped[str]
    kind: Mapped[str]
    value: Mapped[str]
    subject_id: Mapped[int]
    noted_at: Mapped[Instant]


_MEANT = select(VendorId.subject_id).where(
    VendorId.vendor == bindparam("vendor"),
    VendorId.kind == bindparam("kind"),
    VendorId.value == bindparam("value"),
)


def meant(session: Session, vendor: Vendor, kind: Named, value: str) -> int | None:
    """The id of ours that the vendor's id means, if it means anything."""
    return session.scalar(_MEANT, {"vendor": vendor, "kind": kind, "value": value})


def note(
    session: Session, vendor: Vendor, kind: Named, value: str, subject_id: int, *, now: datetime
) -> bool:
    """From now on that id means this; answers whether it is new. One that means another keeps its meaning."""
    row = {"vendor": vendor, "kind": kind, "value": value, "subject_id": subject_id, "noted_at": now}
    return insert_or_none(session, VendorId, row, unique=["vendor", "kind", "value"]) is not None
