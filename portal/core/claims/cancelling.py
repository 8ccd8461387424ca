"""The club ends a claim that nobody has used: by staff with a reason, or with the offer it was made under."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core.claims import acts, claims, granting, releases
from portal.core.claims.acts import By
from portal.core.claims.claims import Claim, Closed, State
from portal.core.offers import offers
from portal.core.offers.grants import Grant, GrantState
from portal.core.offers.offers import Offer, Status
from portal.core.records.timeline import Happening
from portal.core.refusals import ClaimNotCancellable


def cancel(session: Session, reference: str, by: By, *, now: datetime) -> int:
    """End it; points go back to their lots, stock to the offer. Answers the points spendable again.

    Raises ClaimNotFound, ClaimNotCancellable where it was used or is over. A lock does not stop staff.
    """
    claim = acts.under_locks(session, reference)
    if not claims.is_untouched(claim, now):
        raise ClaimNotCancellable
    acts.note(session, "claim_cancelled", claim, by, now=now)
    return releases.undo_claim(session, claim, Closed.CANCELLED, Happening.CANCELLED, now=now)


def unclaim(session: Session, reference: str, by: By, *, now: datetime) -> int:
    """End it and open the grant it came from again, so that the member may claim it once more.

    Raises ClaimNotFound, ClaimNotCancellable where it came from no grant, was used or is over.
    """
    claim = acts.under_locks(session, reference)
    if claim.grant_id is None or not claims.is_untouched(claim, now):
        raise ClaimNotCancellable
    acts.note(session, "claim_unclaimed", claim, by, now=now)
    return releases.undo_claim(session, claim, Closed.GIVEN_BACK, Happening.GIVEN_BACK, now=now)


def archive(session: Session, offer: Offer, by: By, *, now: datetime) -> None:
    """Take the offer off for good. The claims that members hold are not touched."""
    if offer.status != Status.ARCHIVED:
        offers.set_status(session, offer, Status.ARCHIVED, now=now, by=by.account_id, reason=by.reason)


def withdraw_some(session: Session, offer_id: int, by: By, *, now: datetime, most: int = 50) -> int:
    """End up to `most` open grants and unused claims of an offer; answers how many there were.

    One that has been used in part stays: the member keeps the rest.
    """
    given = select(Grant.reference).where(Grant.offer_id == offer_id, Grant.state == GrantState.OPEN)
    held = select(Claim.reference).where(
        Claim.offer_id == offer_id,
        Claim.state == State.CLAIMED,
        Claim.uses_left == Claim.uses_allowed,
        Claim.amount_left.is_not_distinct_from(Claim.amount),
        (Claim.expires_at.is_(None)) | (Claim.expires_at > now),
    )
    grants = session.scalars(given.order_by(Grant.member_id).limit(most)).all()
    claimed = session.scalars(held.order_by(Claim.member_id, Claim.id).limit(most - len(grants))).all()
    for reference in grants:
        granting.withdraw(session, reference, granting.Giver(by.account_id, by.reason), now=now)
    for reference in claimed:
        _withdraw(session, reference, by, now)
    return len(grants) + len(claimed)


def _withdraw(session: Session, reference: str, by: By, now: datetime) -> None:
    claim = acts.under_locks(session, reference)
    if claims.is_untouched(claim, now):
        acts.note(session, "claim_withdrawn", claim, by, now=now)
        releases.undo_claim(session, claim, Closed.WITHDRAWN, Happening.WITHDRAWN, now=now)
