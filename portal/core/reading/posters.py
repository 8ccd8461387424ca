"""What a poster or a link to joining says of an offer to somebody who is no member yet."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from portal.core.offers import windows
from portal.core.offers.offers import Offer, OfferText, Status


@dataclass(frozen=True)
class Poster:
    """An offer by name and price; the version is what its reader has seen."""

    offer_id: int
    slug: str
    version: int
    title: str
    points_cost: int


_ONE = select(Offer, OfferText.title).join(
    OfferText, and_(OfferText.offer_id == Offer.id, OfferText.language == "en")
)


def poster(session: Session, slug: str, now: datetime) -> Poster | None:
    """The offer, if it is out and has not ended."""
    row = session.execute(_ONE.where(Offer.slug == slug, Offer.status == Status.PUBLISHED)).one_or_none()
    if row is None:
        return None
    offer: Offer = row[0]
    seen = windows.has_begun(offer.visible_from, now) and not windows.is_over(offer.visible_to, now)
    if not seen or windows.is_over(offer.claim_to, now):
        return None
    return Poster(offer.id, offer.slug, offer.version, row.title, offer.points_cost)


def slug_of(session: Session, offer_id: int) -> str:
    """The handle of an offer."""
    return session.get_one(Offer, offer_id).slug
