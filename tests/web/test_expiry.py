"""Every rung of the expiry ladder, and the nights on which the clock changes."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from markupsafe import Markup

from portal.web import expiry
from portal.web.expiry import Level

VILNIUS = "Europe/Vilnius"
NOW = "2026-11-12T14:31+02:00"  # a Thursday


@pytest.mark.parametrize(
    "ends, level, words",
    [
        ("2026-11-12T14:31+02:00", Level.GONE, "Expired today at 2:31pm"),
        ("2026-11-12T00:00+02:00", Level.GONE, "Expired yesterday at 11:59pm"),
        ("2026-11-11T00:00+02:00", Level.GONE, "Expired on Tuesday 10 November, at 11:59pm"),
        ("2026-11-12T14:31:59+02:00", Level.LAST, "Expires in <b>less than a minute</b>, today at 2:31pm"),
        ("2026-11-12T14:56+02:00", Level.LAST, "Expires in <b>25 min</b>, today at 2:56pm"),
        ("2026-11-12T16:41+02:00", Level.LAST, "Expires in <b>2 h 10 min</b>, today at 4:41pm"),
        ("2026-11-12T17:31+02:00", Level.LAST, "Expires in <b>3 h</b>, today at 5:31pm"),
        ("2026-11-12T17:31:01+02:00", Level.TODAY, "Expires <b>today</b> at 5:31pm"),
        ("2026-11-13T00:00+02:00", Level.TODAY, "Expires <b>today</b> at 11:59pm"),
        ("2026-11-13T21:59:59+00:00", Level.TOMORROW, "Expires <b>tomorrow</b>, Friday, at 11:59pm"),
        ("2026-11-14T00:00+02:00", Level.TOMORROW, "Expires <b>tomorrow</b>, Friday, at 11:59pm"),
        (
            "2026-11-14T09:00+02:00",
            Level.TWO_DAYS,
            "Expires on <b>Saturday</b> at 9am, in less than 2 days",
        ),
        ("2026-11-15T00:00+02:00", Level.WEEK, "Expires in <b>2 days</b>, Saturday 14 November at 11:59pm"),
        ("2026-11-18T00:00+02:00", Level.WEEK, "Expires in <b>5 days</b>, Tuesday 17 November at 11:59pm"),
        ("2026-11-20T00:00+02:00", Level.WEEK, "Expires in <b>7 days</b>, Thursday 19 November at 11:59pm"),
        ("2026-11-21T00:00+02:00", Level.LATER, "Use by <b>Friday 20 November</b>, 8 days left"),
        ("2026-11-30T00:00+02:00", Level.LATER, "Use by <b>Sunday 29 November</b>, 17 days left"),
        ("2026-12-13T00:00+02:00", Level.LATER, "Use by <b>Saturday 12 December</b>, 30 days left"),
        ("2026-12-14T00:00+02:00", Level.LATER, "Use by <b>Sunday 13 December</b>"),
        ("2027-02-01T00:00+02:00", Level.LATER, "Use by <b>Sunday 31 January 2027</b>"),
    ],
)
def test_the_first_rung_that_holds_is_spoken(ends, level, words):
    spoken = expire(ends)
    assert (spoken.level, spoken.words) == (level, words)


@pytest.mark.parametrize(
    "now, ends, zone, level, words",
    [
        # 25 h 29 min 59 s, across the night when the clocks go back
        (
            "2026-10-24T23:30+03:00",
            "2026-10-25T23:59:59+02:00",
            VILNIUS,
            Level.TOMORROW,
            "Expires tomorrow, Sunday, at 11:59pm",
        ),
        # 48 h 50 min away and still tomorrow, because today has 25 hours
        (
            "2026-10-25T00:10+03:00",
            "2026-10-27T00:00+02:00",
            VILNIUS,
            Level.TOMORROW,
            "Expires tomorrow, Monday, at 11:59pm",
        ),
        # the wall says 3 h 30 min, but an hour of it is skipped
        (
            "2026-03-29T01:00+02:00",
            "2026-03-29T04:30+03:00",
            VILNIUS,
            Level.LAST,
            "Expires in 2 h 30 min, today at 4:30am",
        ),
        # the wall says 2 h 30 min, but an hour of it comes twice
        (
            "2026-10-25T02:00+03:00",
            "2026-10-25T04:30+02:00",
            VILNIUS,
            Level.TODAY,
            "Expires today at 4:30am",
        ),
        # a UTC moment is early next morning in Vilnius
        (
            "2024-03-15T23:30+00:00",
            "2024-03-15T23:59:59+00:00",
            VILNIUS,
            Level.LAST,
            "Expires in 29 min, today at 1:59am",
        ),
        (
            "2026-11-12T00:01+02:00",
            "2026-11-12T00:20+02:00",
            VILNIUS,
            Level.LAST,
            "Expires in 19 min, today at 12:20am",
        ),
        (
            "2026-11-12T23:30+02:00",
            "2026-11-13T00:30+02:00",
            VILNIUS,
            Level.LAST,
            "Expires in 1 h, tomorrow at 12:30am",
        ),
        (
            "2026-11-12T22:00+02:00",
            "2026-11-13T01:00:01+02:00",
            VILNIUS,
            Level.TOMORROW,
            "Expires tomorrow, Friday, at 1am",
        ),
        # the 4th begins at 1am in São Paulo: an end there is the end of the 3rd
        (
            "2018-11-03T12:00-03:00",
            "2018-11-04T01:00-02:00",
            "America/Sao_Paulo",
            Level.TODAY,
            "Expires today at 11:59pm",
        ),
        # 30 December 2011 never was in Samoa
        (
            "2011-12-29T12:00-10:00",
            "2012-01-01T00:00+14:00",
            "Pacific/Apia",
            Level.TWO_DAYS,
            "Expires on Saturday at 11:59pm, in less than 2 days",
        ),
        # leap day
        (
            "2028-02-27T15:00+02:00",
            "2028-03-01T00:00+02:00",
            VILNIUS,
            Level.WEEK,
            "Expires in 2 days, Tuesday 29 February at 11:59pm",
        ),
        (
            "2028-02-28T15:00+02:00",
            "2028-03-01T00:00+02:00",
            VILNIUS,
            Level.TOMORROW,
            "Expires tomorrow, Tuesday, at 11:59pm",
        ),
    ],
)
def test_a_strange_night_is_spoken_right(now, ends, zone, level, words):
    spoken = expire(ends, now, zone)
    assert (spoken.level, spoken.plain) == (level, words)


def test_the_clock_change_vector_is_that_far_away():
    left = instant("2026-10-25T23:59:59+02:00") - instant("2026-10-24T23:30+03:00")
    assert left == timedelta(hours=25, minutes=29, seconds=59)


def test_an_hour_that_comes_twice_is_measured_also_on_the_wall_of_one_zone():
    vilnius = ZoneInfo(VILNIUS)
    now, ends = datetime(2026, 10, 25, 2, tzinfo=vilnius), datetime(2026, 10, 25, 4, 30, tzinfo=vilnius)
    assert expiry.level(ends, now, vilnius) is Level.TODAY


def test_no_end_is_not_spoken():
    assert expiry.expiry(None, instant(NOW), VILNIUS) is None


@pytest.mark.parametrize(
    "ends, look",
    [
        ("2026-11-12T14:31+02:00", "gone"),
        ("2026-11-12T16:00+02:00", "last"),
        ("2026-11-13T00:00+02:00", "tomorrow"),
        ("2026-11-14T00:00+02:00", "tomorrow"),
        ("2026-11-14T09:00+02:00", "tomorrow"),
        ("2026-11-18T00:00+02:00", "week"),
        ("2026-11-30T00:00+02:00", "later"),
    ],
)
def test_a_notice_has_one_of_five_looks(ends, look):
    assert expire(ends).look == look


def test_paper_names_the_year_and_the_zone():
    paper = expire("2026-11-14T00:00+02:00").paper
    assert isinstance(paper, Markup)
    assert paper == "Use by <b>Friday 13 November 2026</b>, 11:59pm Vilnius time"


def test_a_notice_may_name_what_expires():
    spoken = expire("2026-11-14T00:00+02:00", what="<20% off>")
    assert spoken.words == "<b>&lt;20% off&gt;</b> expires <b>tomorrow</b>, Friday, at 11:59pm"


@pytest.mark.parametrize("level", Level)
def test_every_rung_has_both_its_sentences(level):
    assert (
        str(expiry._NAMED[level]).replace("<b>%(what)s</b>", "").lower().strip(": ")
        == str(expiry._ALONE[level]).lower()
    )


def expire(ends: str, now: str = NOW, zone: str = VILNIUS, what: str | None = None) -> expiry.Expiry:
    spoken = expiry.expiry(instant(ends), instant(now), zone, what=what)
    assert spoken is not None
    return spoken


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
