"""A lock: a claim kept for one till or basket for a while. It stands beside the state, and ends by itself."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from portal.core.claims import acts
from portal.core.claims.acts import By
from portal.core.claims.claims import Claim, State
from portal.core.refusals import CodeExpired, CodeLocked, CodeRevoked, Refusal


def is_locked(claim: Claim, now: datetime) -> bool:
    """Whether somebody keeps it for themselves now."""
    return claim.locked_until is not None and now < claim.locked_until


def against(claim: Claim, owner: str, store_id: int | None, now: datetime) -> Refusal | None:
    """What stops somebody else; a lock that names a store and no till stops no till of that store."""
    if not is_locked(claim, now) or claim.lock_owner == owner:
        return None
    is_tills = (claim.lock_owner or "").startswith("till:")
    if not is_tills and store_id is not None and claim.lock_store_id == store_id:
        return None
    return locked(claim, now)


def locked(claim: Claim, now: datetime) -> CodeLocked:
    """The refusal, with how long it still is."""
    assert claim.locked_until is not None
    return CodeLocked(retry_after=max(1, int((claim.locked_until - now).total_seconds())))


def lock(session: Session, reference: str, owner: str, by: By, *, until: datetime, now: datetime) -> None:
    """Keep an open claim for `owner`; the same owner may lock it again, for longer or shorter.

    Raises ClaimNotFound, CodeExpired, CodeRevoked for a closed one, CodeLocked where another has it.
    """
    claim = acts.under_locks(session, reference)
    if claim.state != State.CLAIMED:
        raise CodeRevoked
    if claim.expires_at is not None and now >= claim.expires_at:
        raise CodeExpired(expired_at=claim.expires_at, zone=claim.zone)
    if is_locked(claim, now) and claim.lock_owner != owner:
        raise locked(claim, now)
    if until <= now:
        raise ValueError("a lock ends later than now")
    _set(session, claim, until=until, owner=owner, store_id=by.store_id)
    acts.note(session, "claim_locked", claim, by, now=now, owner=owner, until=until.isoformat())


def unlock(session: Session, reference: str, by: By, *, now: datetime, owner: str | None = None) -> bool:
    """Let it go: its owner, or with no owner named staff; False where nothing was locked.

    Raises CodeLocked where another has it.
    """
    claim = acts.under_locks(session, reference)
    if not is_locked(claim, now):
        return False
    if owner is not None and claim.lock_owner != owner:
        raise locked(claim, now)
    was = claim.lock_owner or ""
    _set(session, claim, until=None, owner=None, store_id=None)
    acts.note(session, "claim_unlocked", claim, by, now=now, owner=was)
    return True


def _set(
    session: Session, claim: Claim, *, until: datetime | None, owner: str | None, store_id: int | None
) -> None:
    session.execute(
        update(Claim)
        .where(Claim.id == claim.id)
        .values(locked_until=until, lock_owner=owner, lock_store_id=store_id, version=Claim.version + 1)
        .execution_options(synchronize_session=False)
    )
