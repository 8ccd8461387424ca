"""So many claims in a day, a week or a month of the club, counted under the member's lock."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.orm import Session

from portal.core.claims import releases
from portal.core.club import club
from portal.core.club.members import Member
from portal.core.offers import periods
from portal.core.offers.offers import Offer
from portal.core.reading import catalogue
from portal.core.reading.people import MemberHere
from portal.core.refusals import PeriodLimitReached
from tests import build
from tests.plumbing.clock import NOON

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
# 10 June 2026 is a Wednesday: how long until each period begins again, and ended before.
RESETS = {
    "day": ("2026-06-10T00:00+03:00", "2026-06-11T00:00+03:00"),
    "week": ("2026-06-08T00:00+03:00", "2026-06-15T00:00+03:00"),
    "month": ("2026-06-01T00:00+03:00", "2026-07-01T00:00+03:00"),
}
# Days next to each other, by the wall, around changes of the clock, leap days and ends of years.
DAYS = [date(2026, 3, 29), date(2026, 10, 25), date(2028, 2, 29), date(2027, 1, 1), date(2026, 4, 24)]
ZONES = ["Europe/Vilnius", "Africa/Cairo", "America/Nuuk", "Asia/Beirut", "Pacific/Kiritimati"]


@pytest.mark.parametrize("period", RESETS)
def test_the_next_one_opens_with_the_next_period(session: Session, period: str) -> None:
    member, offer = a_pair(session, per_period=1, period=period)
    began, resets = (datetime.fromisoformat(instant) for instant in RESETS[period])
    build.claim(session, member, offer, now=began - HOUR)
    build.claim(session, member, offer, now=began)
    with pytest.raises(PeriodLimitReached) as refused:
        build.claim(session, member, offer, now=resets - HOUR)
    said = {"period": period, "limit": 1, "resets_at": resets, "zone": build.ZONE}
    assert refused.value.facts == said
    build.claim(session, member, offer, now=resets)


def test_several_in_a_period_and_each_member_for_themselves(session: Session) -> None:
    member, offer = a_pair(session, per_period=2, period="day")
    build.claim(session, member, offer)
    build.claim(session, member, offer)
    build.claim(session, build.a_member(session, "Bo"), offer)
    with pytest.raises(PeriodLimitReached):
        build.claim(session, member, offer)


def test_one_given_back_does_not_count(session: Session) -> None:
    member, offer = a_pair(session, per_period=1, period="month")
    claim = build.claim(session, member, offer)
    releases.give_back(session, member.id, claim.reference, now=NOON)
    build.claim(session, member, offer)


def test_the_clubs_zone_says_what_a_day_is(session: Session) -> None:
    member, offer = a_pair(session, per_period=1, period="day", zone="Pacific/Auckland")
    club.the(session).zone = "America/New_York"
    session.flush()
    build.claim(session, member, offer, now=NOON)
    with pytest.raises(PeriodLimitReached) as refused:
        build.claim(session, member, offer, now=NOON + 18 * HOUR)
    assert refused.value.facts["resets_at"] == datetime(2026, 6, 11, 4, tzinfo=UTC)


def test_the_limit_in_all_is_said_first(session: Session) -> None:
    member, offer = a_pair(session, per_member=1, per_period=1, period="day")
    build.claim(session, member, offer)
    assert refusal_on_the_shelf(session, member, offer) == "offer_already_claimed"


def test_shelf_and_page_answer_as_the_deed_does(session: Session) -> None:
    member, offer = a_pair(session, per_period=1, period="day")
    other = build.an_offer(session, per_member=None)
    build.claim(session, member, offer, now=NOON - DAY)
    build.claim(session, member, other)
    assert refusal_on_the_shelf(session, member, offer) is None
    build.claim(session, member, offer)
    assert refusal_on_the_shelf(session, member, offer) == "period_limit_reached"
    assert refusal_on_the_shelf(session, member, other) is None


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("day", DAYS)
def test_periods_meet_and_hold_the_days_that_the_wall_shows(zone: str, day: date) -> None:
    place = ZoneInfo(zone)
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=place)
    for hours in range(-36, 37):
        moment = noon.astimezone(UTC) + hours * HOUR
        shown = moment.astimezone(place)
        for period, key in WALL.items():
            began, ends = periods.around(moment, period, zone)
            assert began <= moment < ends
            inside = {key(at.astimezone(place)) for at in (began, ends - timedelta(minutes=1))}
            assert inside == {key(shown)}
            assert key((began - timedelta(minutes=1)).astimezone(place)) != key(shown)


WALL: dict[str, Any] = {
    "day": lambda there: there.strftime("%Y-%m-%d"),
    "week": lambda there: there.strftime("%G-%V"),
    "month": lambda there: there.strftime("%Y-%m"),
}


def a_pair(session: Session, **terms: Any) -> tuple[Member, Offer]:
    return build.a_member(session), build.an_offer(session, **({"per_member": None} | terms))


def refusal_on_the_shelf(session: Session, member: Member, offer: Offer) -> str | None:
    here = MemberHere(0, member.id, member.name, "en", 0, None, None, 0, None, None, "auto")
    [listed] = [one for one in catalogue.shelf(session, here, NOON) if one.offer.slug == offer.slug]
    alone = catalogue.item(session, here, offer.slug, NOON)
    assert alone is not None
    said = [one.eligibility.refusal for one in (listed, alone)]
    codes = {refusal.code if refusal else None for refusal in said}
    [code] = codes
    return code
