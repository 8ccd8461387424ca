"""Hours and late starts: judged where and when the code is shown, by what the claim was promised."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from portal.core.claims import claims
from portal.core.claims.claims import Claim, Reading
from portal.core.club.stores import Store
from portal.core.offers import timeframes
from portal.core.offers.timeframes import Timeframe
from portal.core.redeeming import scanning, scans
from portal.core.redeeming.scans import Scan
from portal.core.refusals import OfferEnded
from tests import build
from tests.plumbing.clock import NOON

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
MORNINGS = timeframes.kept([Timeframe(days=(0, 1, 2, 3, 4), begins=7 * 60, ends=10 * 60)])
AT_EIGHT = NOON - timedelta(hours=4)


@pytest.fixture
def pier(session: Session) -> Store:
    return build.a_store(session)


def test_a_code_works_at_its_hours(session: Session, pier: Store) -> None:
    assert present(session, a_claim(session), pier, AT_EIGHT).outcome == "redeemed"


def test_outside_its_hours_a_code_is_refused_and_stays_unused(session: Session, pier: Store) -> None:
    claim = a_claim(session)
    scan = present(session, claim, pier, NOON)
    tomorrow = NOON.replace(day=11, hour=4)
    facts = {"hours": MORNINGS, "opens_at": tomorrow, "zone": build.ZONE}
    assert (scan.refusal, scans.unpack(scan.facts)) == ("outside_hours", facts)
    assert read(claim, NOON) is Reading.READY
    assert present(session, claim, pier, tomorrow).outcome == "redeemed"


@pytest.mark.parametrize(
    "minute, refusal", [(-1, "outside_hours"), (0, None), (179, None), (180, "outside_hours")]
)
def test_hours_begin_on_time_and_their_end_is_too_late(
    session: Session, pier: Store, minute: int, refusal: str | None
) -> None:
    seven = NOON.replace(hour=4)
    assert present(session, a_claim(session), pier, seven + minute * MINUTE).refusal == refusal


def test_the_stores_own_clock_decides(session: Session, pier: Store) -> None:
    claim = a_claim(session)
    far = build.a_store(session, "Azores")
    far.zone = "Atlantic/Azores"
    assert present(session, claim, pier, NOON).refusal == "outside_hours"
    assert present(session, claim, far, NOON).outcome == "redeemed"


def test_another_store_is_said_before_another_hour(session: Session, pier: Store) -> None:
    claim = a_claim(session, all_stores=False)
    assert present(session, claim, pier, NOON).refusal == "wrong_store"


def test_what_was_promised_outlasts_a_change_of_hours(session: Session, pier: Store) -> None:
    offer = build.an_offer(session, timeframes=MORNINGS)
    claim = build.claim(session, build.a_member(session), offer)
    offer.timeframes = []
    session.flush()
    assert present(session, claim, pier, NOON).refusal == "outside_hours"


@pytest.mark.parametrize(
    "terms, begins",
    [
        ({"starts_after_days": 2}, "2026-06-11T21:00"),
        ({"starts_after_minutes": 90}, "2026-06-10T10:30"),
        ({"starts_after_minutes": 90, "use_from": NOON + DAY}, "2026-06-11T09:00"),
        ({"starts_after_days": 1, "use_from": NOON}, "2026-06-10T21:00"),
    ],
)
def test_a_claim_may_begin_later(session: Session, pier: Store, terms: dict[str, Any], begins: str) -> None:
    claim = build.claim(session, build.a_member(session), build.an_offer(session, **terms))
    usable = datetime.fromisoformat(begins).replace(tzinfo=UTC)
    assert claim.usable_from == usable
    assert [read(claim, usable - MINUTE), read(claim, usable)] == [Reading.LATER, Reading.READY]
    scan = present(session, claim, pier, usable - MINUTE)
    assert (scan.refusal, scans.unpack(scan.facts)["valid_from"]) == ("code_not_yet_valid", usable)
    assert present(session, claim, pier, usable).outcome == "redeemed"


def test_a_late_start_is_the_start_of_a_day_in_the_zone_of_the_claim(session: Session) -> None:
    cairo = build.an_offer(session, zone="Africa/Cairo", starts_after_days=1)
    before_the_skip = datetime(2026, 4, 23, 12, tzinfo=UTC)
    claim = build.claim(session, build.a_member(session), cairo, now=before_the_skip)
    # That night the clock goes from 11:59pm to 1am: the day begins at 1am.
    assert claim.usable_from == datetime(2026, 4, 23, 22, tzinfo=UTC)


@pytest.mark.parametrize(
    "terms",
    [
        {"use_to": NOON},
        {"use_to": NOON + DAY, "starts_after_days": 2},
        {"use_to": NOON + 90 * MINUTE, "starts_after_minutes": 90},
    ],
)
def test_what_could_never_be_used_cannot_be_claimed(session: Session, terms: dict[str, Any]) -> None:
    offer = build.an_offer(session, **terms)
    with pytest.raises(OfferEnded):
        build.claim(session, build.a_member(session), offer)


def test_a_claim_works_to_the_day_that_the_use_clock_names(session: Session, pier: Store) -> None:
    last = NOON + 3 * DAY
    offer = build.an_offer(session, use_to=last, valid_days=None)
    claim = build.claim(session, build.a_member(session), offer)
    offer.use_to = NOON + 9 * DAY
    session.flush()
    assert claim.expires_at == last
    assert present(session, claim, pier, last).refusal == "code_expired"
    assert present(session, claim, pier, last - MINUTE).outcome == "redeemed"


def a_claim(session: Session, **terms: Any) -> Claim:
    offer = build.an_offer(session, timeframes=MORNINGS, **terms)
    return build.claim(session, build.a_member(session), offer, now=NOON - DAY)


def present(session: Session, claim: Claim, store: Store, now: datetime) -> Scan:
    place, code = build.a_place(session, store), build.code_of(session, claim)
    scan = scanning.scan(session, build.KEYRING, code, place, key="1", now=now, acting_since=now)
    session.flush()
    return scan


def read(claim: Claim, now: datetime) -> Reading:
    return claims.reading(claims.moment(claim), now)
