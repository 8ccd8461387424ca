"""A member gives an unused claim back: the code dies, points return to the same lots, stock returns."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from portal.core.claims import awards, claims, locks
from portal.core.claims.claims import Claim, Closed, State
from portal.core.codes import store as codes
from portal.core.offers import grants, stock
from portal.core.points import balances, lots
from portal.core.records import outbox, timeline
from portal.core.records.timeline import Happening
from portal.core.refusals import ClaimNotCancellable, ClaimNotFound


def give_back(session: Session, member_id: int, reference: str, *, now: datetime) -> int:
    """Close the claim and undo what it took; answers the points that are spendable again.

    Raises ClaimNotFound for anybody else's claim, ClaimNotCancellable when it is too late or used,
    AwardSpent when points that it gave are not there any more.
    Giving the same claim back twice is giving it back once, and answers the same.
    """
    balances.lock(session, member_id)
    seen = claims.find(session, member_id, reference)
    if seen is None:
        raise ClaimNotFound
    claim = claims.locked(session, seen.id)
    if claim.closed_reason == Closed.GIVEN_BACK:
        return _returned_then(session, claim.id)
    if locks.is_locked(claim, now):
        raise locks.locked(claim, now)
    if not claims.can_be_given_back(claim, now):
        raise ClaimNotCancellable(until=claim.give_back_until, zone=claim.zone)
    return undo_claim(session, claim, Closed.GIVEN_BACK, Happening.GIVEN_BACK, now=now)


def undo_claim(session: Session, claim: Claim, reason: Closed, happening: Happening, *, now: datetime) -> int:
    """Close an unused claim under its locks and undo what it took; answers the points spendable again."""
    close(session, claim, reason, now=now)
    returned = lots.give_back(session, claim.member_id, claim.id, now=now) if claim.price_paid else 0
    returned -= lots.settle(session, claim.member_id, now=now) if returned else 0
    awards.take_back(session, claim, now=now)
    facts = {"title": claim.promised.title, "points": returned, "paid": claim.price_paid}
    timeline.add(
        session,
        happening,
        member_id=claim.member_id,
        offer_id=claim.offer_id,
        claim_id=claim.id,
        facts=facts,
        now=now,
    )
    outbox.add(session, happening.value, {"reference": claim.reference}, now=now)
    was_theirs = reason is Closed.GIVEN_BACK or happening is Happening.NOT_PREPARED
    if claim.grant_id is not None and was_theirs:
        grants.reopen(session, claim.grant_id)
    stock.put_back(session, claim.offer_id)
    return returned


def _returned_then(session: Session, claim_id: int) -> int:
    told = timeline.facts_of(session, claim_id, Happening.GIVEN_BACK)
    return 0 if told is None else int(told["points"])


def close(
    session: Session, claim: Claim, reason: Closed, *, now: datetime, successor_id: int | None = None
) -> None:
    """End a claim; one that is undone or handed over leaves the limit, and its code dies with it."""
    frees = reason in claims.UNDONE or reason is Closed.TRANSFERRED
    session.execute(
        update(Claim)
        .where(Claim.id == claim.id, Claim.version == claim.version)
        .values(
            state=State.CLOSED,
            closed_reason=reason,
            closed_at=now,
            slot=None if frees else Claim.slot,
            # What keeps an open claim in its place lets this one go.
            member_limit=None if frees and reason is not Closed.GIVEN_BACK else Claim.member_limit,
            successor_id=successor_id,
            version=Claim.version + 1,
        )
        .execution_options(synchronize_session=False)
    )
    if frees:
        codes.end(session, claim.id, now)
