"""The sweep only writes down what time has done; nobody waits for it."""

from datetime import timedelta

from sqlalchemy.orm import Session

from portal.core.claims import claims, expiry
from portal.core.claims.claims import Reading
from portal.core.points import balances, lots
from portal.core.reading import audit, wallet
from tests import build
from tests.plumbing.clock import NOON

DAY = timedelta(days=1)


def test_a_claim_reads_as_expired_before_and_after_the_sweep(session: Session) -> None:
    member = build.a_member(session)
    claim = build.claim(session, member, build.an_offer(session, valid_days=1))
    late = NOON + 3 * DAY
    assert claims.reading(claims.moment(claim), late) is Reading.EXPIRED
    assert expiry.record_expired(session, now=late) == 1
    assert expiry.record_expired(session, now=late) == 0
    session.refresh(claim)
    assert claims.reading(claims.moment(claim), late) is Reading.EXPIRED
    assert wallet.steps(session, claim.id)[0].kind == "claim_expired"
    assert list(audit.breaches(session, build.KEYRING)) == []


def test_a_claim_that_still_lives_is_left_alone(session: Session) -> None:
    build.claim(session, build.a_member(session), build.an_offer(session, valid_days=1))
    assert expiry.record_expired(session, now=NOON + timedelta(hours=1)) == 0


def test_dead_points_leave_the_balance(session: Session) -> None:
    member = build.a_member(session)
    lots.earn(session, member.id, 100, now=NOON - DAY, expires_at=NOON)
    lots.earn(session, member.id, 70, now=NOON - DAY, expires_at=NOON + DAY)
    assert lots.members_with_dead_points(session, NOON, most=10) == [member.id]
    assert lots.write_off_due(session, member.id, NOON) == 100
    assert balances.lock(session, member.id).balance == 70
    assert lots.members_with_dead_points(session, NOON, most=10) == []
    assert list(audit.breaches(session, build.KEYRING)) == []
