"""Handing a claim over: nothing moves until the other member accepts, then a new code replaces the old."""

from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ForeignKey, bindparam, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.core.base import Base, Chance, Id, Instant, adding
from portal.core.claims import acts, claims, locks, releases, standing
from portal.core.claims.claims import Claim, Closed, State
from portal.core.club import members
from portal.core.club.members import Member
from portal.core.codes import alphabet
from portal.core.codes import store as codes
from portal.core.codes.keyring import Keyring
from portal.core.offers import eligibility
from portal.core.offers.offers import Status
from portal.core.points import balances
from portal.core.records import outbox
from portal.core.records.timeline import Happening
from portal.core.refusals import ClaimNotFound, ClaimNotTransferable, MemberBanned

LASTS = timedelta(days=7)


class HandoverState(StrEnum):
    """Offered until the other accepts or declines, the holder takes it back, or its time is over."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    TAKEN_BACK = "taken_back"


class Handover(Base):
    """No recipient means that nobody has the address or card that was typed; the holder is not told."""

    __tablename__ = "handovers"
    id: Mapped[Id]
    reference: Mapped[str] = mapped_column(unique=True)
    claim_id: Mapped[int] = mapped_column(ForeignKey("claims.id"), index=True)
    to_member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"))
    state: Mapped[str]
    offered_at: Mapped[Instant]
    ends_at: Mapped[Instant]
    closed_at: Mapped[Instant | None]


_INSERT = adding(Claim).returning(Claim.id)
_COPIED = (
    "offer_id", "member_limit", "offer_version", "terms", "zone", "usable_from", "expires_at", "uses_allowed",
    "uses_left", "amount", "amount_left", "external_id",
)  # fmt: skip
_FOR = select(Handover).where(
    Handover.reference == bindparam("with_reference"), Handover.to_member_id == bindparam("for_member")
)
_OFFERED = select(Handover).where(Handover.claim_id == bindparam("of_claim"), Handover.state == "offered")


def may_be_handed_over(claim: Claim, now: datetime) -> bool:
    """Whether its holder may offer it to somebody: promised, unused, with a code that can be made anew."""
    promised = claim.promised
    ours = claims.has_code(promised) and not claims.shows_partner_code(promised)
    return promised.reassignable and ours and claims.is_untouched(claim, now)


def standing_offer(session: Session, claim_id: int, now: datetime) -> Handover | None:
    """The offer of a claim that waits for an answer."""
    found = session.scalars(_OFFERED, {"of_claim": claim_id}).all()
    return next((one for one in found if now < one.ends_at), None)


def find_for(
    session: Session, reference: str, member_id: int, now: datetime
) -> tuple[Handover, Claim, str] | None:
    """What that member is offered, the claim and its holder's name; anybody else's offer is not there."""
    seen = session.scalar(_FOR, {"with_reference": reference, "for_member": member_id})
    if seen is None or seen.state != HandoverState.OFFERED or now >= seen.ends_at:
        return None
    found = session.execute(
        select(Claim, Member.name).join(Member, Member.id == Claim.member_id).where(Claim.id == seen.claim_id)
    ).one()
    return seen, found[0], found[1]


def offer(
    session: Session, member_id: int, reference: str, to: int | None, *, now: datetime, chance: Chance
) -> str:
    """Offer the claim to a member; another offer of it ends. Answers the offer's reference.

    Raises ClaimNotFound for anybody else's claim, CodeLocked, MemberBanned, ClaimNotTransferable.
    """
    claim = _own(session, member_id, reference)
    _may_go(session, claim, now)
    if to == member_id:
        raise ClaimNotTransferable
    _end_offers(session, claim.id, HandoverState.TAKEN_BACK, now)
    made = Handover(
        reference=alphabet.mint_reference(chance.pick),
        claim_id=claim.id,
        to_member_id=to,
        state=HandoverState.OFFERED,
        offered_at=now,
        ends_at=min(now + LASTS, claim.expires_at or now + LASTS),
    )
    session.add(made)
    session.flush()
    acts.tell(session, claim, Happening.OFFERED_ON, now=now)
    if to is not None:
        outbox.add(session, "handover", {"handover": made.reference}, now=now)
    return made.reference


def take_back(session: Session, member_id: int, reference: str, *, now: datetime) -> None:
    """Its holder keeps the claim after all. Raises ClaimNotFound."""
    claim = _own(session, member_id, reference)
    _end_offers(session, claim.id, HandoverState.TAKEN_BACK, now)


def decline(session: Session, member_id: int, reference: str, *, now: datetime) -> None:
    """The other does not want it. Raises ClaimNotFound for what is not offered to them."""
    found = find_for(session, reference, member_id, now)
    if found is None:
        raise ClaimNotFound
    _end_offers(session, found[1].id, HandoverState.DECLINED, now)


def accept(
    session: Session, keyring: Keyring, member_id: int, reference: str, *, now: datetime, chance: Chance
) -> str:
    """Take over what is offered; answers the reference of the new claim. The price stays with who paid it.

    Raises ClaimNotFound for what is not offered to them, the refusals of eligibility that are about the
    member, CodeLocked and ClaimNotTransferable where the claim was used or ended meanwhile.
    """
    found = find_for(session, reference, member_id, now)
    if found is None:
        raise ClaimNotFound
    for owner in sorted((member_id, found[1].member_id)):
        balances.lock(session, owner)
    claim = claims.locked(session, found[1].id)
    _may_go(session, claim, now)
    if not _end_offers(session, claim.id, HandoverState.ACCEPTED, now):
        raise ClaimNotFound
    slot = _place(session, claim, member_id, now)
    new = alphabet.mint_reference(chance.pick)
    new_id = _copy(session, claim, member_id, new, slot, now)
    releases.close(session, claim, Closed.TRANSFERRED, now=now, successor_id=new_id)
    codes.issue(session, keyring, claim_id=new_id, reference=new, now=now, chance=chance)
    acts.tell(session, claim, Happening.HANDED_OVER, now=now)
    acts.tell(session, claims.locked(session, new_id), Happening.RECEIVED, now=now)
    return new


def _own(session: Session, member_id: int, reference: str) -> Claim:
    balances.lock(session, member_id)
    seen = claims.find(session, member_id, reference)
    if seen is None:
        raise ClaimNotFound
    return claims.locked(session, seen.id)


def _may_go(session: Session, claim: Claim, now: datetime) -> None:
    if locks.is_locked(claim, now):
        raise locks.locked(claim, now)
    banned = session.scalar(select(Member.banned_until).where(Member.id == claim.member_id))
    if members.is_banned(banned, now):
        raise MemberBanned(banned_until=banned)
    if not may_be_handed_over(claim, now):
        raise ClaimNotTransferable


def _place(session: Session, claim: Claim, member_id: int, now: datetime) -> int | None:
    """Where it counts toward the new holder's limit; clocks, price and stock were settled with the first."""
    facts = standing.gather(session, offer_id=claim.offer_id, member_id=member_id, points=0, now=now)
    terms = replace(
        facts.terms,
        status=Status.PUBLISHED,
        visible_from=None,
        visible_to=None,
        claim_from=None,
        claim_to=None,
        use_to=None,
        self_claim=True,
        points_cost=0,
        stock_left=None,
        named_only=False,
    )
    refusal = eligibility.answer(terms, facts.standing, now).refusal
    if refusal is not None:
        raise refusal
    return facts.free_slot()


def _copy(
    session: Session, claim: Claim, member_id: int, reference: str, slot: int | None, now: datetime
) -> int:
    row = {name: getattr(claim, name) for name in _COPIED} | {
        "reference": reference,
        "member_id": member_id,
        "slot": slot,
        "member_limit": claim.member_limit if slot is not None else None,
        "state": State.CLAIMED,
        "version": 1,
        "claimed_at": now,
        "give_back_until": now,
        "price_paid": 0,
        "source": "handover",
    }
    if claim.details is not None:
        row["metadata"] = claim.details
    return session.execute(_INSERT, row).scalar_one()


def _end_offers(session: Session, claim_id: int, state: HandoverState, now: datetime) -> bool:
    ended = session.execute(
        update(Handover)
        .where(Handover.claim_id == claim_id, Handover.state == HandoverState.OFFERED)
        .values(state=state, closed_at=now)
        .returning(Handover.id)
        .execution_options(synchronize_session=False)
    )
    return bool(ended.all())
