"""What acts on a claim share: finding it under its locks, and telling member, journal and outbox of it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from portal.core.claims import claims
from portal.core.claims.claims import Claim
from portal.core.points import balances
from portal.core.records import journal, outbox, timeline
from portal.core.records.timeline import Happening
from portal.core.refusals import ClaimNotFound


@dataclass(frozen=True)
class By:
    """Who acts on somebody's claim, and why; no account means the command line."""

    reason: str
    account_id: int | None = None
    store_id: int | None = None


_SEEN = select(Claim.id, Claim.member_id).where(Claim.reference == bindparam("with_reference"))


def under_locks(session: Session, reference: str) -> Claim:
    """The claim, whoever holds it, after its owner's balance. Raises ClaimNotFound."""
    seen = session.execute(_SEEN, {"with_reference": reference}).one_or_none()
    if seen is None:
        raise ClaimNotFound
    balances.lock(session, seen.member_id)
    return claims.locked(session, seen.id)


def tell(session: Session, claim: Claim, happening: Happening, *, now: datetime, **facts: str) -> None:
    """A line for the member, and a message for the outside."""
    timeline.add(
        session,
        happening,
        member_id=claim.member_id,
        offer_id=claim.offer_id,
        claim_id=claim.id,
        facts={"title": claim.promised.title, **facts},
        now=now,
    )
    outbox.add(session, happening.value, {"reference": claim.reference}, now=now)


def note(session: Session, act: str, claim: Claim, by: By, *, now: datetime, **facts: str) -> None:
    """The journal's line of what staff did."""
    journal.add(
        session,
        act,
        f"claim:{claim.reference}",
        now=now,
        account_id=by.account_id,
        store_id=by.store_id,
        reason=by.reason,
        facts=dict(facts),
    )
