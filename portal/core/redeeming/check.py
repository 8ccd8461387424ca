"""Is this claim good here and now? Judging changes nothing."""

from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from portal.core.base import Facts
from portal.core.claims import claims
from portal.core.claims.claims import Claim, Closed, State
from portal.core.club import members
from portal.core.club.members import Member
from portal.core.redeeming import redemptions
from portal.core.refusals import (
    AlreadyActive,
    CodeAlreadyRedeemed,
    CodeExpired,
    CodeNotYetValid,
    CodeRevoked,
    MemberBanned,
    Refusal,
    WrongStore,
)

_BANNED_UNTIL = select(Member.banned_until).where(Member.id == bindparam("of_member"))


def judge(session: Session, claim: Claim, store_id: int, now: datetime) -> Refusal | None:
    """The first reason not to honour the claim in this store now, or None."""
    if claims.is_active(claim.active_until, now):
        return AlreadyActive(active_until=claim.active_until, zone=claim.zone)
    if claim.state == State.CLOSED:
        return _closed(session, claim)
    if claim.expires_at is not None and now >= claim.expires_at:
        return CodeExpired(expired_at=claim.expires_at, zone=claim.zone)
    promised = claim.promised
    if promised.use_from is not None and now < promised.use_from:
        return CodeNotYetValid(valid_from=promised.use_from, zone=claim.zone)
    banned_until = session.scalar(_BANNED_UNTIL, {"of_member": claim.member_id})
    if members.is_banned(banned_until, now):
        return MemberBanned(banned_until=banned_until)
    if not promised.works_at(store_id):
        return WrongStore(stores=[store.name for store in promised.stores or ()])
    return None


def _closed(session: Session, claim: Claim) -> Refusal:
    if claim.closed_reason == Closed.REDEEMED:
        return CodeAlreadyRedeemed(**_last_use(session, claim))
    if claim.closed_reason == Closed.EXPIRED:
        return CodeExpired(expired_at=claim.expires_at, zone=claim.zone)
    return CodeRevoked()


def _last_use(session: Session, claim: Claim) -> Facts:
    last = redemptions.last_standing(session, claim.id)
    if last is None:
        return {}
    at_a_till = {} if last.till is None else {"till": last.till, "staff": last.staff}
    return {"redeemed_at": last[0].redeemed_at, "store": last.store, "zone": claim.zone} | at_a_till
