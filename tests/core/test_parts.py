"""A claim is used in parts: some of its uses, or an amount of its value, with what is left kept on it."""

from itertools import count
from typing import Any

import pytest
from sqlalchemy.orm import Session

from portal.core.claims import claims
from portal.core.claims.claims import Claim, Reading
from portal.core.offers.offers import BenefitKind
from portal.core.reading import audit
from portal.core.redeeming import parts, reversals, scanning
from portal.core.redeeming.parts import Part
from portal.core.redeeming.reversals import UndoReason
from portal.core.redeeming.scans import Outcome, Place, Scan
from portal.core.refusals import ClaimNotFound, MoreThanLeft
from tests import build
from tests.plumbing.clock import NOON

_number = count(1)


@pytest.fixture
def place(session: Session) -> Place:
    return build.a_place(session)


def test_a_stored_value_asks_for_the_amount_and_keeps_the_rest(session: Session, place: Place) -> None:
    claim = a_card_of(session, 2000)
    scan = present(session, place, claim)
    assert (scan.outcome, scan.facts) == (Outcome.ASKED, {"asks": ["amount"], "amount_left": 2000})
    scanning.confirm(session, place, scan.id, now=NOON, part=parts.of_value(550))
    assert (scan.outcome, left(session, claim)) == (Outcome.REDEEMED, (1450, 1))
    assert read(session, claim) is Reading.PART_USED
    assert list(audit.breaches(session, build.KEYRING)) == []


def test_the_last_of_the_value_closes_the_claim(session: Session, place: Place) -> None:
    claim = a_card_of(session, 2000)
    take(session, place, claim, parts.of_value(1999))
    take(session, place, claim, parts.of_value(1))
    assert (left(session, claim), read(session, claim)) == ((0, 0), Reading.USED)
    assert list(audit.breaches(session, build.KEYRING)) == []


def test_all_of_it_is_what_is_left(session: Session, place: Place) -> None:
    claim = a_card_of(session, 2000)
    take(session, place, claim, parts.of_value(700))
    take(session, place, claim, parts.ONE_USE)
    assert left(session, claim) == (0, 0)


@pytest.mark.parametrize("amount", [2001, 0, -5])
def test_an_amount_that_is_not_there_is_refused_and_the_question_stands(
    session: Session, place: Place, amount: int
) -> None:
    claim = a_card_of(session, 2000)
    scan = present(session, place, claim)
    with pytest.raises(MoreThanLeft) as refused:
        scanning.confirm(session, place, scan.id, now=NOON, part=parts.of_value(amount))
    assert refused.value.facts == {"amount_left": 2000, "currency": "EUR"}
    assert (scan.outcome, left(session, claim)) == (Outcome.ASKED, (2000, 1))


def test_an_undone_part_goes_back_to_the_value(session: Session, place: Place) -> None:
    claim = a_card_of(session, 2000)
    take(session, place, claim, parts.of_value(500))
    scan = take(session, place, claim, parts.of_value(1500))
    reversals.undo(session, place, scan.id, UndoReason.AT_ONCE, now=NOON)
    assert (left(session, claim), read(session, claim)) == ((1500, 1), Reading.PART_USED)
    assert list(audit.breaches(session, build.KEYRING)) == []


def test_more_uses_are_taken_after_a_scan_each_key_once(session: Session, place: Place) -> None:
    claim = a_claim(session, uses_per_claim=5)
    scan = present(session, place, claim)
    for _ in range(2):
        scanning.take_more(session, place, scan.id, uses=3, key="more", now=NOON)
        session.flush()
    assert left(session, claim) == (None, 1)
    assert list(audit.breaches(session, build.KEYRING)) == []


@pytest.mark.parametrize("uses", [5, 0, -1])
def test_uses_that_are_not_there_are_refused(session: Session, place: Place, uses: int) -> None:
    claim = a_claim(session, uses_per_claim=5)
    scan = present(session, place, claim)
    with pytest.raises(MoreThanLeft) as refused:
        scanning.take_more(session, place, scan.id, uses=uses, key="more", now=NOON)
    assert (refused.value.facts, left(session, claim)) == ({"uses_left": 4}, (None, 4))


def test_more_is_taken_only_of_what_this_till_has_just_redeemed(session: Session, place: Place) -> None:
    claim = a_claim(session, uses_per_claim=5, minimum_purchase=100)
    scan = present(session, place, claim)
    with pytest.raises(ClaimNotFound):
        scanning.take_more(session, place, scan.id, uses=1, key="more", now=NOON)
    with pytest.raises(ClaimNotFound):
        scanning.take_more(session, build.a_place(session), scan.id, uses=1, key="more", now=NOON)


def test_several_uses_undone_are_several_uses_back(session: Session, place: Place) -> None:
    claim = a_claim(session, uses_per_claim=5)
    more = scanning.take_more(session, place, present(session, place, claim).id, uses=4, key="more", now=NOON)
    session.flush()
    assert read(session, claim) is Reading.USED
    reversals.undo(session, place, more.id, UndoReason.AT_ONCE, now=NOON)
    assert (left(session, claim), read(session, claim)) == ((None, 4), Reading.PART_USED)
    assert list(audit.breaches(session, build.KEYRING)) == []


def a_card_of(session: Session, value: int) -> Claim:
    return a_claim(session, benefit_kind=BenefitKind.STORED_VALUE, benefit_value=value)


def a_claim(session: Session, **terms: Any) -> Claim:
    return build.claim(session, build.a_member(session), build.an_offer(session, **terms))


def present(session: Session, place: Place, claim: Claim) -> Scan:
    typed, key = build.code_of(session, claim), f"scan-{next(_number)}"
    scan = scanning.scan(session, build.KEYRING, typed, place, key=key, now=NOON, acting_since=NOON)
    session.flush()
    return scan


def take(session: Session, place: Place, claim: Claim, part: Part) -> Scan:
    scan = present(session, place, claim)
    scanning.confirm(session, place, scan.id, now=NOON, part=part)
    session.flush()
    return scan


def left(session: Session, claim: Claim) -> tuple[int | None, int]:
    session.refresh(claim)
    return claim.amount_left, claim.uses_left


def read(session: Session, claim: Claim) -> Reading:
    session.refresh(claim)
    return claims.reading(claims.moment(claim), NOON)
