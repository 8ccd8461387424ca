"""A member takes one of an offer. Points, claim, code and stock move in one transaction or not at all."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from portal.core.base import Chance, adding
from portal.core.claims import standing
from portal.core.claims.claims import Claim, Closed, FrozenTerms, State
from portal.core.claims.standing import Gathered
from portal.core.codes import alphabet
from portal.core.codes import store as codes
from portal.core.codes.keyring import Keyring
from portal.core.offers import eligibility, stock, timeframes, windows
from portal.core.offers.offers import BenefitKind, CodeMode, Offer
from portal.core.points import balances, lots
from portal.core.records import outbox, receipts, timeline
from portal.core.records.receipts import Once
from portal.core.records.timeline import Happening
from portal.core.refusals import OfferChanged


@dataclass(frozen=True)
class Asked:
    """A member's wish to claim: which offer, in which version they saw, under which key."""

    member_id: int
    offer_id: int
    key: str
    seen_version: int | None = None


_INSERT = adding(Claim).returning(Claim.id)


def claim_offer(session: Session, keyring: Keyring, asked: Asked, *, now: datetime, chance: Chance) -> str:
    """Give the member one and answer its reference; the same key answers the same reference again.

    Raises the first Refusal of the eligibility answer, or OfferChanged when the terms are not those seen.
    """
    reference = alphabet.mint_reference(chance.pick)
    once = Once(f"member:{asked.member_id}", "claim", asked.key, f"offer:{asked.offer_id}")
    earlier = receipts.open_or_replay(session, once, result=reference, now=now)
    if earlier != reference:
        return earlier
    points = balances.lock(session, asked.member_id).balance
    facts = standing.gather(
        session, offer_id=asked.offer_id, member_id=asked.member_id, points=points, now=now
    )
    _decide(session, asked, facts, now)
    claim_id = _write(session, asked, facts, reference, now)
    if facts.offer.points_cost:
        lots.spend(session, asked.member_id, facts.offer.points_cost, now=now, claim_id=claim_id)
    if facts.offer.code_mode == CodeMode.MINTED:
        codes.issue(session, keyring, claim_id=claim_id, reference=reference, now=now, chance=chance)
    _tell(session, asked, facts, claim_id, reference, now)
    if facts.offer.stock is not None:
        stock.take_one(session, asked.offer_id)
    return reference


def _decide(session: Session, asked: Asked, facts: Gathered, now: datetime) -> None:
    refusal = eligibility.answer(facts.terms, facts.standing, now).refusal
    if refusal is not None:
        raise refusal
    if asked.seen_version is not None and asked.seen_version != facts.offer.version:
        raise OfferChanged(current_cost=facts.offer.points_cost, version=facts.offer.version)


def _write(session: Session, asked: Asked, facts: Gathered, reference: str, now: datetime) -> int:
    offer = facts.offer
    row = {
        "reference": reference,
        "offer_id": offer.id,
        "member_id": asked.member_id,
        "slot": facts.free_slot(),
        "member_limit": offer.per_member,
        "state": State.CLAIMED,
        "version": 1,
        "offer_version": offer.version,
        "terms": freeze(facts).model_dump(mode="json"),
        "zone": offer.zone,
        "claimed_at": now,
        "usable_from": begins_at(offer, now),
        "expires_at": windows.expiry_of_claim(
            now, zone=offer.zone, valid_days=offer.valid_days, use_to=offer.use_to
        ),
        "give_back_until": now + timedelta(minutes=offer.give_back_minutes),
        "uses_allowed": offer.uses_per_claim,
        "uses_left": offer.uses_per_claim,
        "amount": _stored_value(offer),
        "amount_left": _stored_value(offer),
        "price_paid": offer.points_cost,
    }
    return session.execute(_INSERT, row | _closed_at_once(offer, now)).scalar_one()


def begins_at(offer: Offer, now: datetime) -> datetime | None:
    """From when a claim made now works; None where it works at once."""
    return windows.usable_from(
        now,
        zone=offer.zone,
        after_days=offer.starts_after_days,
        after_minutes=offer.starts_after_minutes,
        use_from=offer.use_from,
    )


def _closed_at_once(offer: Offer, now: datetime) -> dict[str, Any]:
    if offer.code_mode != CodeMode.NONE:
        return {}
    done = {"state": State.CLOSED, "closed_reason": Closed.REDEEMED, "closed_at": now}
    return done | {"uses_allowed": 0, "uses_left": 0}


def _stored_value(offer: Offer) -> int | None:
    return offer.benefit_value if offer.benefit_kind == BenefitKind.STORED_VALUE else None


def freeze(facts: Gathered) -> FrozenTerms:
    """The promise made to this member, as of now."""
    offer, text = facts.offer, facts.text
    return FrozenTerms(
        language=text.language,
        title=text.title,
        short=text.short,
        terms=text.terms,
        how_store=text.how_store,
        how_online=text.how_online,
        benefit_kind=offer.benefit_kind,
        benefit_value=offer.benefit_value,
        currency=facts.currency,
        minimum_purchase=offer.minimum_purchase,
        combines=offer.combines,
        till_key=offer.till_key,
        hue=offer.hue,
        offer_slug=offer.slug,
        code_mode=offer.code_mode,
        store_code=offer.store_code,
        online_code=offer.online_code,
        stores=facts.stores,
        use_from=offer.use_from,
        points_cost=offer.points_cost,
        points_value=offer.points_value,
        member_redeem=offer.member_redeem,
        presence=offer.presence,
        active_minutes=offer.active_minutes,
        timeframes=timeframes.read(offer.timeframes),
    )


def _tell(
    session: Session, asked: Asked, facts: Gathered, claim_id: int, reference: str, now: datetime
) -> None:
    told = {"title": facts.text.title, "points": facts.offer.points_cost, "value": facts.offer.points_value}
    timeline.add(
        session,
        Happening.CLAIMED,
        member_id=asked.member_id,
        offer_id=asked.offer_id,
        claim_id=claim_id,
        facts=told,
        now=now,
    )
    outbox.add(session, "claim_made", {"reference": reference}, now=now)
