"""Points that a claim gives: credited when it is made, taken back with it; and more for a verified use."""

from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from portal.core import base
from portal.core.claims.claims import Claim
from portal.core.claims.standing import Gathered
from portal.core.club import club
from portal.core.points import balances, earning, ladder, lots
from portal.core.points.balances import Standing
from portal.core.points.ledger import Entry, EntryKind
from portal.core.points.lots import Lot, LotEntry, Slice
from portal.core.records import timeline
from portal.core.records.timeline import Happening
from portal.core.refusals import AwardSpent, InsufficientPoints

AWARD, PRESENCE = "award", "presence"
_LOT = (
    select(LotEntry.lot_id, Entry.counts_for)
    .join(Entry, Entry.id == LotEntry.entry_id)
    .where(
        Entry.claim_id == bindparam("of_claim"),
        Entry.kind == EntryKind.EARNED.value,
        Entry.reason == AWARD,
    )
)
_PRESENCE_LOT = (
    select(LotEntry.lot_id, Entry.counts_for)
    .join(Entry, Entry.id == LotEntry.entry_id)
    .where(
        Entry.claim_id == bindparam("of_claim"),
        Entry.kind == EntryKind.EARNED.value,
        Entry.reason == PRESENCE,
        Entry.written_at == bindparam("used_at"),
    )
)
_NEW_LOT = base.adding(Lot).returning(Lot.id)


def credit(
    session: Session, member_id: int, claim_id: int, facts: Gathered, before: Standing, *, now: datetime
) -> None:
    """Pay the price and credit the award together; the caller holds the lock that `before` was read under.

    Raises InsufficientPoints where the live points do not pay.
    """
    cost, year = facts.offer.points_cost, club.year_of(now, facts.lives.zone)
    paid = _slices(facts, cost)
    after = before.counting(facts.award, year)
    entries = _entries(session, member_id, claim_id, facts, before, year, now)
    balances.move(session, member_id, facts.award - cost, lines=len(entries), counted=after)
    lot = {
        "member_id": member_id,
        "amount": facts.award,
        "remaining": facts.award,
        "earned_at": now,
        "expires_at": facts.lives.ends(now),
    }
    lot_id = session.execute(_NEW_LOT, lot).scalar_one()
    lots.apply(session, entries[0], paid, also=[(entries[-1], Slice(lot_id, facts.award))])
    if before.owed:
        lots.settle(session, member_id, now=now)
    if facts.next_threshold is not None and max(after.earned, after.earned_before) >= facts.next_threshold:
        ladder.judge(session, [member_id], now=now)


def credit_presence(session: Session, claim: Claim, *, now: datetime) -> int:
    """Credit what the offer gives for a use that was verified in the store; answers the points.

    Once for each such use, and the caller sees to that. The caller holds the member's lock.
    """
    points = claim.promised.presence_points or 0
    if points:
        earning.credit(session, claim.member_id, points, now=now, claim_id=claim.id, reason=PRESENCE)
        told = {"points": points, "reason": PRESENCE, "title": claim.promised.title}
        timeline.add(
            session,
            Happening.POINTS_EARNED,
            member_id=claim.member_id,
            offer_id=claim.offer_id,
            claim_id=claim.id,
            facts=told,
            now=now,
        )
    return points


def take_back_presence(session: Session, claim: Claim, used_at: datetime, *, now: datetime) -> int:
    """Take back what a verified use gave, from its own lot first; answers how much of it was still there.

    What has been spent meanwhile stays spent. The caller holds the member's lock.
    """
    points = claim.promised.presence_points or 0
    lot = session.execute(_PRESENCE_LOT, {"of_claim": claim.id, "used_at": used_at}).one_or_none()
    if lot is None:
        return 0
    about = {"claim_id": claim.id, "reason": PRESENCE, "counts_for": lot.counts_for}
    taken = lots.take(session, claim.member_id, points, now=now, first=lot.lot_id, **about)
    standing = balances.lock(session, claim.member_id)
    balances.count(session, claim.member_id, standing, -taken, year=lot.counts_for)
    ladder.judge(session, [claim.member_id], now=now)
    return taken


def take_back(session: Session, claim: Claim, *, now: datetime) -> None:
    """Take the award back from its own lot, then from the others; raises AwardSpent where it is not there.

    The caller holds the member's lock and has returned the price.
    """
    award = claim.points_awarded
    if not award:
        return
    lot = session.execute(_LOT, {"of_claim": claim.id}).one()
    about = {"claim_id": claim.id, "reason": AWARD, "counts_for": lot.counts_for}
    taken = lots.take(session, claim.member_id, award, now=now, first=lot.lot_id, **about)
    if taken < award:
        raise AwardSpent(award=award, shortfall=award - taken)
    standing = balances.lock(session, claim.member_id)
    balances.count(session, claim.member_id, standing, -award, year=lot.counts_for)
    ladder.judge(session, [claim.member_id], now=now)


def _slices(facts: Gathered, cost: int) -> list[Slice]:
    wanted, parts = cost, []
    for lot_id, left in facts.lots:
        if taken := min(wanted, left):
            parts.append(Slice(lot_id, -taken))
            wanted -= taken
    if wanted:
        raise InsufficientPoints(needed=cost, available=cost - wanted, shortfall=wanted)
    return parts


def _entries(
    session: Session,
    member_id: int,
    claim_id: int,
    facts: Gathered,
    before: Standing,
    year: int,
    now: datetime,
) -> list[int]:
    """The ledger's lines, the price first; answers their ids."""
    cost, written, after = facts.offer.points_cost, [], before.balance
    lines = [(EntryKind.SPENT, -cost, None, None), (EntryKind.EARNED, facts.award, year, AWARD)]
    for number, (kind, amount, counts_for, reason) in enumerate(lines if cost else lines[1:], start=1):
        after += amount
        line = {
            "member_id": member_id,
            "seq": before.seq + number,
            "kind": kind.value,
            "amount": amount,
            "balance_after": after,
            "claim_id": claim_id,
            "counts_for": counts_for,
            "reason": reason,
            "written_at": now,
        }
        written.append(line)
    numbered = base.insert_numbered(session, Entry, written, key=["seq"])
    return [number for _seq, number in sorted(numbered.items())]
