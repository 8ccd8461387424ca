"""Claiming again: where the offer lets it, a claim that is used or expired leaves its place to a new one."""

from dataclasses import replace

from sqlalchemy import update
from sqlalchemy.orm import Session

from portal.core.claims.claims import Claim
from portal.core.claims.standing import Gathered


def make_room(session: Session, facts: Gathered, member_id: int) -> tuple[int | None, Gathered]:
    """Free the place of a dead claim where none is free: that claim's id, and the facts as they then are."""
    is_full = facts.offer.per_member is not None and facts.free_slot() is None
    dead = sorted(facts.slots - facts.live_slots)
    if not (facts.offer.reclaimable and is_full and dead):
        return None, facts
    left = session.execute(
        update(Claim)
        .where(Claim.offer_id == facts.offer.id, Claim.member_id == member_id, Claim.slot == dead[0])
        .values(slot=None, member_limit=None, version=Claim.version + 1)
        .returning(Claim.id)
        .execution_options(synchronize_session=False)
    )
    return left.scalar_one(), replace(facts, slots=facts.slots - {dead[0]})


def succeed(session: Session, earlier_id: int, claim_id: int) -> None:
    """The dead claim names the one that came after it, and can no longer be brought back to life."""
    session.execute(
        update(Claim)
        .where(Claim.id == earlier_id)
        .values(successor_id=claim_id)
        .execution_options(synchronize_session=False)
    )
