"""Is this claim good here and now? Judging changes nothing."""

from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from portal.core.base import Facts
from portal.core.claims import claims, locks
from portal.core.claims.claims import Claim, Closed, FrozenTerms, State
from portal.core.club import members
from portal.core.club.members import Member
from portal.core.club.stores import Store
from portal.core.offers import timeframes
from portal.core.redeeming import counters, redemptions
from portal.core.refusals import (
    AlreadyActive,
    CodeAlreadyRedeemed,
    CodeExpired,
    CodeNotYetValid,
    CodeRevoked,
    MemberBanned,
    OutsideHours,
    Refusal,
    WrongStore,
)

_AROUND = (
    select(Member.banned_until, Store.zone)
    .join(Store, Store.id == bindparam("at_store"))
    .where(Member.id == bindparam("of_member"))
)


def judge(
    session: Session, claim: Claim, store_id: int, now: datetime, *, till_id: int | None = None
) -> Refusal | None:
    """The first reason not to honour the claim in this store now, or None. A lock lets its own till by."""
    if claims.is_active(claim.active_until, now):
        return AlreadyActive(active_until=claim.active_until, zone=claim.zone)
    if claim.state == State.PENDING:
        return CodeNotYetValid()
    if claim.state == State.CLOSED:
        return _closed(session, claim)
    if claim.expires_at is not None and now >= claim.expires_at:
        return CodeExpired(expired_at=claim.expires_at, zone=claim.zone)
    promised = claim.promised
    if claim.begins is not None and now < claim.begins:
        return CodeNotYetValid(valid_from=claim.begins, zone=claim.zone)
    around = session.execute(_AROUND, {"of_member": claim.member_id, "at_store": store_id}).one()
    if members.is_banned(around.banned_until, now):
        return MemberBanned(banned_until=around.banned_until)
    if (locked := locks.against(claim, f"till:{till_id}", store_id, now)) is not None:
        return locked
    if not promised.works_at(store_id):
        return WrongStore(stores=[store.name for store in promised.stores or ()])
    return _at_this_hour(promised, around.zone, now) or counters.refusal(session, claim, store_id, now)


def _at_this_hour(promised: FrozenTerms, zone: str, now: datetime) -> Refusal | None:
    hours = promised.timeframes
    if timeframes.is_open(hours, now, zone):
        return None
    opens_at = timeframes.next_opening(hours, now, zone)
    return OutsideHours(hours=timeframes.kept(hours), opens_at=opens_at, zone=zone)


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
