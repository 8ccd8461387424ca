"""An offer's words in each language, and which of them somebody reads."""

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session, aliased
from sqlalchemy.sql.elements import ColumnElement

from portal.core.offers.offers import OfferText

# What is read where an offer has no words in the reader's own language.
FALLBACK = "en"

_Any = aliased(OfferText)


def read_in(language: ColumnElement[str], offer_id: ColumnElement[int]) -> ColumnElement[bool]:
    """Joins an offer to its words in a language; to the fallback's without any, else to those there are."""

    def among(*which: ColumnElement[bool]) -> ColumnElement[str]:
        found = select(func.min(_Any.language)).where(_Any.offer_id == offer_id, *which)
        return found.correlate_except(_Any).scalar_subquery()

    best = func.coalesce(among(_Any.language == language), among(_Any.language == FALLBACK), among())
    return and_(OfferText.offer_id == offer_id, OfferText.language == best)


def find(session: Session, offer_id: int, language: str = FALLBACK) -> OfferText | None:
    """The offer's words in exactly that language."""
    return session.get(OfferText, (offer_id, language))
