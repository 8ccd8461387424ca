"""What a card says of its dates: short, and to the hour only when the hour matters."""

from datetime import UTC, datetime

import pytest

from portal.web import expiry
from portal.web.expiry import Stub

VILNIUS = "Europe/Vilnius"
NOW = datetime(2026, 11, 12, 12, 31, tzinfo=UTC)  # Thursday, 2:31pm in Vilnius


@pytest.mark.parametrize(
    "ends, words",
    [
        ("2026-11-11T00:00", "Expired Tue 10 November"),
        ("2026-11-12T00:00", "Expired yesterday"),
        ("2026-11-12T16:41", "Expires in 2 h 10 min"),
        ("2026-11-13T00:00", "Expires today, 11:59pm"),
        ("2026-11-14T00:00", "Expires tomorrow, 11:59pm"),
        ("2026-11-14T09:00", "Expires Sat 14 November, 9am"),
        ("2026-11-16T00:00", "Expires Sun 15 November"),
        ("2026-11-30T00:00", "Use by Sun 29 November"),
    ],
)
def test_a_pass_says_when_it_expires(ends, words):
    assert expiry.on_card(at(ends), NOW, VILNIUS) == words


@pytest.mark.parametrize(
    "ends, words",
    [
        ("2026-11-12T14:31", "Ended 12 Nov"),
        ("2026-11-11T00:00", "Ended 10 Nov"),
        ("2026-11-13T00:00", "Claim by 11:59pm today"),
        ("2026-11-14T00:00", "Claim by 11:59pm tomorrow"),
        ("2026-11-16T00:00", "Claim by Sun 15 November"),
        ("2026-11-15T18:00", "Claim by Sun 15 November, 6pm"),
        ("2027-01-02T00:00", "Claim by Fri 1 January 2027"),
    ],
)
def test_an_offer_says_until_when_it_can_be_claimed(ends, words):
    assert expiry.claim_by(at(ends), NOW, VILNIUS) == words


@pytest.mark.parametrize(
    "starts, words, stub",
    [
        ("2026-11-12T18:00", "Opens today, 6pm", Stub("6pm", "opens today")),
        ("2026-11-13T09:00", "Opens tomorrow, 9am", Stub("9am", "opens tomorrow")),
        ("2026-11-14T09:00", "Opens Sat 14 November, 9am", Stub("Sat, 9am", "opens in 2 days")),
        ("2026-11-19T09:00", "Opens Thu 19 November, 9am", Stub("19 Nov, 9am", "opens in 7 days")),
        (
            "2027-01-02T09:30",
            "Opens Sat 2 January 2027, 9:30am",
            Stub("2 Jan 2027, 9:30am", "opens in 51 days"),
        ),
    ],
)
def test_an_offer_says_when_it_opens(starts, words, stub):
    assert expiry.opens(at(starts), NOW, VILNIUS) == words
    assert expiry.opens_stub(at(starts), NOW, VILNIUS) == stub


def test_a_period_says_when_it_begins_again():
    assert expiry.again_from(at("2026-12-01T00:00"), NOW, VILNIUS) == "again from 1 Dec"


def test_an_open_offer_no_longer_opens():
    assert expiry.opens(NOW, NOW, VILNIUS) is None


def test_what_has_no_date_says_nothing():
    ways = (expiry.on_card, expiry.claim_by, expiry.opens)
    assert [way(None, NOW, VILNIUS) for way in ways] == [None, None, None]


def at(wall: str) -> datetime:
    return datetime.fromisoformat(wall + "+02:00").astimezone(UTC)


@pytest.mark.parametrize(
    "starts, words",
    [
        ("2026-11-12T18:00", "From 6pm today"),
        ("2026-11-13T09:00", "From 9am tomorrow"),
        ("2026-11-14T09:00", "From Saturday 9am"),
        ("2026-11-18T09:30", "From Wednesday 9:30am"),
        ("2026-11-19T09:00", "From Thu 19 November, 9am"),
        ("2027-01-02T09:00", "From Sat 2 January 2027, 9am"),
    ],
)
def test_what_works_later_says_from_when(starts, words):
    assert expiry.from_when(at(starts), NOW, VILNIUS) == words
