"""A code is presented at a till: read, looked up, judged and, with nothing to ask, redeemed at once."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from portal.core.base import Facts, insert_or_none
from portal.core.claims import claims
from portal.core.claims.claims import Claim
from portal.core.codes import forgiving
from portal.core.codes.keyring import Keyring
from portal.core.redeeming import check, guesses, presented, questions, redemptions, scans
from portal.core.redeeming.parts import ONE_USE, Part
from portal.core.redeeming.redemptions import Presented
from portal.core.redeeming.scans import Outcome, Place, Scan
from portal.core.refusals import ClaimNotFound, CodeAlreadyRedeemed, IdempotencyKeyReused

SAME_SCAN = timedelta(seconds=5)


def scan(
    session: Session,
    keyring: Keyring,
    typed: str,
    place: Place,
    *,
    key: str,
    now: datetime,
    acting_since: datetime | None,
) -> Scan:
    """Record the look and what came of it. A key means one scan; used for another code it is refused."""
    row = new_scan(place, key, now)
    is_new = insert_or_none(session, Scan, row, unique=["till_id", "key"]) is not None
    scan = scans.by_key(session, place.till_id, key)
    if not is_new:
        _same_code_as(session, keyring, scan, typed)
        return scan
    scans.leave_waiting(session, place.till_id, before=scan.id, now=now)
    return _come_to(session, keyring, scan, typed, place, acting_since, now)


def new_scan(place: Place, key: str, now: datetime) -> Facts:
    """The row of a look that has just begun."""
    return {
        "store_id": place.store_id,
        "till_id": place.till_id,
        "staff_id": place.staff_id,
        "address": place.address,
        "key": key,
        "outcome": Outcome.OPEN,
        "facts": {},
        "scanned_at": now,
    }


def _same_code_as(session: Session, keyring: Keyring, scan: Scan, typed: str) -> None:
    """Else the till would read of one code what is true of another. Asks nothing that a guess could use."""
    if scan.claim_id is None:
        return
    if not presented.is_of_claim(session, keyring, presented.read(session, typed), scan.claim_id):
        raise IdempotencyKeyReused


def _come_to(
    session: Session,
    keyring: Keyring,
    scan: Scan,
    typed: str,
    place: Place,
    acting_since: datetime | None,
    now: datetime,
) -> Scan:
    read = presented.read(session, typed)
    if read.kind is forgiving.Kind.MISTYPED:
        return scans.settle(scan, Outcome.MISTYPED)
    if not read.may_be_held:
        return scans.settle(scan, Outcome.FOREIGN)
    wait = guesses.pause(session, place, acting_since, now)
    if wait is not None:
        return scans.settle(
            scan, Outcome.PAUSED, facts={"until": wait.until, "fresh_sign_in": wait.fresh_sign_in}
        )
    claim_id = presented.claim_id_of(session, keyring, read)
    if claim_id is None:
        scans.settle(scan, Outcome.UNKNOWN)
        session.flush()
        guesses.note_unknown(session, now)
        return scan
    return _judge(session, scan, claims.locked(session, claim_id), place, now)


def _judge(session: Session, scan: Scan, claim: Claim, place: Place, now: datetime) -> Scan:
    refusal = check.judge(session, claim, place.store_id, now, till_id=place.till_id)
    if isinstance(refusal, CodeAlreadyRedeemed) and _is_same_scan(session, claim, place, now):
        return scans.settle(scan, Outcome.COUNTED_ONCE, claim_id=claim.id)
    if refusal is not None:
        return scans.settle(
            scan, Outcome.REFUSED, claim_id=claim.id, refusal=refusal.code, facts=refusal.facts
        )
    asks = questions.of(session, claim, now)
    if asks:
        return scans.settle(scan, Outcome.ASKED, claim_id=claim.id, facts=asks)
    if not place.auto_redeem:
        return scans.settle(scan, Outcome.READY, claim_id=claim.id)
    redemptions.redeem(session, Presented(claim, scan.id), place, now=now)
    return scans.settle(scan, Outcome.REDEEMED, claim_id=claim.id)


def _is_same_scan(session: Session, claim: Claim, place: Place, now: datetime) -> bool:
    last = redemptions.last_standing(session, claim.id)
    return last is not None and last[0].till_id == place.till_id and now - last[0].redeemed_at <= SAME_SCAN


def confirm(session: Session, place: Place, scan_id: int, *, now: datetime, part: Part = ONE_USE) -> Scan:
    """Staff say yes: judge again and redeem that part. A second yes to the same scan changes nothing.

    The scan ends as refused when the claim stopped being good while the question stood. Raises MoreThanLeft,
    and leaves the question standing, for a part that is not there.
    """
    scan = _waiting(session, place, scan_id)
    if scan.outcome not in scans.WAITING or scan.claim_id is None:
        return scan
    scan.answered_at = now
    claim = claims.locked(session, scan.claim_id)
    refusal = check.judge(session, claim, place.store_id, now, till_id=place.till_id)
    if refusal is not None:
        return scans.settle(scan, Outcome.REFUSED, refusal=refusal.code, facts=refusal.facts)
    redemptions.redeem(session, Presented(claim, scan.id, part), place, now=now)
    return scans.settle(scan, Outcome.REDEEMED)


def take_more(session: Session, place: Place, scan_id: int, *, uses: int, key: str, now: datetime) -> Scan:
    """Take further uses of the claim that a scan at this till has just redeemed: a scan of its own.

    The same key takes them once. Raises MoreThanLeft where there are fewer.
    """
    before = _waiting(session, place, scan_id)
    if before.outcome != Outcome.REDEEMED or before.claim_id is None:
        raise ClaimNotFound
    row = new_scan(place, key, now) | {"claim_id": before.claim_id}
    is_new = insert_or_none(session, Scan, row, unique=["till_id", "key"]) is not None
    scan = scans.by_key(session, place.till_id, key)
    if not is_new:
        return scan
    claim = claims.locked(session, before.claim_id)
    refusal = check.judge(session, claim, place.store_id, now, till_id=place.till_id)
    if refusal is not None:
        return scans.settle(scan, Outcome.REFUSED, refusal=refusal.code, facts=refusal.facts)
    redemptions.redeem(session, Presented(claim, scan.id, Part(uses)), place, now=now)
    return scans.settle(scan, Outcome.REDEEMED)


def leave(session: Session, place: Place, scan_id: int, *, now: datetime) -> Scan:
    """Staff say no: the code stays unused."""
    scan = _waiting(session, place, scan_id)
    if scan.outcome in scans.WAITING:
        scan.answered_at = now
        scans.settle(scan, Outcome.LEFT_UNUSED)
    return scan


def _waiting(session: Session, place: Place, scan_id: int) -> Scan:
    scan = scans.find(session, place.till_id, scan_id, lock=True)
    if scan is None:
        raise ClaimNotFound
    return scan
