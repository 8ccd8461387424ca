"""A member uses a claim alone, in the store: it counts at once, and a window opens in which it is served."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from portal.core.base import Chance
from portal.core.claims import awards, claiming, claims
from portal.core.claims.claiming import Asked
from portal.core.claims.claims import Claim, State
from portal.core.club.stores import Store
from portal.core.codes.keyring import Keyring
from portal.core.points import balances
from portal.core.records import receipts
from portal.core.records.receipts import Once
from portal.core.redeeming import check, presence, redemptions
from portal.core.redeeming.redemptions import Presented
from portal.core.refusals import AlreadyActive, SelfRedeemDisabled


@dataclass(frozen=True)
class Wish:
    """Who wants to use which offer where, under which key, and the presence code as they typed it."""

    member_id: int
    offer_id: int
    store_id: int
    key: str
    typed: str = ""


@dataclass(frozen=True)
class Alone:
    """A store, and nobody of its staff."""

    store_id: int
    till_id: None = None
    staff_id: None = None


_USABLE = (
    select(Claim)
    .where(
        Claim.member_id == bindparam("of_member"),
        Claim.offer_id == bindparam("of_offer"),
        (Claim.state == State.CLAIMED.value) | (Claim.active_until > bindparam("now")),
        Claim.expires_at.is_(None)
        | (Claim.expires_at > bindparam("now"))
        | (Claim.active_until > bindparam("now")),
    )
    .order_by(Claim.expires_at.is_(None), Claim.expires_at, Claim.id)
    .limit(1)
)
_CODE_OF_STORE = select(Store.code).where(Store.id == bindparam("of_store"))


def use(session: Session, keyring: Keyring, wish: Wish, *, now: datetime, chance: Chance) -> str:
    """Consume one use, of a claim that the first use makes; answers its reference, for the same key the same.

    Raises the Refusal of the claim, of the check, or of the presence code, and then nothing has moved.
    """
    balances.lock(session, wish.member_id)
    once = Once(f"member:{wish.member_id}", "use", wish.key, f"offer:{wish.offer_id} store:{wish.store_id}")
    earlier = receipts.earlier(session, once)
    if earlier is not None:
        return earlier
    claim = claims.locked(session, _claim_for(session, keyring, wish, now, chance))
    _consume(session, keyring, claim, wish, now)
    return receipts.open_or_replay(session, once, result=claim.reference, now=now)


def _claim_for(session: Session, keyring: Keyring, wish: Wish, now: datetime, chance: Chance) -> int:
    asked = {"of_member": wish.member_id, "of_offer": wish.offer_id, "now": now}
    there = session.scalar(_USABLE, asked)
    if there is not None:
        return there.id
    made = claiming.claim_offer(
        session, keyring, Asked(wish.member_id, wish.offer_id, f"use {wish.key}"), now=now, chance=chance
    )
    claim = claims.find(session, wish.member_id, made)
    assert claim is not None
    return claim.id


def _consume(session: Session, keyring: Keyring, claim: Claim, wish: Wish, now: datetime) -> None:
    promised = claim.promised
    if claims.is_active(claim.active_until, now):
        raise AlreadyActive(active_until=claim.active_until, zone=claim.zone, reference=claim.reference)
    if not promised.member_redeem:
        raise SelfRedeemDisabled
    refusal = check.judge(session, claim, wish.store_id, now)
    if refusal is not None:
        raise refusal
    store_code = session.scalars(_CODE_OF_STORE, {"of_store": wish.store_id}).one()
    verified = presence.proved(promised.presence, keyring, store_code, wish.typed, now)
    presented = Presented(
        claim,
        None,
        active_until=now + timedelta(minutes=promised.active_minutes),
        verified=verified,
    )
    redemptions.redeem(session, presented, Alone(wish.store_id), now=now)
    if verified:
        awards.credit_presence(session, claim, now=now)
