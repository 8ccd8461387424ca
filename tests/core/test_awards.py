"""Points that a claim gives: credited and taken back with it, or only noted for another system."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.core.claims import claiming, releases
from portal.core.claims.claiming import Asked
from portal.core.points import balances, lots
from portal.core.points.ledger import Entry
from portal.core.points.lots import Lot
from portal.core.reading import audit
from portal.core.refusals import AwardSpent, InsufficientPoints
from tests import build
from tests.core.test_statements import counted
from tests.plumbing.clock import NOON

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def honest(session):
    yield
    assert list(audit.breaches(session, build.KEYRING)) == []


def balance(session, member):
    return balances.lock(session, member.id).balance


def ledger(session):
    rows = session.execute(select(Entry.kind, Entry.amount, Entry.balance_after).order_by(Entry.seq))
    return [tuple(row) for row in rows]


def test_a_claim_pays_and_earns_in_one_act(session):
    ada = build.a_member(session, points=100)
    claim = build.claim(session, ada, build.an_offer(session, points_cost=80, points_value=30))
    assert (claim.price_paid, claim.points_awarded, claim.promised.award) == (80, 30, 30)
    assert ledger(session) == [("earned", 100, 100), ("spent", -80, 20), ("earned", 30, 50)]
    assert [left for _, left, _ in lots.of_member(session, ada.id)] == [20, 30]
    assert balances.lock(session, ada.id).earned == 130


def test_a_free_claim_can_give_points(session):
    ada = build.a_member(session)
    build.claim(session, ada, build.an_offer(session, points_value=30))
    assert ledger(session) == [("earned", 30, 30)]


def test_the_price_is_paid_before_the_award_comes(session):
    ada = build.a_member(session, points=70)
    offer = build.an_offer(session, points_cost=80, points_value=30)
    session.commit()
    with pytest.raises(InsufficientPoints):
        build.claim(session, ada, offer)
    session.rollback()


def test_the_soonest_to_expire_pays_and_the_dead_do_not(session):
    ada = build.a_member(session)
    for points, ends in ((50, None), (20, NOON + DAY), (40, NOON)):
        build.earn(session, ada.id, points, now=NOON - DAY, expires_at=ends)
    build.claim(session, ada, build.an_offer(session, points_cost=30, points_value=5))
    left = session.execute(select(Lot.amount, Lot.remaining).order_by(Lot.id)).all()
    assert [tuple(row) for row in left] == [(50, 40), (20, 0), (40, 40), (5, 5)]


def test_points_that_another_system_gives_are_only_noted(session):
    ada = build.a_member(session)
    offer = build.an_offer(session, points_value=30, credits_award=False)
    claim = build.claim(session, ada, offer)
    assert (claim.points_awarded, claim.promised.points_value, balance(session, ada)) == (0, 30, 0)


def test_an_award_goes_back_with_its_claim(session):
    ada = build.a_member(session, points=100)
    claim = build.claim(session, ada, build.an_offer(session, points_cost=80, points_value=30))
    assert releases.give_back(session, ada.id, claim.reference, now=NOON) == 80
    assert (balance(session, ada), balances.lock(session, ada.id).earned) == (100, 100)


def test_a_claim_whose_award_is_spent_is_not_given_back(session):
    ada = build.a_member(session)
    claim = build.claim(session, ada, build.an_offer(session, points_value=30))
    build.claim(session, ada, build.an_offer(session, points_cost=20))
    session.commit()
    with pytest.raises(AwardSpent) as refused:
        releases.give_back(session, ada.id, claim.reference, now=NOON)
    session.rollback()
    assert refused.value.facts == {"award": 30, "shortfall": 20}
    assert (balance(session, ada), claim.state) == (10, "claimed")


def test_the_award_keeps_the_clubs_rule_of_expiry(session):
    ada = build.a_member(session)
    build.a_club(session).points_months = 2
    session.flush()
    build.claim(session, ada, build.an_offer(session, points_value=30))
    assert str(session.scalar(select(Lot.expires_at))) == "2026-08-31 21:00:00+00:00"


def test_a_paid_claim_with_an_award_stays_within_fifteen_statements(engine, session):
    ada = build.a_member(session, points=500)
    offer = build.an_offer(session, points_cost=200, points_value=50, stock=3)
    asked = Asked(ada.id, offer.id, "tap", seen_version=offer.version)
    session.commit()
    with counted(engine) as statements:
        claiming.claim_offer(session, build.KEYRING, asked, now=NOON, chance=build.CHANCE)
        session.commit()
    said = [statement for statement in statements if not statement.startswith("BEGIN")]
    assert len(said) + 2 <= 15, said
