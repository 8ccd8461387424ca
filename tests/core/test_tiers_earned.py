"""A tier is what the earned points say: up at once, down at the year's end, and never by the balance."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from portal.core.claims import returns
from portal.core.club import tiers
from portal.core.club.members import Member
from portal.core.points import balances, earning
from portal.core.points.purchases import Bought
from portal.core.reading import audit
from portal.core.records.timeline import TimelineEvent
from portal.worker import sweep
from tests import build
from tests.plumbing.clock import NOON

NEW_YEAR = datetime(2026, 12, 31, 22, tzinfo=UTC)
YEAR = timedelta(days=365)


@pytest.fixture
def ladder(session):
    ranks = (("bronze", 0), ("silver", 500), ("gold", 1500))
    return {code: build.a_tier(session, code, rank, at) for rank, (code, at) in enumerate(ranks, start=1)}


@pytest.fixture
def ada(session, ladder):
    member = build.a_member(session)
    member.tier_id = ladder["bronze"].id
    session.flush()
    return member


@pytest.fixture
def store(session):
    return build.a_store(session)


@pytest.fixture(autouse=True)
def honest(session):
    yield
    assert list(audit.breaches(session, build.KEYRING)) == []


def buy(session, store, member, euros, at=NOON, receipt=None):
    bought = Bought(store.id, receipt or f"{at}{euros}", member.id, None, euros * 100, at)
    earning.earn(session, bought, unit=100, now=at)
    return bought


def tier_of(session, member):
    session.commit()
    session.expire_all()
    found = session.get_one(tiers.Tier, session.get_one(Member, member.id).tier_id).code
    session.commit()
    return found


def told(session):
    kinds = ("tier_reached", "tier_left")
    rows = select(TimelineEvent.kind, TimelineEvent.facts).where(TimelineEvent.kind.in_(kinds))
    return [(row.kind, row.facts["tier"]) for row in session.execute(rows.order_by(TimelineEvent.id))]


def test_up_at_once_and_it_is_told(session, store, ada):
    buy(session, store, ada, 499)
    assert tier_of(session, ada) == "bronze"
    buy(session, store, ada, 1)
    assert (tier_of(session, ada), told(session)) == ("silver", [("tier_reached", "Silver")])


def test_two_steps_at_once_are_one_event(session, store, ada):
    buy(session, store, ada, 1600)
    assert (tier_of(session, ada), told(session)) == ("gold", [("tier_reached", "Gold")])


def test_spending_takes_no_tier(session, store, ada):
    buy(session, store, ada, 600)
    build.claim(session, ada, build.an_offer(session, points_cost=600))
    assert tier_of(session, ada) == "silver"


def test_a_tier_lasts_through_the_next_year_and_then_is_earned_again(session, store, ada):
    buy(session, store, ada, 600)
    session.commit()
    for at, tier in ((NEW_YEAR, "silver"), (NEW_YEAR + YEAR, "bronze")):
        sweep.once(session, at)
        assert tier_of(session, ada) == tier
    assert told(session)[-1] == ("tier_left", "Bronze")


def test_the_year_ends_at_midnight_in_the_clubs_zone(session, store, ada):
    buy(session, store, ada, 600, at=NOON - YEAR)
    session.commit()
    sweep.once(session, NEW_YEAR - timedelta(seconds=1))
    assert tier_of(session, ada) == "silver"
    sweep.once(session, NEW_YEAR)
    assert tier_of(session, ada) == "bronze"


def test_a_purchase_in_the_new_year_judges_before_any_sweep(session, store, ada):
    buy(session, store, ada, 600, at=NOON - YEAR)
    buy(session, store, ada, 10, at=NEW_YEAR)
    assert tier_of(session, ada) == "bronze"


def test_a_return_takes_the_tier_that_stood_on_it(session, store, ada):
    bought = buy(session, store, ada, 600, receipt="R1")
    back = Bought(store.id, "T1", ada.id, None, 200_00, NOON)
    returns.bring_back(session, back, bought.receipt, unit=100, now=NOON)
    assert tier_of(session, ada) == "bronze"


def test_the_rate_follows_the_tier_at_once(session, store, ada, ladder):
    ladder["silver"].rate = 200
    session.flush()
    standings = {ada.id: balances.lock(session, ada.id)}
    two = [Bought(store.id, f"R{n}", ada.id, None, 500_00, NOON) for n in (1, 2)]
    rules = earning.rules(session, unit=100)
    assert earning.record(session, two, standings, rules, now=NOON) == [500, 1000]


def test_an_award_counts_toward_the_tier(session, ada):
    build.claim(session, ada, build.an_offer(session, points_value=500))
    assert tier_of(session, ada) == "silver"


def test_a_tier_that_the_club_gave_holds_through_its_year(session, store, ladder):
    bo = build.a_member(session, "Bo", tier=ladder["gold"])
    buy(session, store, bo, 10)
    assert tier_of(session, bo) == "gold"
    session.commit()
    sweep.once(session, NEW_YEAR)
    assert (tier_of(session, bo), told(session)) == ("bronze", [("tier_left", "Bronze")])


def test_a_sweep_twice_tells_once(session, store, ada):
    buy(session, store, ada, 600, at=NOON - YEAR)
    session.commit()
    for _ in range(2):
        sweep.once(session, NEW_YEAR)
    assert told(session) == [("tier_reached", "Silver"), ("tier_left", "Bronze")]
