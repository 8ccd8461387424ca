"""What a mail needs to know when it is sent: to whom, about what, and whether there is still a reason to."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from portal.core.base import AnySelect
from portal.core.claims.claims import Claim, FrozenTerms, Moment, Reading, reading
from portal.core.club.accounts import Account
from portal.core.club.joining import Joining
from portal.core.club.links import MailCode
from portal.core.club.members import Member


@dataclass(frozen=True)
class To:
    """Whom to write to, by the name that they gave us themselves, and in which language."""

    email: str
    name: str
    language: str


@dataclass(frozen=True)
class ToSignIn:
    """A way in that somebody waits for; `is_known` where the address is a member's already."""

    to: To
    seed: str
    key_version: int
    ends_at: datetime
    used_at: datetime | None
    is_known: bool


@dataclass(frozen=True)
class AboutClaim:
    """A claim as its owner is told of it; never its code."""

    to: To
    member_id: int
    reference: str
    promised: FrozenTerms
    reading: Reading
    zone: str
    expires_at: datetime | None
    wants_reminders: bool


_CODE = (MailCode.seed, MailCode.key_version, MailCode.ends_at, MailCode.used_at)
_TO_ACCOUNT = (
    select(Account.email, Member.name, Member.language, *_CODE, Member.id.label("member_id"))
    .select_from(MailCode)
    .join(Account, and_(Account.id == MailCode.account_id, Account.closed_at.is_(None)))
    .join(Member, Member.account_id == Account.id)
)
_TO_NEWCOMER = (
    select(Joining.email, Member.name, Joining.language, *_CODE, Member.id.label("member_id"))
    .select_from(MailCode)
    .join(Joining, Joining.id == MailCode.joining_id)
    .outerjoin(Account, Account.email == Joining.email)
    .outerjoin(Member, Member.account_id == Account.id)
    .where(Account.closed_at.is_(None))
)
_CLAIM = (
    select(Claim, Account.email, Member)
    .join(Member, Member.id == Claim.member_id)
    .join(Account, and_(Account.id == Member.account_id, Account.closed_at.is_(None)))
)


def sign_in(session: Session, mail_code_id: int) -> ToSignIn | None:
    """A member wants to sign in."""
    return _to_sign_in(session, _TO_ACCOUNT.where(MailCode.id == mail_code_id))


def joining(session: Session, mail_code_id: int) -> ToSignIn | None:
    """Somebody wants to join, who may be a member without remembering it."""
    return _to_sign_in(session, _TO_NEWCOMER.where(MailCode.id == mail_code_id))


def claim(session: Session, reference: str, now: datetime) -> AboutClaim | None:
    """A claim whose owner has an address."""
    row = session.execute(_CLAIM.where(Claim.reference == reference)).one_or_none()
    if row is None:
        return None
    held, email, member = row
    promised = held.promised
    moment = Moment(
        held.state,
        held.closed_reason,
        held.expires_at,
        held.uses_allowed,
        held.uses_left,
        held.begins,
        member.banned_until,
    )
    return AboutClaim(
        To(email, member.name, member.language),
        member.id,
        reference,
        promised,
        reading(moment, now),
        held.zone,
        held.expires_at,
        member.reminders,
    )


def _to_sign_in(session: Session, statement: AnySelect) -> ToSignIn | None:
    row = session.execute(statement).one_or_none()
    if row is None or row.seed is None:
        return None
    # What a stranger typed as a name is no business of whoever has that address.
    to = To(row.email, row.name or "", row.language)
    return ToSignIn(to, row.seed, row.key_version, row.ends_at, row.used_at, row.member_id is not None)
