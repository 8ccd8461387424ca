"""Lithuanian as it is written: hours, bent weekdays, sums, and three forms of everything that is counted."""

from collections.abc import Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from portal.web import dates, expiry, money, refusing
from portal.web.i18n import ngettext, speaking

VILNIUS = "Europe/Vilnius"
NOW = datetime(2026, 11, 12, 12, 31, tzinfo=UTC)  # Thursday, 14:31 in Vilnius


@pytest.fixture(autouse=True)
def lithuanian() -> Iterator[None]:
    with speaking("lt"):
        yield


@pytest.mark.parametrize("wall, words", [("14:31", "14:31"), ("09:00", "09:00"), ("00:05", "00:05")])
def test_the_clock_has_24_hours(wall, words):
    assert dates.clock_words(at(f"2026-11-12 {wall}"), VILNIUS) == words


@pytest.mark.parametrize(
    "form, words",
    [
        ("long", "lapkričio 13 d., penktadienį"),
        ("short", "lapkričio 13 d. (pn)"),
        ("day", "lapkričio 13 d."),
        ("brief", "lapkr. 13 d."),
    ],
)
def test_months_and_weekdays_are_bent(form, words):
    assert plain(dates.date_words(at("2026-11-13 09:00"), NOW, VILNIUS, form)) == words


def test_another_year_is_named_first():
    assert plain(dates.full_date_words(at("2027-01-01 09:00"), VILNIUS)) == "2027 m. sausio 1 d., penktadienį"


@pytest.mark.parametrize(
    "wall, past, until",
    [
        ("2026-11-12 09:00", "šiandien, 09:00", "šiandien, 09:00"),
        ("2026-11-13 09:00", "rytoj, 09:00", "rytojaus, 09:00"),
        ("2026-11-16 09:00", "lapkričio 16 d., pirmadienį, 09:00", "lapkričio 16 d., pirmadienio, 09:00"),
    ],
)
def test_a_day_is_said_one_way_on_it_and_another_until_it(wall, past, until):
    said = dates.past_words(at(wall), NOW, VILNIUS)
    assert (plain(said), plain(dates.by(said))) == (past, until)


@pytest.mark.parametrize(
    "end, words",
    [
        ("2026-11-11 00:00", "Baigė galioti lapkričio 10 d., antradienį, 23:59"),
        ("2026-11-12 16:41", "Liko 2 val. 10 min., baigsis šiandien, 16:41"),
        ("2026-11-13 00:00", "Galioja šiandien iki 23:59"),
        ("2026-11-14 00:00", "Galioja iki rytojaus, penktadienio, 23:59"),
        ("2026-11-14 09:00", "Galioja iki šeštadienio, 09:00, liko mažiau nei 2 dienos"),
        ("2026-11-18 00:00", "Liko 5 dienos, galioja iki lapkričio 17 d., antradienio, 23:59"),
        ("2026-11-23 00:00", "Galioja iki lapkričio 22 d., sekmadienio, liko 10 dienų"),
        ("2026-12-31 00:00", "Galioja iki gruodžio 30 d., trečiadienio"),
    ],
)
def test_an_end_is_spoken_by_how_near_it_is(end, words):
    said = expiry.expiry(at(end), NOW, VILNIUS)
    assert said is not None
    assert plain(said.plain) == words


def test_paper_says_whose_time_it_is():
    words = expiry.paper_words(at("2026-11-14 00:00"), VILNIUS).striptags()
    assert plain(words) == "Galioja iki 2026 m. lapkričio 13 d., penktadienio, 23:59 (laikas: Vilnius)"


def test_sums_and_numbers_have_spaces_that_do_not_break():
    assert [money.money(520, "EUR"), money.money(500, "EUR"), money.number(1250), money.percent(20)] == [
        "5,20\N{NO-BREAK SPACE}€",
        "5\N{NO-BREAK SPACE}€",
        "1\N{NO-BREAK SPACE}250",
        "20\N{NO-BREAK SPACE}%",
    ]


@pytest.mark.parametrize(
    "count, words",
    [
        (0, "0 taškų"),
        (1, "1 taškas"),
        (2, "2 taškai"),
        (10, "10 taškų"),
        (11, "11 taškų"),
        (21, "21 taškas"),
        (22, "22 taškai"),
        (1250, "1\N{NO-BREAK SPACE}250 taškų"),
    ],
)
def test_points_have_three_forms(count, words):
    assert money.points(count) == words


def test_a_wait_is_in_the_case_of_its_sentence():
    waits = [ngettext("%(num)s second", "%(num)s seconds", count) for count in (1, 5, 30)]
    assert waits == ["1 sekundę", "5 sekundes", "30 sekundžių"]


def test_a_refusal_is_whole():
    short = {"shortfall": 150, "available": 1050, "needed": 1200}
    said = refusing.member_words("insufficient_points", short)
    assert said.sentence == "Trūksta 150 taškų. Turite 1\N{NO-BREAK SPACE}050 iš 1\N{NO-BREAK SPACE}200."


def test_a_day_does_not_lose_its_letter_to_the_next_line():
    assert dates.date_words(at("2026-11-13 09:00"), NOW, VILNIUS, "day") == "lapkričio 13\N{NO-BREAK SPACE}d."


def test_a_long_day_may_be_parted_on_a_narrow_stub():
    words = expiry.from_when(at("2026-11-16 09:00"), NOW, VILNIUS)
    assert words == "Nuo pirma\N{SOFT HYPHEN}dienio, 09:00"


def plain(words: str) -> str:
    return words.replace("\N{NO-BREAK SPACE}", " ")


def at(wall: str) -> datetime:
    return datetime.fromisoformat(wall).replace(tzinfo=ZoneInfo(VILNIUS)).astimezone(UTC)
