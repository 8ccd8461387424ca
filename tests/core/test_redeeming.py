"""A code is presented: what it comes to, who is told, and how it is put right."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from portal.core.claims import claims
from portal.core.claims.claims import Claim, Reading
from portal.core.offers import offers
from portal.core.reading import audit, wallet
from portal.core.redeeming import reversals, scanning, scans
from portal.core.redeeming.reversals import UndoReason
from portal.core.redeeming.scans import Outcome, Place, Scan
from portal.core.refusals import AlreadyVoided, ClaimNotFound, IdempotencyKeyReused, VoidWindowClosed
from tests import build
from tests.plumbing.clock import NOON

SECOND, MINUTE, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(days=1)


@pytest.fixture
def place(session: Session) -> Place:
    return build.a_place(session)


def test_a_good_code_with_nothing_to_ask_is_redeemed_at_once(session: Session, place: Place) -> None:
    claim = a_claim(session)
    assert present(session, place, claim).outcome == Outcome.REDEEMED
    assert read(session, claim) is Reading.USED
    assert list(audit.breaches(session, build.KEYRING)) == []


def test_a_used_code_says_when_where_and_by_whom(session: Session, place: Place) -> None:
    claim = a_claim(session)
    present(session, place, claim)
    later = present(session, build.a_place(session, build.a_store(session, "Mill")), claim, NOON + MINUTE)
    facts = scans.unpack(later.facts)
    assert (later.refusal, facts["store"], facts["staff"]) == ("code_already_redeemed", "Pier Café", "Ona")
    assert facts["redeemed_at"] == NOON


def test_the_same_code_again_within_five_seconds_counts_once(session: Session, place: Place) -> None:
    claim = a_claim(session)
    present(session, place, claim)
    assert present(session, place, claim, NOON + 5 * SECOND).outcome == Outcome.COUNTED_ONCE
    assert present(session, place, claim, NOON + 6 * SECOND).outcome == Outcome.REFUSED


def test_the_same_key_is_the_same_scan(session: Session, place: Place) -> None:
    claim = a_claim(session, uses_per_claim=2)
    first = present(session, place, claim, key="tap")
    assert present(session, place, claim, NOON + MINUTE, key="tap").id == first.id
    session.refresh(claim)
    assert claim.uses_left == 1


def test_a_key_that_was_used_for_another_code_is_refused(session: Session, place: Place) -> None:
    first, other = a_claim(session), a_claim(session)
    present(session, place, first, key="tap")
    with pytest.raises(IdempotencyKeyReused):
        present(session, place, other, key="tap")
    assert read(session, other) is Reading.READY


def test_a_condition_is_asked_before_anything_is_used(session: Session, place: Place) -> None:
    claim = a_claim(session, minimum_purchase=2500)
    scan = present(session, place, claim)
    assert (scan.outcome, read(session, claim)) == (Outcome.ASKED, Reading.READY)
    assert scanning.confirm(session, place, scan.id, now=NOON).outcome == Outcome.REDEEMED
    assert scanning.confirm(session, place, scan.id, now=NOON).outcome == Outcome.REDEEMED
    assert read(session, claim) is Reading.USED
    assert list(audit.breaches(session, build.KEYRING)) == []


def test_a_no_leaves_the_code_unused(session: Session, place: Place) -> None:
    claim = a_claim(session, minimum_purchase=2500)
    scan = present(session, place, claim)
    assert scanning.leave(session, place, scan.id, now=NOON).outcome == Outcome.LEFT_UNUSED
    assert scanning.confirm(session, place, scan.id, now=NOON).outcome == Outcome.LEFT_UNUSED
    assert read(session, claim) is Reading.READY


def test_a_new_scan_answers_the_waiting_question_with_no(session: Session, place: Place) -> None:
    waiting = present(session, place, a_claim(session, minimum_purchase=2500))
    present(session, place, a_claim(session))
    session.refresh(waiting)
    assert waiting.outcome == Outcome.LEFT_UNUSED


def test_a_store_may_want_to_press_the_button_itself(session: Session) -> None:
    place = build.a_place(session, build.a_store(session, auto_redeem=False))
    assert present(session, place, a_claim(session)).outcome == Outcome.READY


def test_a_code_of_other_stores_names_them(session: Session, place: Place) -> None:
    mill, offer = build.a_store(session, "Mill"), build.an_offer(session)
    offers.set_stores(session, offer, [mill.id])
    scan = present(session, place, build.claim(session, build.a_member(session), offer))
    assert (scan.refusal, scan.facts) == ("wrong_store", {"stores": ["Mill"]})


@pytest.mark.parametrize(
    "refusal, terms, when",
    [
        ("code_expired", {"valid_days": 1}, NOON + 2 * DAY),
        ("code_not_yet_valid", {"use_from": NOON + DAY}, NOON),
    ],
)
def test_time_decides_and_no_sweep(
    session: Session, place: Place, refusal: str, terms: dict[str, int], when: datetime
) -> None:
    scan = present(session, place, a_claim(session, **terms), when)
    assert (scan.outcome, scan.refusal) == (Outcome.REFUSED, refusal)


def test_a_ban_holds_a_claim_and_lets_it_go(session: Session, place: Place) -> None:
    member = build.a_member(session)
    claim = build.claim(session, member, build.an_offer(session))
    member.banned_until = NOON + DAY
    session.flush()
    assert present(session, place, claim).refusal == "member_banned"
    assert present(session, place, claim, NOON + DAY).outcome == Outcome.REDEEMED


def test_an_undone_redemption_works_again(session: Session, place: Place) -> None:
    claim = a_claim(session)
    scan = present(session, place, claim)
    assert undo(session, place, scan, NOON + MINUTE).outcome == Outcome.UNDONE
    assert read(session, claim) is Reading.READY
    assert present(session, place, claim, NOON + 2 * MINUTE).outcome == Outcome.REDEEMED
    assert list(audit.breaches(session, build.KEYRING)) == []


def test_a_redemption_is_undone_once(session: Session, place: Place) -> None:
    scan = present(session, place, a_claim(session))
    undo(session, place, scan, NOON)
    with pytest.raises(AlreadyVoided):
        undo(session, place, scan, NOON)


def test_undo_is_for_ones_own_and_for_ten_minutes(session: Session, place: Place) -> None:
    scan = present(session, place, a_claim(session))
    with pytest.raises(VoidWindowClosed):
        undo(session, place, scan, NOON + timedelta(minutes=10, seconds=1))
    other = Place(place.store_id, place.till_id, build.staff_at(session, name="Jonas").id, True, "192.0.2.1")
    with pytest.raises(VoidWindowClosed):
        undo(session, other, scan, NOON)


def test_another_tills_scan_is_not_there(session: Session, place: Place) -> None:
    scan = present(session, place, a_claim(session, minimum_purchase=1))
    with pytest.raises(ClaimNotFound):
        scanning.confirm(session, build.a_place(session), scan.id, now=NOON)


def test_every_use_stands_in_the_claims_history(session: Session, place: Place) -> None:
    claim = a_claim(session, uses_per_claim=2)
    present(session, place, claim)
    present(session, place, claim, NOON + MINUTE)
    told = [step.kind.value for step in wallet.steps(session, claim.id)]
    assert told == ["claim_redeemed", "claim_redeemed", "offer_claimed"]


def a_claim(session: Session, **terms: Any) -> Claim:
    return build.claim(session, build.a_member(session), build.an_offer(session, **terms))


def present(session: Session, place: Place, claim: Claim, now: datetime = NOON, key: str = "") -> Scan:
    typed = build.code_of(session, claim).lower()
    key = key or f"{now.isoformat()}-{claim.reference}"
    scan = scanning.scan(session, build.KEYRING, typed, place, key=key, now=now, acting_since=NOON)
    session.flush()
    return scan


def undo(session: Session, place: Place, scan: Scan, now: datetime) -> Scan:
    return reversals.undo(session, place, scan.id, UndoReason.AT_ONCE, now=now)


def read(session: Session, claim: Claim) -> Reading:
    session.refresh(claim)
    return claims.reading(claims.moment(claim), NOON)
