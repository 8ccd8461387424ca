"""A calendar file is read by programs that forgive nothing: line ends, folds, escapes and instants."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.web import ical
from portal.web.ical import Event

VILNIUS = ZoneInfo("Europe/Vilnius")
NOW = datetime(2026, 11, 12, 14, 31, tzinfo=VILNIUS)
ENDS = datetime(2026, 11, 14, tzinfo=VILNIUS)
FILE = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Counterfoil//Wallet//EN
CALSCALE:GREGORIAN
METHOD:PUBLISH
BEGIN:VEVENT
UID:BCDFGHJK@club.example
DTSTAMP:20261112T123100Z
DTSTART:20261113T215900Z
DTEND:20261113T220000Z
SUMMARY:20% off your next purchase
DESCRIPTION:Use by Friday.
URL:https://club.example/wallet/BCDFGHJK
TRANSP:TRANSPARENT
BEGIN:VALARM
ACTION:DISPLAY
DESCRIPTION:20% off your next purchase
TRIGGER:-P2D
END:VALARM
END:VEVENT
END:VCALENDAR
"""


def an_event(title: str = "20% off your next purchase", begins: datetime = ENDS) -> Event:
    return Event(
        uid="BCDFGHJK@club.example",
        title=title,
        told="Use by Friday.",
        url="https://club.example/wallet/BCDFGHJK",
        begins=begins,
        ends=ENDS,
        warning="-P2D",
    )


def test_the_whole_file():
    written = ical.calendar(an_event(begins=ENDS - timedelta(minutes=1)), NOW)
    assert written.decode() == FILE.replace("\n", "\r\n")


def test_an_event_that_takes_no_time_has_no_end():
    assert b"DTEND" not in ical.calendar(an_event(), NOW)


def test_signs_that_mean_something_are_escaped():
    assert rb"SUMMARY:Soup\, bread\; tea \\ milk\nand cake" in ical.calendar(
        an_event("Soup, bread; tea \\ milk\r\nand cake"), NOW
    )


@pytest.mark.parametrize("offset", range(4))
def test_a_long_line_is_folded_between_letters(offset):
    title = "x" * offset + "ąčęėįšųūž€☕" * 12
    lines = ical.calendar(an_event(title), NOW).split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert [line.decode() for line in lines]
    assert f"SUMMARY:{title}" in unfolded(b"\r\n".join(lines))


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=300))
def test_what_is_folded_can_be_unfolded(title):
    written = ical.calendar(an_event(title), NOW)
    escaped = title.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    assert f"SUMMARY:{escaped}" in unfolded(written)
    assert max(map(len, written.split(b"\r\n"))) <= 75


def unfolded(written: bytes) -> list[str]:
    return written.replace(b"\r\n ", b"").decode().split("\r\n")
