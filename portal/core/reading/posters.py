"""What a poster or a link to joining says of an offer to somebody who is no member yet."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from portal.core.offers.offers import Offer
from portal.core.reading import catalogue
from portal.core.reading.catalogue import ShelfItem
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
    item = tellable_item(session, slug, language, now)
    if item is None:
        return None
    offer = item.offer
    return Poster(offer.id, offer.slug, offer.version, offer.title, is_theirs(item))


def tellable(session: Session, language: str, now: datetime) -> list[ShelfItem]:
    """Every offer that a poster can tell of, as a newcomer meets it."""
    return [item for item in catalogue.for_newcomers(session, language, now) if not _is_over(item)]


def tellable_item(session: Session, slug: str, language: str, now: datetime) -> ShelfItem | None:
    """One of them."""
    item = catalogue.for_newcomer(session, slug, language, now)
    return None if item is None or _is_over(item) else item


def is_theirs(item: ShelfItem) -> bool:
    """Whether joining is all it takes."""
    return item.eligibility.refusal is None and not item.terms.points_cost


def slug_of(session: Session, offer_id: int) -> str:
    """The handle of an offer."""
    return session.get_one(Offer, offer_id).slug


def _is_over(item: ShelfItem) -> bool:
    return isinstance(item.eligibility.refusal, _OVER)
