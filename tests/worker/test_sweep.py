"""One pass writes down everything that time has ended, however much there is."""

from datetime import timedelta

import pytest

from portal.core.claims.claims import Closed
from portal.core.points import lots
from portal.core.points.balances import Balance
from portal.core.records import limits
from portal.core.records.limits import Limit
from portal.worker import sweep
from portal.worker.sweep import Swept
from tests import build
from tests.plumbing.clock import NOON

DAY = timedelta(days=1)


@pytest.fixture
def small_batches(monkeypatch):
    monkeypatch.setattr(sweep, "BATCH", 2)


def test_codes_and_points_whose_time_is_over(session, small_batches):
    offer = build.an_offer(session, valid_days=1)
    members = [build.a_member(session, f"Member {number}") for number in range(5)]
    claims = [build.claim(session, member, offer) for member in members]
    for member in members[:3]:
        lots.earn(session, member.id, 100, now=NOON - DAY, expires_at=NOON)
    session.commit()
    assert sweep.once(session, NOON + 3 * DAY) == Swept(claims=5, balances=3)
    assert sweep.once(session, NOON + 3 * DAY) == Swept(claims=0, balances=0)
    for thing in claims:
        session.refresh(thing)
    assert {claim.closed_reason for claim in claims} == {Closed.EXPIRED}
    assert {row.balance for row in session.query(Balance)} == {0}


def test_what_still_lives_is_left_alone(session):
    build.claim(session, build.a_member(session, points=100), build.an_offer(session, valid_days=30))
    session.commit()
    assert sweep.once(session, NOON + DAY) == Swept(claims=0, balances=0)


def test_counts_whose_window_is_over_go(session):
    for key, ends in (("over", NOON), ("running", NOON + DAY)):
        limits.hit(session, key, amount=1, ends_at=ends, now=NOON - DAY)
    session.commit()
    sweep.once(session, NOON)
    assert [row.key for row in session.query(Limit)] == ["running"]
