"""The picture of an offer: one, in the database, known by what it holds."""

from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from sqlalchemy import CheckConstraint, ForeignKey, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.core.base import Base
from portal.core.offers.offers import Offer
from portal.core.records import journal


@dataclass(frozen=True)
class Picture:
    """An image as it is kept and sent; whoever makes one has decoded and written it anew."""

    kind: str
    width: int
    height: int
    body: bytes = field(repr=False)


class OfferImage(Base):
    __tablename__ = "offer_images"
    __table_args__ = (CheckConstraint("width > 0 AND height > 0", name="has_a_size"),)
    offer_id: Mapped[int] = mapped_column(ForeignKey("offers.id"), primary_key=True)
    kind: Mapped[str]
    body: Mapped[bytes] = mapped_column("bytes")
    width: Mapped[int]
    height: Mapped[int]
    sha256: Mapped[str]


def of_offer(session: Session, offer_id: int, named: str) -> bytes | None:
    """The picture with that name, if the offer still shows it."""
    one = select(OfferImage.body).where(OfferImage.offer_id == offer_id, OfferImage.sha256 == named)
    return session.scalar(one)


def show(session: Session, offer: Offer, picture: Picture, *, now: datetime, by: int | None) -> bool:
    """Give the offer its picture, in place of the one it had; False where it is the same."""
    named = sha256(picture.body).hexdigest()
    if of_offer(session, offer.id, named) is not None:
        return False
    _drop(session, offer)
    image = OfferImage(offer_id=offer.id, kind=picture.kind, body=picture.body, sha256=named)
    image.width, image.height = picture.width, picture.height
    session.add(image)
    session.flush()
    _note(session, offer, "offer_image_set", now, by)
    return True


def remove(session: Session, offer: Offer, *, now: datetime, by: int | None) -> bool:
    """Take the picture away; False where there was none."""
    if not _drop(session, offer):
        return False
    _note(session, offer, "offer_image_removed", now, by)
    return True


def _drop(session: Session, offer: Offer) -> bool:
    gone = delete(OfferImage).where(OfferImage.offer_id == offer.id).returning(OfferImage.offer_id)
    return session.execute(gone).one_or_none() is not None


def _note(session: Session, offer: Offer, act: str, now: datetime, by: int | None) -> None:
    """In the journal only: a picture is no term, so the offer keeps its version."""
    journal.add(session, act, f"offer:{offer.slug}", now=now, account_id=by)
