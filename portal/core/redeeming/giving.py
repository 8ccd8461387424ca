"""Staff give a member something on the spot: claimed and redeemed as one act, for those without a phone."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from portal.core.base import Chance, insert_or_none
from portal.core.claims import claiming, claims
from portal.core.claims.claiming import Asked
from portal.core.codes.keyring import Keyring
from portal.core.redeeming import check, redemptions, scanning, scans
from portal.core.redeeming.redemptions import Presented
from portal.core.redeeming.scans import Outcome, Place, Scan
from portal.core.refusals import IdempotencyKeyReused


@dataclass(frozen=True)
class Gift:
    """Which offer to whom, under which key of the till."""

    member_id: int
    offer_id: int
    key: str


def give_now(
    session: Session, keyring: Keyring, gift: Gift, place: Place, *, now: datetime, chance: Chance
) -> Scan:
    """Claim for the member and redeem at once; the scan says so, and the same key gives once.

    What members may not claim themselves, staff may give. Raises the first Refusal of the claim or of the
    check in this store, and then neither has happened.
    """
    row = scanning.new_scan(place, gift.key, now)
    is_new = insert_or_none(session, Scan, row, unique=["till_id", "key"]) is not None
    scan = scans.by_key(session, place.till_id, gift.key)
    if not is_new:
        _same_gift(session, scan, gift)
        return scan
    asked = Asked(gift.member_id, gift.offer_id, f"till {place.till_id}: {gift.key}", by_club=True)
    reference = claiming.claim_offer(session, keyring, asked, now=now, chance=chance)
    made = claims.find(session, gift.member_id, reference)
    assert made is not None
    claim = claims.locked(session, made.id)
    refusal = check.judge(session, claim, place.store_id, now)
    if refusal is not None:
        raise refusal
    redemptions.redeem(session, Presented(claim, scan.id), place, now=now)
    return scans.settle(scan, Outcome.REDEEMED, claim_id=claim.id)


def _same_gift(session: Session, scan: Scan, gift: Gift) -> None:
    claim = None if scan.claim_id is None else claims.locked(session, scan.claim_id)
    if claim is None or (claim.member_id, claim.offer_id) != (gift.member_id, gift.offer_id):
        raise IdempotencyKeyReused
