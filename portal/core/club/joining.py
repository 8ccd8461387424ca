"""Joining: what somebody typed waits for their address to be proved; only then are they a member."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.core.base import Base, Entropy, Id, Instant, insert_or_none
from portal.core.club import accounts, cards, consents, members, tiers
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
    language: Mapped[str]
    terms_version: Mapped[str]
    marketing: Mapped[bool]
    source: Mapped[str]
    offer_id: Mapped[int | None] = mapped_column(ForeignKey("offers.id"))
    offer_version: Mapped[int | None]
    asked_at: Mapped[Instant] = mapped_column(index=True)


@dataclass(frozen=True)
class Wish:
    """What somebody typed who wants to join; `offer` and `version` are what the page showed them."""

    email: str
    name: str
    language: str
    terms_version: str
    marketing: bool
    source: str
    offer_id: int | None = None
    offer_version: int | None = None


@dataclass(frozen=True)
class Joined:
    """Who somebody has become, or was before, and the offer they came for."""

    account_id: int
    member_id: int
    is_new: bool
    offer_id: int | None
    offer_version: int | None


def ask(session: Session, wish: Wish, now: datetime) -> int:
    """Keep the wish until the address is proved; the same for an address that is known already."""
    asked = Joining(
        email=accounts.tidy_email(wish.email),
        name=wish.name,
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

    The caller opens the balance of a new member. Nothing of an existing one changes. None where the club
    has closed that address.
    """
    asked = session.get_one(Joining, joining_id)
    account = _account(session, asked, now)
    if account.closed_at is not None:
        return None
    member_id = _enrol(session, asked, account.id, now)
    if member_id is None:
        earlier = members.of_account(session, account.id)
        assert earlier is not None
        return Joined(account.id, earlier.id, False, asked.offer_id, asked.offer_version)
    cards.issue(session, member_id, now=now, entropy=entropy)
    _agree(session, asked, member_id, now)
    timeline.add(session, Happening.JOINED, member_id=member_id, facts={"source": asked.source}, now=now)
    return Joined(account.id, member_id, True, asked.offer_id, asked.offer_version)


def _account(session: Session, asked: Joining, now: datetime) -> Account:
    values = {"email": asked.email, "name": asked.name, "opened_at": now}
    insert_or_none(session, Account, values, unique=["email"])
    return session.scalars(select(Account).where(Account.email == asked.email)).one()


def _enrol(session: Session, asked: Joining, account_id: int, now: datetime) -> int | None:
    values = {
        "account_id": account_id,
        "name": asked.name,
        "tier_id": tiers.first_id(session),
        "language": asked.language,
        "joined_at": now,
    }
    row = insert_or_none(session, Member, values, unique=["account_id"])
    return None if row is None else int(row.id)


def _agree(session: Session, asked: Joining, member_id: int, now: datetime) -> None:
    """Terms and being written to are two answers; both are kept, also a no."""
    source, at = asked.source, asked.asked_at
    version = asked.terms_version
    consents.record(session, member_id, Consent.TERMS, given=True, version=version, source=source, now=at)
    consents.record(session, member_id, Consent.MARKETING, given=asked.marketing, source=source, now=at)
