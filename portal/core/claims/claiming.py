"""A member takes one of an offer, or of what the club gave them. Either everything moves or nothing does."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from portal.core.base import Chance, adding
from portal.core.claims import awards, holds, reclaiming, standing
from portal.core.claims.claims import Claim, Closed, FrozenTerms, State
from portal.core.claims.standing import Gathered
from portal.core.codes import alphabet, pool_codes
from portal.core.codes import store as codes
from portal.core.codes.keyring import Keyring
from portal.core.offers import eligibility, grants, stock, timeframes, windows
from portal.core.offers.grants import Grant
from portal.core.offers.offers import BenefitKind, CodeMode, Offer
from portal.core.points import balances, lots
from portal.core.records import outbox, receipts, timeline
from portal.core.records.receipts import Once
from portal.core.records.timeline import Happening
from portal.core.refusals import NotEligible, OfferChanged


@dataclass(frozen=True)
class Asked:
    """A member's wish to claim: which offer, in which version they saw, under which key.

    `grant` names one of several grants; `by_club` is the club claiming for them what it gives; `card_id`
    is the card shown for it.
    """

    member_id: int
    offer_id: int
    key: str
    seen_version: int | None = None
    grant: str = ""
    by_club: bool = False
    card_id: int | None = None


_NOTHING_OWN = Grant()
_INSERT = adding(Claim).returning(Claim.id)
# What a claim promises under the name that the offer has for it.
_FROZEN = sorted(
    FrozenTerms.model_fields.keys() & set(Offer.__table__.c.keys()) - {"benefit_value", "timeframes"}
)


def claim_offer(session: Session, keyring: Keyring, asked: Asked, *, now: datetime, chance: Chance) -> str:
    """Give the member one and answer its reference; the same key answers the same reference again.

    Raises the first Refusal of the eligibility answer, or OfferChanged when the terms are not those seen.
    """
    reference = alphabet.mint_reference(chance.pick)
    once = Once(f"member:{asked.member_id}", "claim", asked.key, f"offer:{asked.offer_id}")
    earlier = receipts.open_or_replay(session, once, result=reference, now=now)
    if earlier != reference:
        return earlier
    balance = balances.lock(session, asked.member_id)
    facts = _gather(session, asked, balance.balance, now)
    _decide(session, asked, facts, now)
    claim_id = _claim(session, asked, facts, reference, now)
    if facts.award:
        awards.credit(session, asked.member_id, claim_id, facts, balance, now=now)
    elif facts.offer.points_cost:
        lots.spend(session, asked.member_id, facts.offer.points_cost, now=now, claim_id=claim_id)
    if facts.offer.code_mode == CodeMode.MINTED:
        codes.issue(session, keyring, claim_id=claim_id, reference=reference, now=now, chance=chance)
    _draw_or_hold(session, facts.offer, claim_id, now, chance)
    _tell(session, asked, facts, claim_id, reference, now)
    if facts.offer.stock is not None:
        stock.take_one(session, asked.offer_id)
    return reference


def _gather(session: Session, asked: Asked, points: int, now: datetime) -> Gathered:
    return standing.gather(
        session,
        offer_id=asked.offer_id,
        member_id=asked.member_id,
        points=points,
        now=now,
        grant=asked.grant,
        card_id=asked.card_id,
    )


def _draw_or_hold(session: Session, offer: Offer, claim_id: int, now: datetime, chance: Chance) -> None:
    if offer.code_mode == CodeMode.PROVIDER:
        holds.open_hold(session, claim_id, offer.points_cost, now=now, chance=chance)
    else:
        pool_codes.draw(session, offer.pool_id, claim_id, now=now, chance=chance)


def _decide(session: Session, asked: Asked, facts: Gathered, now: datetime) -> None:
    terms = replace(facts.terms, self_claim=True) if asked.by_club else facts.terms
    refusal = eligibility.answer(terms, facts.standing, now).refusal
    if refusal is not None:
        raise refusal
    if asked.seen_version is not None and asked.seen_version != facts.offer.version:
        raise OfferChanged(current_cost=facts.offer.points_cost, version=facts.offer.version)


def _claim(session: Session, asked: Asked, facts: Gathered, reference: str, now: datetime) -> int:
    earlier_id, facts = reclaiming.make_room(session, facts, asked.member_id)
    claim_id = _write(session, asked, facts, reference, now)
    if earlier_id is not None:
        reclaiming.succeed(session, earlier_id, claim_id)
    return claim_id


def _write(session: Session, asked: Asked, facts: Gathered, reference: str, now: datetime) -> int:
    offer, grant = facts.offer, facts.grant
    if grant is not None and not grants.take(session, grant.id, now):
        raise NotEligible
    row = {
        "reference": reference,
        "offer_id": offer.id,
        "member_id": asked.member_id,
        "slot": facts.free_slot(),
        "member_limit": offer.per_member,
        "state": State.PENDING if offer.code_mode == CodeMode.PROVIDER else State.CLAIMED,
        "version": 1,
        "offer_version": offer.version,
        "terms": freeze(facts).model_dump(mode="json"),
        "zone": offer.zone,
        "claimed_at": now,
        "usable_from": begins_at(offer, now),
        "expires_at": _expiry(facts, now),
        "give_back_until": now + timedelta(minutes=offer.give_back_minutes),
        "uses_allowed": offer.uses_per_claim,
        "uses_left": offer.uses_per_claim,
        "amount": _stored_value(facts),
        "amount_left": _stored_value(facts),
        "price_paid": offer.points_cost,
        "points_awarded": facts.award,
        "card_id": asked.card_id,
        **_given(grant),
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


def _expiry(facts: Gathered, now: datetime) -> datetime | None:
    if facts.grant is not None and facts.grant.expires_at is not None:
        return facts.grant.expires_at
    offer = facts.offer
    return windows.expiry_of_claim(now, zone=offer.zone, valid_days=offer.valid_days, use_to=offer.use_to)


def _given(grant: Grant | None) -> dict[str, Any]:
    if grant is None:
        return {"source": "member"}
    given = {"source": "grant", "grant_id": grant.id, "external_id": grant.external_id}
    return given | ({"metadata": grant.details} if grant.details is not None else {})


def _closed_at_once(offer: Offer, now: datetime) -> dict[str, Any]:
    if offer.code_mode != CodeMode.NONE:
        return {}
    done = {"state": State.CLOSED, "closed_reason": Closed.REDEEMED, "closed_at": now}
    return done | {"uses_allowed": 0, "uses_left": 0}


def _stored_value(facts: Gathered) -> int | None:
    return facts.value if facts.offer.benefit_kind == BenefitKind.STORED_VALUE else None


def freeze(facts: Gathered) -> FrozenTerms:
    """The promise made to this member, as of now."""
    offer, text, own = facts.offer, facts.text, facts.grant or _NOTHING_OWN
    return FrozenTerms(
        **{name: getattr(offer, name) for name in _FROZEN},
        language=text.language,
        title=own.title or text.title,
        short=own.text or text.short,
        long=text.long,
        terms=text.terms,
        how_store=text.how_store,
        how_online=text.how_online,
        benefit_value=facts.value,
        currency=facts.currency,
        offer_slug=offer.slug,
        stores=facts.stores,
        award=facts.award,
        timeframes=timeframes.read(offer.timeframes),
    )


def _tell(
    session: Session, asked: Asked, facts: Gathered, claim_id: int, reference: str, now: datetime
) -> None:
    title = (facts.grant and facts.grant.title) or facts.text.title
    told = {"title": title, "points": facts.offer.points_cost, "value": facts.offer.points_value}
    told |= {"award": facts.award} if facts.award else {}
    timeline.add(
        session,
        Happening.CLAIMED,
        member_id=asked.member_id,
        offer_id=asked.offer_id,
        claim_id=claim_id,
        facts=told,
        now=now,
    )
    # Of a code that is still being made the member is told when it is there.
    if facts.offer.code_mode != CodeMode.PROVIDER:
        outbox.add(session, "claim_made", {"reference": reference}, now=now)
