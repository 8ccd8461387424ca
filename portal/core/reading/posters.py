"""What a poster or a link to joining says of an offer to somebody who is no member yet."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from portal.core.offers.offers import Offer
from portal.core.reading import catalogue
from portal.core.refusals import OfferEnded, OfferNotFound, OfferUnavailable

# Of these there is nothing to say on a poster; what else stands in the way is for the offer's own page.
_OVER = (OfferNotFound, OfferUnavailable, OfferEnded)


@dataclass(frozen=True)
class Poster:
    """An offer by name; `is_theirs` where joining is all it takes, `version` is what the reader has seen."""

    offer_id: int
    slug: str
    version: int
    title: str
    is_theirs: bool


def poster(session: Session, slug: str, language: str, now: datetime) -> Poster | None:
    """The offer, if it is out and has not ended, in words of that language if it has any."""
    item = catalogue.for_newcomer(session, slug, language, now)
    if item is None or isinstance(item.eligibility.refusal, _OVER):
        return None
    offer, is_theirs = item.offer, item.eligibility.refusal is None and not item.terms.points_cost
    return Poster(offer.id, offer.slug, offer.version, offer.title, is_theirs)


def slug_of(session: Session, offer_id: int) -> str:
    """The handle of an offer."""
    return session.get_one(Offer, offer_id).slug
