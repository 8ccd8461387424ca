"""A member takes one of an offer: what moves, what is refused, and what is promised."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from portal.core.claims import claiming, claims
from portal.core.claims.claiming import Asked
from portal.core.claims.claims import Reading
from portal.core.offers import offers
from portal.core.offers.offers import CodeMode, Status
from portal.core.points import balances, lots
from portal.core.reading import audit, wallet
from portal.core.refusals import (
    IdempotencyKeyReused,
    InsufficientPoints,
    MemberBanned,
    MemberLimitReached,
    OfferAlreadyClaimed,
    OfferChanged,
    OfferEnded,
    OfferNotFound,
    OfferNotStarted,
    OfferSoldOut,
    OfferUnavailable,
    Refusal,
    SelfClaimDisabled,
    TierRequired,
)
from tests import build
from tests.plumbing.clock import NOON

DAY = timedelta(days=1)


def test_a_paid_claim_takes_points_from_the_lot_that_expires_first(session: Session) -> None:
    member = build.a_member(session)
    lots.earn(session, member.id, 150, now=NOON - DAY, expires_at=None)
    lots.earn(session, member.id, 100, now=NOON - DAY, expires_at=NOON + DAY)
    build.claim(session, member, build.an_offer(session, points_cost=120))
    assert [left for _, left, _ in lots.of_member(session, member.id)] == [130]
    assert balances.lock(session, member.id).balance == 130


def test_a_claim_expires_at_the_end_of_a_day_in_the_offers_zone(session: Session) -> None:
    claim = build.claim(session, build.a_member(session), build.an_offer(session, valid_days=60))
    assert claim.expires_at is not None
    assert claim.expires_at.isoformat() == "2026-08-09T21:00:00+00:00"


def test_the_same_key_is_the_same_claim(session: Session) -> None:
    member, offer = build.a_member(session), build.an_offer(session, per_member=None)
    first = build.claim(session, member, offer, key="tap")
    assert build.claim(session, member, offer, key="tap").reference == first.reference
    assert len(wallet.open_passes(session, member.id, NOON)) == 1


def test_a_key_used_for_another_offer_is_refused(session: Session) -> None:
    member = build.a_member(session)
    build.claim(session, member, build.an_offer(session), key="tap")
    with pytest.raises(IdempotencyKeyReused):
        build.claim(session, member, build.an_offer(session), key="tap")


def test_an_offer_edited_since_the_member_looked_asks_to_look_again(session: Session) -> None:
    member, offer = build.a_member(session), build.an_offer(session)
    seen = offer.version
    offers.touch(session, offer, NOON)
    asked = Asked(member.id, offer.id, "tap", seen_version=seen)
    with pytest.raises(OfferChanged):
        claiming.claim_offer(session, build.KEYRING, asked, now=NOON, chance=build.CHANCE)


def test_editing_an_offer_leaves_the_promise_alone(session: Session) -> None:
    offer = build.an_offer(session, minimum_purchase=2500)
    claim = build.claim(session, build.a_member(session), offer)
    offer.minimum_purchase = 9900
    offers.touch(session, offer, NOON)
    session.refresh(claim)
    assert claim.promised.minimum_purchase == 2500


def test_archiving_an_offer_leaves_its_claims_usable(session: Session) -> None:
    offer = build.an_offer(session)
    claim = build.claim(session, build.a_member(session), offer)
    offers.set_status(session, offer, Status.ARCHIVED, now=NOON, by=None)
    assert claims.reading(claims.moment(claim), NOON) is Reading.READY


def test_a_free_play_closes_when_it_is_claimed(session: Session) -> None:
    offer = build.an_offer(session, "Welcome Free Spin", code_mode=CodeMode.NONE, points_value=50)
    claim = build.claim(session, build.a_member(session), offer)
    assert claims.reading(claims.moment(claim), NOON) is Reading.USED
    assert list(audit.breaches(session, build.KEYRING)) == []


def test_a_missed_sweep_never_lets_dead_points_pay(session: Session) -> None:
    member = build.a_member(session)
    lots.earn(session, member.id, 100, now=NOON - DAY, expires_at=NOON)
    with pytest.raises(InsufficientPoints):
        build.claim(session, member, build.an_offer(session, points_cost=100))


REFUSED: dict[str, tuple[type[Refusal], dict[str, Any], dict[str, Any]]] = {
    "banned": (MemberBanned, {}, {"banned_until": NOON + DAY}),
    "a draft": (OfferNotFound, {"status": Status.DRAFT}, {}),
    "not visible yet": (OfferNotFound, {"visible_from": NOON + DAY}, {}),
    "visible no more": (OfferNotFound, {"visible_to": NOON}, {}),
    "paused": (OfferUnavailable, {"status": Status.PAUSED}, {}),
    "for staff to give": (SelfClaimDisabled, {"self_claim": False}, {}),
    "not open yet": (OfferNotStarted, {"claim_from": NOON + timedelta(microseconds=1)}, {}),
    "over": (OfferEnded, {"claim_to": NOON}, {}),
    "sold out": (OfferSoldOut, {"stock": 0}, {}),
    "too dear": (InsufficientPoints, {"points_cost": 1}, {}),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_refused_claim_leaves_everything_as_it_was(session: Session, case: str) -> None:
    refusal, terms, person = REFUSED[case]
    member, offer = build.a_member(session, **person), build.an_offer(session, **terms)
    session.commit()
    with pytest.raises(refusal):
        build.claim(session, member, offer)
    session.rollback()
    assert wallet.open_passes(session, member.id, NOON) == []
    assert list(audit.breaches(session, build.KEYRING)) == []


def test_a_tier_too_low_is_told_which_one_it_takes(session: Session) -> None:
    silver, gold = build.a_tier(session, "silver", 1), build.a_tier(session, "gold", 2)
    member, offer = build.a_member(session, tier=silver), build.an_offer(session, minimum_tier_id=gold.id)
    with pytest.raises(TierRequired) as refused:
        build.claim(session, member, offer)
    assert refused.value.facts == {"required_tier": "Gold", "current_tier": "Silver"}


def test_a_second_claim_is_sent_to_the_first_one(session: Session) -> None:
    member, offer = build.a_member(session), build.an_offer(session)
    first = build.claim(session, member, offer)
    with pytest.raises(OfferAlreadyClaimed) as refused:
        build.claim(session, member, offer)
    assert refused.value.facts == {"reference": first.reference}


def test_once_all_are_expired_the_limit_is_named(session: Session) -> None:
    member, offer = build.a_member(session), build.an_offer(session, per_member=1, valid_days=1)
    build.claim(session, member, offer)
    with pytest.raises(MemberLimitReached):
        build.claim(session, member, offer, now=NOON + 3 * DAY)


def test_every_refusal_has_a_code_of_its_own() -> None:
    codes = [refusal.code for refusal in Refusal.__subclasses__()]
    names = ["".join(word.title() for word in code.split("_")) for code in codes]
    assert names == [refusal.__name__ for refusal in Refusal.__subclasses__()]
