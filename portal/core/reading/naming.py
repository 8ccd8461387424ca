"""Things of ours found by the names that people give them in lists."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core.claims.claims import Claim
from portal.core.club.cards import Card
from portal.core.club.members import Member
from portal.core.club.vendor_ids import Named
from portal.core.offers.offers import Offer

_BY_NAME = {
    Named.OFFER: (Offer.id, Offer.slug),
    Named.MEMBER: (Member.id, Member.external_id),
    Named.CARD: (Card.id, Card.number),
    Named.CLAIM: (Claim.id, Claim.reference),
}


def id_of(session: Session, kind: Named, name: str) -> int | None:
    """The id of an offer by slug, a member by external id, a card by number, a claim by reference."""
    found, named = _BY_NAME[kind]
    return session.scalar(select(found).where(named == name))
