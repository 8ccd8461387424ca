"""Who is at the door: a cookie's token answered with the person, in one statement a request."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, bindparam, func, select
from sqlalchemy.orm import Session, aliased

from portal.core.club import sign_ins
from portal.core.club.accounts import Account, Role
from portal.core.club.members import Member
from portal.core.club.sign_ins import IDLE_LOCK, Face, SignIn
from portal.core.club.stores import StaffStore, Store, Till
from portal.core.club.tiers import Tier
from portal.core.offers.audience.people import Person
from portal.core.points.balances import Balance
from portal.core.points.lots import Lot


@dataclass(frozen=True)
class MemberHere:
    """The member who is looking at the page, with what every page of theirs shows."""

    sign_in_id: int
    member_id: int
    name: str
    language: str
    balance: int
    banned_until: datetime | None
    ban_reason: str | None
    tier_rank: int
    tier_name: str | None
    tier_hue: str | None
    theme: str
    person: Person | None = None


@dataclass(frozen=True)
class StaffHere:
    """The device of a store, who signed it in, and who acts at it now."""

    sign_in_id: int
    account_id: int
    name: str
    role: Role
    till_id: int | None
    till_name: str | None
    store_id: int | None
    store_name: str | None
    store_zone: str | None
    store_auto_redeem: bool
    acting_id: int | None
    acting_name: str | None
    acting_since: datetime | None
    acted_at: datetime | None
    store_code: str | None

    def is_locked(self, now: datetime) -> bool:
        """Whether a PIN is asked for before anything else."""
        return self.acting_id is None or self.acted_at is None or now - self.acted_at >= IDLE_LOCK


_LIVE = and_(
    SignIn.token_hash == bindparam("token_hash"),
    SignIn.face == bindparam("face"),
    SignIn.ended_at.is_(None),
    SignIn.ends_at > bindparam("now"),
)
_DEAD = (
    select(func.coalesce(func.sum(Lot.remaining), 0))
    .where(Lot.member_id == Member.id, Lot.remaining > 0, Lot.expires_at <= bindparam("now"))
    .correlate(Member)
    .scalar_subquery()
)
_MEMBER = (
    select(
        SignIn.id,
        Member.id,
        Member.name,
        Member.language,
        Balance.balance - _DEAD,
        Member.banned_until,
        Member.ban_reason,
        Tier.rank,
        Tier.name,
        Tier.hue,
        Member.theme,
        Member.profile,
        Tier.code,
        Member.joined_at,
    )
    .join(Account, and_(Account.id == SignIn.account_id, Account.closed_at.is_(None)))
    .join(Member, Member.account_id == Account.id)
    .join(Balance, Balance.member_id == Member.id)
    .outerjoin(Tier, Tier.id == Member.tier_id)
    .where(_LIVE)
)
_Acting = aliased(Account)
_AtHome = aliased(StaffStore)
_STAFF = (
    select(
        SignIn.id,
        Account.id,
        Account.name,
        Account.role,
        Till.id,
        Till.name,
        Store.id,
        Store.name,
        Store.zone,
        Store.auto_redeem,
        _Acting.id,
        _Acting.name,
        SignIn.acting_since,
        SignIn.acted_at,
        Store.code,
    )
    .join(Account, and_(Account.id == SignIn.account_id, Account.closed_at.is_(None)))
    .outerjoin(Till, Till.id == SignIn.till_id)
    .outerjoin(Store, Store.id == Till.store_id)
    .outerjoin(_AtHome, and_(_AtHome.account_id == SignIn.acting_account_id, _AtHome.store_id == Store.id))
    .outerjoin(
        _Acting,
        and_(
            _Acting.id == SignIn.acting_account_id,
            _Acting.closed_at.is_(None),
            _Acting.role.is_not(None) & ((_Acting.role == Role.ADMIN) | _AtHome.account_id.is_not(None)),
        ),
    )
    .where(_LIVE, Account.role.is_not(None))
)


def member_here(session: Session, token: str, now: datetime) -> MemberHere | None:
    """Whose member cookie this is, if the sign-in still holds."""
    row = session.execute(
        _MEMBER, {"token_hash": sign_ins.hashed(token), "face": Face.MEMBER, "now": now}
    ).one_or_none()
    if row is None:
        return None
    *values, profile, tier, joined_at = row
    values[7] = values[7] or 0
    values.append(Person(profile, tier, row.language, joined_at))
    return MemberHere(*values)


def staff_here(session: Session, token: str, now: datetime) -> StaffHere | None:
    """Whose staff cookie this is, at which till, and who acts; someone moved to other stores acts no more."""
    row = session.execute(
        _STAFF, {"token_hash": sign_ins.hashed(token), "face": Face.STAFF, "now": now}
    ).one_or_none()
    if row is None:
        return None
    values = list(row)
    values[3], values[9] = Role(values[3]), bool(values[9])
    return StaffHere(*values)
