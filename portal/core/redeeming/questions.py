"""What staff must look at or say before a claim is redeemed; after a No the code stays unused."""

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, aliased

from portal.core.base import Facts
from portal.core.claims.claims import Claim, FrozenTerms
from portal.core.redeeming.redemptions import Redemption, RedemptionKind

SAME_BASKET = timedelta(minutes=3)


class Asks(StrEnum):
    """The questions, in the order in which staff meet them."""

    OTHER_BASKET = "other_basket"
    MINIMUM_PURCHASE = "minimum_purchase"
    AMOUNT = "amount"


_Undo = aliased(Redemption)
_JUST_NOW = (
    select(Claim.terms, Redemption.redeemed_at)
    .join(Claim, Claim.id == Redemption.claim_id)
    .outerjoin(_Undo, _Undo.reverses_id == Redemption.id)
    .where(
        Claim.member_id == bindparam("of_member"),
        Claim.id != bindparam("but_claim"),
        Redemption.kind == RedemptionKind.REDEEM.value,
        Redemption.redeemed_at > bindparam("since"),
        _Undo.id.is_(None),
    )
    .order_by(Redemption.id.desc())
)


def of(session: Session, claim: Claim, now: datetime) -> Facts:
    """What has to be asked, and what the words need; nothing to ask is an empty answer."""
    before = _alone_before(session, claim, now)
    promised = claim.promised
    asked = {
        Asks.OTHER_BASKET: before is not None,
        Asks.MINIMUM_PURCHASE: promised.minimum_purchase is not None,
        Asks.AMOUNT: claim.amount_left is not None,
    }
    asks = [ask.value for ask in Asks if asked[ask]]
    if not asks:
        return {}
    left = {} if claim.amount_left is None else {"amount_left": claim.amount_left}
    return {"asks": asks} | (before or {}) | left


def _alone_before(session: Session, claim: Claim, now: datetime) -> Facts | None:
    """What this member redeemed within three minutes, if it and this one may not share a basket."""
    asked = {"of_member": claim.member_id, "but_claim": claim.id, "since": now - SAME_BASKET}
    for row in session.execute(_JUST_NOW, asked):
        promised = FrozenTerms.model_validate(row.terms)
        if not (promised.combines and claim.promised.combines):
            return {"before": promised.title, "before_at": row.redeemed_at}
    return None
