"""A card that the store gave out, taken over by the person it was given to, once they have an address."""

import unicodedata

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal.core.club import cards
from portal.core.club.members import Member

_ENOUGH_WORDS = 2


def take_over(session: Session, account_id: int, number: str, name: str) -> int | None:
    """Let the account be that of the card's member, who must have none and be called so; answers the member.

    None for every other card, and nothing tells why: a number alone can be guessed.
    """
    card = cards.by_number(session, "".join(number.split()))
    if card is None or card.blocked_at is not None:
        return None
    known = session.scalar(select(Member.name).where(Member.id == card.member_id))
    if known is None or not is_called(name, known):
        return None
    taken = (
        update(Member)
        .where(Member.id == card.member_id, Member.account_id.is_(None))
        .values(account_id=account_id)
        .returning(Member.id)
    )
    return session.scalar(taken.execution_options(synchronize_session=False))


def is_called(typed: str, known: str) -> bool:
    """Whether that is the name on file, in any order and case; a middle name may be left out."""
    said, there = _words(typed), _words(known)
    return bool(said) and (said == there or (len(said) >= _ENOUGH_WORDS and said <= there))


def _words(name: str) -> frozenset[str]:
    plain = "".join(one for one in unicodedata.normalize("NFKD", name) if not unicodedata.combining(one))
    kept = "".join(one if one.isalnum() else " " for one in plain.casefold())
    return frozenset(kept.split())
