"""A member by what people know of them: address, card number, or the id of the club's other system."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core.club import accounts, cards, members
from portal.core.club.members import Member


def by_mail_or_card(session: Session, word: str) -> int | None:
    """Whose address or card that is; a blocked card finds nobody."""
    word = word.strip()
    if "@" in word:
        account = accounts.by_email(session, word)
        member = None if account is None else members.of_account(session, account.id)
        return None if member is None else member.id
    card = cards.by_number(session, "".join(word.split()))
    return None if card is None or card.blocked_at is not None else card.member_id


def by_any(session: Session, word: str) -> int | None:
    """The same, or by external id."""
    found = by_mail_or_card(session, word)
    if found is not None:
        return found
    return session.scalar(select(Member.id).where(Member.external_id == word.strip()))
