"""Joining: what somebody typed waits for their address to be proved; only then are they a member."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ForeignKey, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.core.base import Base, Entropy, Id, Instant, insert_or_none
from portal.core.club import accounts, cards, consents, members, taking_over, tiers
from portal.core.club.accounts import Account
from portal.core.club.consents import Consent
from portal.core.club.members import Member
from portal.core.records import timeline
from portal.core.records.timeline import Happening


class Joining(Base):
    """A wish to join; swept away a day later, when it has become a member or has not."""

    __tablename__ = "joinings"
    id: Mapped[Id]
    email: Mapped[str]
    name: Mapped[str]
    phone: Mapped[str | None]
    card: Mapped[str | None]
    language: Mapped[str]
    terms_version: Mapped[str]
    marketing: Mapped[bool]
    source: Mapped[str]
    offer_id: Mapped[int | None] = mapped_column(ForeignKey("offers.id"))
    offer_version: Mapped[int | None]
    asked_at: Mapped[Instant] = mapped_column(index=True)


@dataclass(frozen=True)
class Wish:
    """What somebody typed who wants to join; `offer` and `version` are what the page showed them.

    The phone is tidy already, `card` is the number of one that a store gave them.
    """

    email: str
    name: str
    language: str
    terms_version: str
    marketing: bool
    source: str
    offer_id: int | None = None
    offer_version: int | None = None
    phone: str | None = None
    card: str | None = None


@dataclass(frozen=True)
class Joined:
    """Who somebody has become, or was before, and the offer they came for.

    `has_card` says what came of the card that they named, if they named one: it is theirs now, or is not.
    """

    account_id: int
    member_id: int
    is_new: bool
    offer_id: int | None
    offer_version: int | None
    has_card: bool | None = None


def ask(session: Session, wish: Wish, now: datetime) -> int:
    """Keep the wish until the address is proved; the same for an address that is known already."""
    asked = Joining(
        email=accounts.tidy_email(wish.email),
        name=wish.name,
        phone=wish.phone,
        card=wish.card,
        language=wish.language,
        terms_version=wish.terms_version,
        marketing=wish.marketing,
        source=wish.source,
        offer_id=wish.offer_id,
        offer_version=wish.offer_version,
        asked_at=now,
    )
    session.add(asked)
    session.flush()
    return asked.id


def complete(session: Session, joining_id: int, *, now: datetime, entropy: Entropy) -> Joined | None:
    """The address is proved: an account, a member and a card, unless they are there.

    The caller opens the balance of a new member. Nothing of an existing one changes, unless the card that was
    named is that of a member without an account, who is this one then. None where the club has closed that
    address.
    """
    asked = session.get_one(Joining, joining_id)
    account = _account(session, asked, now)
    if account.closed_at is not None:
        return None
    earlier = members.of_account(session, account.id)
    if earlier is None and asked.card:
        taken = taking_over.take_over(session, account.id, asked.card, asked.name)
        if taken is not None:
            _tell(session, asked, taken)
            _agree(session, asked, taken, now)
            return _joined(asked, account.id, taken, is_new=False, has_card=True)
    member_id = None if earlier else _enrol(session, asked, account.id, now)
    if member_id is None:
        earlier = earlier or members.of_account(session, account.id)
        assert earlier is not None
        return _joined(asked, account.id, earlier.id, is_new=False)
    cards.issue(session, member_id, now=now, entropy=entropy)
    _agree(session, asked, member_id, now)
    timeline.add(session, Happening.JOINED, member_id=member_id, facts={"source": asked.source}, now=now)
    return _joined(asked, account.id, member_id, is_new=True)


def _joined(
    asked: Joining, account_id: int, member_id: int, *, is_new: bool, has_card: bool = False
) -> Joined:
    named = has_card if asked.card else None
    return Joined(account_id, member_id, is_new, asked.offer_id, asked.offer_version, named)


def _account(session: Session, asked: Joining, now: datetime) -> Account:
    values = {"email": asked.email, "name": asked.name, "opened_at": now}
    insert_or_none(session, Account, values, unique=["email"])
    return session.scalars(select(Account).where(Account.email == asked.email)).one()


def _enrol(session: Session, asked: Joining, account_id: int, now: datetime) -> int | None:
    values = {
        "account_id": account_id,
        "name": asked.name,
        "phone": asked.phone,
        "tier_id": tiers.first_id(session),
        "language": asked.language,
        "joined_at": now,
    }
    row = insert_or_none(session, Member, values, unique=["account_id"])
    return None if row is None else int(row.id)


def _tell(session: Session, asked: Joining, member_id: int) -> None:
    """What the member of a card has told now; a phone that was known stays unless there is another."""
    told = {"language": asked.language} | ({"phone": asked.phone} if asked.phone else {})
    session.execute(
        update(Member).where(Member.id == member_id).values(told).execution_options(synchronize_session=False)
    )


def _agree(session: Session, asked: Joining, member_id: int, now: datetime) -> None:
    """Terms and being written to are two answers; both are kept, also a no."""
    source, at = asked.source, asked.asked_at
    version = asked.terms_version
    consents.record(session, member_id, Consent.TERMS, given=True, version=version, source=source, now=at)
    consents.record(session, member_id, Consent.MARKETING, given=asked.marketing, source=source, now=at)
