"""Instants are spoken in their zone, to the minute, and never as "midnight"."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from markupsafe import Markup

from portal.web import dates
from portal.web.i18n import speaking

VILNIUS = "Europe/Vilnius"
NOW = datetime(2026, 11, 12, 12, 31, tzinfo=UTC)  # Thursday, 2:31pm in Vilnius


@pytest.mark.parametrize(
    "wall, words",
    [("14:31", "2:31pm"), ("09:00", "9am"), ("00:00", "12am"), ("12:00", "12pm"), ("12:05", "12:05pm")],
)
def test_the_clock_leaves_out_what_it_need_not_say(wall, words):
    assert dates.clock_words(in_vilnius(f"2026-11-12 {wall}"), VILNIUS) == words


def test_a_clock_speaks_the_minute_it_stands_in():
    assert dates.clock_words(datetime(2026, 11, 13, 21, 59, 59, tzinfo=UTC), VILNIUS) == "11:59pm"


def test_a_zone_may_be_a_name_or_a_zone():
    assert dates.clock_words(NOW, ZoneInfo(VILNIUS)) == dates.clock_words(NOW, VILNIUS) == "2:31pm"


def test_an_instant_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="an instant needs a time zone"):
        dates.clock_words(NOW.replace(tzinfo=None), VILNIUS)


@pytest.mark.parametrize(
    "wall, words",
    [
        ("2026-11-10 23:00", "Tuesday 10 November"),
        ("2026-11-11 00:00", "yesterday"),
        ("2026-11-12 23:59", "today"),
        ("2026-11-13 00:00", "tomorrow"),
        ("2026-11-14 00:00", "Saturday 14 November"),
        ("2027-01-01 09:00", "Friday 1 January 2027"),
        ("2028-02-29 09:00", "Tuesday 29 February 2028"),
    ],
)
def test_days_near_by_have_names_and_far_ones_their_year(wall, words):
    assert dates.day_words(in_vilnius(wall), NOW, VILNIUS) == words


def test_today_is_of_the_zone_and_not_of_utc():
    late = datetime(2026, 11, 12, 22, 30, tzinfo=UTC)
    assert [dates.day_words(late, NOW, zone) for zone in (VILNIUS, "Europe/London")] == ["tomorrow", "today"]


@pytest.mark.parametrize(
    "form, words",
    [
        ("long", "Friday 13 November"),
        ("short", "Fri 13 November"),
        ("day", "13 November"),
        ("brief", "13 Nov"),
    ],
)
def test_a_date_comes_in_four_sizes(form, words):
    assert dates.date_words(in_vilnius("2026-11-13 09:00"), NOW, VILNIUS, form) == words


def test_paper_has_its_year():
    assert dates.full_date_words(NOW, VILNIUS) == "Thursday 12 November 2026"


@pytest.mark.parametrize(
    "wall, timeline, stamp, to_come, past",
    [
        ("2026-11-12 14:29", "Today, 2:29pm", "Today 2:29pm", "today at 2:29pm", "today at 2:29pm"),
        ("2026-11-11 09:00", "Yesterday, 9am", "Yesterday 9am", "yesterday at 9am", "yesterday at 9am"),
        (
            "2026-11-02 09:00",
            "Mon 2 November",
            "Mon 2 November 9am",
            "Monday 2 November at 9am",
            "on Monday 2 November at 9am",
        ),
    ],
)
def test_a_moment_is_worded_for_its_place(wall, timeline, stamp, to_come, past):
    instant = in_vilnius(wall)
    ways = (dates.when_words, dates.stamp_words, dates.moment_words, dates.past_words)
    assert [way(instant, NOW, VILNIUS) for way in ways] == [timeline, stamp, to_come, past]


@pytest.mark.parametrize(
    "wall, words",
    [
        ("2026-11-13 00:00", "today at 11:59pm"),
        ("2026-11-12 00:00", "yesterday at 11:59pm"),
        ("2026-11-11 00:00", "on Tuesday 10 November, at 11:59pm"),
        ("2026-11-12 18:00", "today at 6pm"),
        ("2027-01-01 00:00", "on Thursday 31 December, at 11:59pm"),
    ],
)
def test_an_end_at_12am_belongs_to_the_day_before(wall, words):
    assert dates.end_words(in_vilnius(wall), NOW, VILNIUS) == words


@pytest.mark.parametrize(
    "zone, end, spoken",
    [
        ("America/Sao_Paulo", "2018-11-04T03:00", "2018-11-03T23:59-03:00"),  # 12am is skipped
        ("Asia/Beirut", "2026-03-28T22:00", "2026-03-28T23:59+02:00"),  # and here
        ("America/Sao_Paulo", "2018-02-18T03:00", "2018-02-17T23:59-03:00"),  # 11pm comes twice
        ("America/Havana", "2026-11-01T05:00", "2026-11-01T00:59-04:00"),  # the second 12am of a night
        ("Pacific/Apia", "2011-12-30T10:00", "2011-12-29T23:59-10:00"),  # the 30th never was
        (VILNIUS, "2026-10-25T22:00", "2026-10-25T23:59+02:00"),  # the clocks went back at 4am
        (VILNIUS, "2028-02-29T22:00", "2028-02-29T23:59+02:00"),  # leap day
    ],
)
def test_the_end_of_a_strange_day_is_its_last_minute(zone, end, spoken):
    exclusive = datetime.fromisoformat(end).replace(tzinfo=UTC)
    assert dates.spoken_end(exclusive, zone).isoformat(timespec="minutes") == spoken


def test_a_wall_time_given_in_melbourne_is_that_moment():
    instant = datetime(2021, 4, 24, 23, 59, 59, tzinfo=ZoneInfo("Australia/Melbourne")).astimezone(UTC)
    assert instant == datetime(2021, 4, 24, 13, 59, 59, tzinfo=UTC)
    assert dates.stamp_words(instant, instant, "Australia/Melbourne") == "Today 11:59pm"


def test_a_utc_end_of_day_is_the_next_night_in_vilnius():
    instant = datetime(2024, 3, 15, 23, 59, 59, tzinfo=UTC)
    earlier = instant - timedelta(days=4)
    assert dates.moment_words(instant, earlier, VILNIUS) == "Saturday 16 March at 1:59am"


@pytest.mark.parametrize(
    "zone, words",
    [(VILNIUS, "Vilnius time"), ("America/Argentina/Buenos_Aires", "Buenos Aires time"), ("UTC", "UTC")],
)
def test_a_zone_is_named_by_its_city(zone, words):
    assert dates.zone_words(zone) == words


def test_a_time_tag_carries_the_offset_and_escapes_its_words():
    tag = dates.time_tag(in_vilnius("2026-11-12 14:29"), VILNIUS, "<b>")
    assert tag == Markup('<time datetime="2026-11-12T14:29+02:00">&lt;b&gt;</time>')


def test_lithuanian_writes_days_and_hours_its_own_way():
    with speaking("lt"):
        assert (
            dates.date_words(in_vilnius("2027-01-01 09:00"), NOW, VILNIUS, "day")
            == "2027\xa0m. sausio 1\xa0d."
        )
        assert dates.clock_words(NOW, VILNIUS) == "14:31"


def in_vilnius(wall: str) -> datetime:
    return datetime.fromisoformat(wall).replace(tzinfo=ZoneInfo(VILNIUS)).astimezone(UTC)
