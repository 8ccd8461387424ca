"""The roll of members, many at a time: who is known already, who is new, and what has changed about them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, case, select, update
from sqlalchemy.orm import Session

from portal.core import base
from portal.core.club.accounts import Account
from portal.core.club.cards import Card
from portal.core.club.members import Member
from portal.core.records.timeline import Happening, TimelineEvent


@dataclass(frozen=True)
class Known:
    """An account, a member or both in one, as the roll has them."""

    account_id: int | None
    email: str | None
    member_id: int | None
    external_id: str | None
    name: str | None
    tier_id: int | None


@dataclass(frozen=True)
class Newcomer:
    """Somebody who joins; `account_id` where their address signs them in already."""

    name: str
    external_id: str | None
    email: str | None
    account_id: int | None
    tier_id: int | None


_BOTH = select(
    Account.id.label("account_id"),
    Account.email,
    Member.id.label("member_id"),
    Member.external_id,
    Member.name,
    Member.tier_id,
)
_BY_EMAIL = (
    _BOTH.select_from(Account)
    .outerjoin(Member, Member.account_id == Account.id)
    .where(Account.email.in_(bindparam("emails", expanding=True)))
)
_BY_EXTERNAL_ID = (
    _BOTH.select_from(Member)
    .outerjoin(Account, Account.id == Member.account_id)
    .where(Member.external_id.in_(bindparam("external_ids", expanding=True)))
)
_OWNERS = select(Card.number, Card.member_id).where(Card.number.in_(bindparam("numbers", expanding=True)))
_members = Member.__table__.c
_other_tier = _members.tier_id.is_distinct_from(bindparam("new_tier_id"))
# A tier that a list gives holds through the year, like one that was earned the year before.
_CHANGE = (
    update(Member.__table__)  # type: ignore[arg-type]
    .where(Member.__table__.c.id == bindparam("of_member"))
    .values({name: bindparam(f"new_{name}") for name in ("name", "external_id", "tier_id", "account_id")})
    .values(
        tier_floor_id=case((_other_tier, bindparam("new_tier_id")), else_=_members.tier_floor_id),
        tier_floor_year=case((_other_tier, bindparam("year")), else_=_members.tier_floor_year),
        tier_year=case((_other_tier, 0), else_=_members.tier_year),
    )
)
_MOVE = update(Account).where(Account.id == bindparam("of_account")).values(email=bindparam("new_email"))


def known(session: Session, *, emails: Collection[str], external_ids: Collection[str]) -> set[Known]:
    """Everyone on the roll, or with an account, who has one of these."""
    rows = [
        *session.execute(_BY_EMAIL, {"emails": list(emails)}),
        *session.execute(_BY_EXTERNAL_ID, {"external_ids": list(external_ids)}),
    ]
    return {Known(*row) for row in rows}


def card_owners(session: Session, numbers: Collection[str]) -> dict[str, int]:
    """Whose cards these are; a number that nobody has is left out."""
    return dict(session.execute(_OWNERS, {"numbers": list(numbers)}).all())


def enrol(session: Session, newcomers: Sequence[Newcomer], *, now: datetime) -> list[int]:
    """Take newcomers on the roll, with an account for whoever has an address; answers their ids in order.

    Each has an external id or an address of their own. Their balances are for the caller to open.
    """
    signing_in = [(one.email, one.name) for one in newcomers if one.email and one.account_id is None]
    accounts = open_accounts(session, signing_in, now=now)
    rows = [
        {
            "account_id": accounts.get(one.email or "", one.account_id),
            "external_id": one.external_id,
            "name": one.name,
            "tier_id": one.tier_id,
            "tier_floor_id": one.tier_id,
            "tier_floor_year": _year(now),
            "joined_at": now,
        }
        for one in newcomers
    ]
    numbers = base.insert_numbered(session, Member, rows, key=["external_id", "account_id"])
    ids = [numbers[row["external_id"], row["account_id"]] for row in rows]
    joined = [
        {"member_id": one, "kind": Happening.JOINED.value, "facts": {}, "happened_at": now} for one in ids
    ]
    base.insert_many(session, TimelineEvent, joined)
    return ids


def open_accounts(session: Session, people: Sequence[tuple[str, str]], *, now: datetime) -> dict[str, int]:
    """Accounts without a job for (address, name) pairs; answers their ids by address."""
    rows = [{"email": email, "name": name, "opened_at": now} for email, name in people]
    numbers = base.insert_numbered(session, Account, rows, key=["email"])
    return {email: number for (email,), number in numbers.items()}


def change(session: Session, people: Sequence[Known], *, now: datetime) -> None:
    """Write name, external id, tier and account of members as given."""
    rows = [
        {
            "of_member": one.member_id,
            "new_name": one.name,
            "new_external_id": one.external_id,
            "new_tier_id": one.tier_id,
            "new_account_id": one.account_id,
            "year": _year(now),
        }
        for one in people
    ]
    if rows:
        session.connection().execute(_CHANGE, rows)


def change_emails(session: Session, addresses: Sequence[tuple[int, str]]) -> None:
    """Let accounts sign in with another address from now on."""
    rows = [{"of_account": account_id, "new_email": email} for account_id, email in addresses]
    if rows:
        session.connection().execute(_MOVE, rows)


def issue_cards(session: Session, cards: Sequence[tuple[int, str]], *, now: datetime) -> None:
    """Give members cards with these numbers."""
    rows = [{"member_id": member_id, "number": number, "issued_at": now} for member_id, number in cards]
    base.insert_many(session, Card, rows)


def _year(now: datetime) -> int:
    """The latest calendar year that it is anywhere: nobody loses a tier on the day it was given."""
    return (now + timedelta(hours=14)).year
