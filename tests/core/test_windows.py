"""Clocks: ends are exclusive, and a day is as long as its zone makes it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from portal.core.offers import windows

DAYS = {
    "an ordinary one": ("Europe/Vilnius", date(2026, 11, 13), "2026-11-13T22:00:00+00:00"),
    "the long one of autumn": ("Europe/Vilnius", date(2026, 10, 25), "2026-10-25T22:00:00+00:00"),
    "the short one of spring": ("Europe/Vilnius", date(2026, 3, 29), "2026-03-29T21:00:00+00:00"),
    "a leap day": ("Europe/Vilnius", date(2028, 2, 29), "2028-02-29T22:00:00+00:00"),
    "before a missing midnight": ("Africa/Cairo", date(2026, 4, 23), "2026-04-23T22:00:00+00:00"),
    "far east": ("Australia/Melbourne", date(2021, 4, 24), "2021-04-24T14:00:00+00:00"),
}


@pytest.mark.parametrize("name", DAYS)
def test_a_day_ends_where_the_next_begins(name: str) -> None:
    zone, day, end = DAYS[name]
    assert windows.end_of_day(day, zone).isoformat() == end
    assert windows.start_of_day(day + timedelta(days=1), zone).isoformat() == end


def test_a_claim_never_outlives_the_use_clock() -> None:
    noon = datetime(2026, 6, 10, 9, tzinfo=UTC)
    use_to = noon + timedelta(days=2)
    ends = windows.expiry_of_claim(noon, zone="Europe/Vilnius", valid_days=30, use_to=use_to)
    assert ends == use_to


def test_no_limit_is_no_limit() -> None:
    noon = datetime(2026, 6, 10, 9, tzinfo=UTC)
    assert windows.expiry_of_claim(noon, zone="UTC", valid_days=None, use_to=None) is None
    assert windows.has_begun(None, noon)
    assert not windows.is_over(None, noon)


def test_an_end_is_the_first_instant_that_is_too_late() -> None:
    noon = datetime(2026, 6, 10, 9, tzinfo=UTC)
    assert windows.is_over(noon, noon)
    assert not windows.is_over(noon, noon - timedelta(microseconds=1))
