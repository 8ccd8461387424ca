"""Pools: a partner's codes are drawn once, shown to their holder alone, and known again at the till."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from portal.core.base import Chance
from portal.core.claims import claims, releases
from portal.core.claims.claims import Claim
from portal.core.codes import pool_codes, pools
from portal.core.codes.pool_codes import PoolCode
from portal.core.codes.pools import Pool
from portal.core.offers.offers import CodeMode
from portal.core.reading import audit, catalogue, wallet
from portal.core.records.journal import JournalEntry
from portal.core.records.outbox import Message
from portal.core.redeeming import scanning
from portal.core.redeeming.scans import Outcome, Place, Scan
from portal.core.refusals import ClaimNotCancellable, CodePoolEmpty, IdempotencyKeyReused
from tests import build
from tests.plumbing.clock import NOON

THREE = ("CINE-1111-QQQQ", "CINE-2222-WWWW", "CINE-3333-ZZZZ")


def test_each_claim_shows_a_code_that_nobody_had(session: Session) -> None:
    _, offer = a_pool_offer(session)
    claims_made = [build.claim(session, build.a_member(session), offer) for _ in THREE]
    assert sorted(shown(session, claim) for claim in claims_made) == sorted(THREE)
    assert [(level.total, level.left) for level in pools.levels(session)] == [(3, 0)]
    assert list(audit.breaches(session, build.KEYRING)) == []


def test_the_table_holds_no_code(session: Session) -> None:
    a_pool_offer(session)
    kept = b"".join(code.sealed + code.lookup for code in session.scalars(select(PoolCode)))
    assert not any(part in kept for part in (b"CINE", b"1111", b"QQQQ"))


def test_an_empty_pool_says_no_on_the_shelf_and_in_the_deed(session: Session) -> None:
    _, offer = a_pool_offer(session, THREE[0])
    build.claim(session, build.a_member(session), offer)
    with pytest.raises(CodePoolEmpty):
        build.claim(session, build.a_member(session), offer)
    item = catalogue.for_newcomer(session, offer.slug, "en", NOON)
    assert item is not None
    assert item.eligibility.refusal is not None
    assert item.eligibility.refusal.code == "code_pool_empty"


@pytest.mark.parametrize("start", [0, 500_000, pool_codes.PLACES - 1])
def test_a_draw_finds_the_last_code_wherever_it_begins(session: Session, start: int) -> None:
    _, offer = a_pool_offer(session, THREE[0])
    session.execute(text("UPDATE pool_codes SET place = 500000"))
    claim = build.claim(session, build.a_member(session), build.an_offer(session))
    chance = Chance(build.CHANCE.pick, lambda size: start.to_bytes(size))
    assert offer.pool_id is not None
    pool_codes.draw(session, offer.pool_id, claim.id, now=NOON, chance=chance)
    assert shown(session, claim) == THREE[0]


def test_ours_stands_beside_it_where_the_offer_mints_too(session: Session) -> None:
    pool = build.a_pool(session, *THREE)
    claim = build.claim(session, build.a_member(session), build.an_offer(session, pool_id=pool.id))
    assert len(build.code_of(session, claim)) == 12
    assert shown(session, claim) in THREE
    assert list(audit.breaches(session, build.KEYRING)) == []


def test_a_shown_code_is_not_given_back_unless_the_partner_voids_it(session: Session) -> None:
    pool, offer = a_pool_offer(session)
    claim = build.claim(session, build.a_member(session), offer)
    assert not claims.can_be_given_back(claim, NOON)
    with pytest.raises(ClaimNotCancellable):
        releases.give_back(session, claim.member_id, claim.reference, now=NOON)
    voided = build.claim(session, build.a_member(session), pooled(session, pool, partner_voids=True))
    releases.give_back(session, voided.member_id, voided.reference, now=NOON)
    assert [level.left for level in pools.levels(session)] == [1]
    assert list(audit.breaches(session, build.KEYRING)) == []


@pytest.mark.parametrize("terms", [{"store_code": "10OFF"}, {"online_code": "HARBOUR"}])
def test_a_static_code_is_given_back_where_the_partner_voids_it(
    session: Session, terms: dict[str, str]
) -> None:
    offer = build.an_offer(session, partner_voids=True, **terms)
    claim = build.claim(session, build.a_member(session), offer)
    assert releases.give_back(session, claim.member_id, claim.reference, now=NOON) == 0


@pytest.mark.parametrize("typed", ["{}", " {} ", "{lower}", "{spaced}", "{bare}"])
def test_the_till_knows_it_by_its_shape_and_redeems_the_claim(session: Session, typed: str) -> None:
    _, offer = a_pool_offer(session)
    claim = build.claim(session, build.a_member(session), offer)
    code = shown(session, claim)
    forms = {"lower": code.lower(), "spaced": code.replace("-", " "), "bare": code.replace("-", "")}
    scan = presented(session, build.a_place(session), typed.format(code, **forms))
    assert (scan.outcome, scan.claim_id) == (Outcome.REDEEMED, claim.id)
    session.refresh(claim)
    assert claim.closed_reason == "redeemed"


def test_case_counts_only_where_the_pool_says_so(session: Session) -> None:
    pool = build.a_pool(session, "abCD1234", case_matters=True)
    claim = build.claim(session, build.a_member(session), pooled(session, pool))
    place = build.a_place(session)
    assert presented(session, place, "ABCD1234", key="1").outcome == Outcome.UNKNOWN
    assert presented(session, place, "abCD1234", key="2").claim_id == claim.id


def test_a_free_code_of_the_pool_is_unknown_and_counts_as_a_guess(session: Session) -> None:
    a_pool_offer(session)
    assert presented(session, build.a_place(session), THREE[0]).outcome == Outcome.UNKNOWN


@pytest.mark.parametrize("other", ["4006381333931", "CINE-1", "CINE-1111-QQQ!", "Ačiū-1111-QQQQ"])
def test_what_fits_no_pool_is_foreign_and_counts_as_no_guess(session: Session, other: str) -> None:
    a_pool_offer(session)
    assert presented(session, build.a_place(session), other).outcome == Outcome.FOREIGN


def test_a_key_belongs_to_one_code_of_a_partner(session: Session) -> None:
    _, offer = a_pool_offer(session)
    first, second = (shown(session, build.claim(session, build.a_member(session), offer)) for _ in "12")
    place = build.a_place(session)
    assert presented(session, place, first).id == presented(session, place, first).id
    with pytest.raises(IdempotencyKeyReused):
        presented(session, place, second)


def test_a_pool_that_runs_low_is_told_once_a_crossing(session: Session) -> None:
    pool, offer = a_pool_offer(session)
    pools.watch(session, pool, 3, now=NOON)
    assert pools.note_levels(session, NOON) == []
    build.claim(session, build.a_member(session), offer)
    assert pools.note_levels(session, NOON) == [(pool.name, 2)]
    assert pools.note_levels(session, NOON + timedelta(minutes=1)) == []
    build.fill(session, pool, "CINE-4444-PPPP")
    assert pools.note_levels(session, NOON) == []
    build.claim(session, build.a_member(session), offer)
    assert pools.note_levels(session, NOON) == [(pool.name, 2)]
    told = session.scalars(select(JournalEntry.facts).where(JournalEntry.act == pools.LOW)).all()
    assert told == [{"pool": pool.name, "left": 2, "alarm_below": 3}] * 2
    assert len(session.scalars(select(Message).where(Message.kind == pools.LOW)).all()) == 2


def test_the_wallet_says_which_code_is_shown(session: Session) -> None:
    _, offer = a_pool_offer(session)
    claim = build.claim(session, build.a_member(session), offer)
    [held] = wallet.open_passes(session, claim.member_id, NOON)
    assert (held.promised.code_mode, held.promised.pool_id) == (CodeMode.POOL, offer.pool_id)


def a_pool_offer(session: Session, *texts: str):
    pool = build.a_pool(session, *(texts or THREE))
    return pool, pooled(session, pool)


def pooled(session: Session, pool: Pool, **terms: bool):
    return build.an_offer(session, "Cinema", code_mode=CodeMode.POOL, pool_id=pool.id, **terms)


def shown(session: Session, claim: Claim) -> str:
    return pool_codes.shown(session, build.KEYRING, claim.id) or ""


def presented(session: Session, place: Place, typed: str, key: str = "1") -> Scan:
    return scanning.scan(session, build.KEYRING, typed, place, key=key, now=NOON, acting_since=NOON)
