"""The club-wide budget of guesses, from the number of live codes."""

import re
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.codes import guessing


@pytest.mark.parametrize(
    "live_codes, budget",
    [(1_000, 20_027), (100_000, 200), (1_000_000, 20), (10_000_000, 2), (20_000_000, 1), (500_000_000, 1)],
)
def test_the_budget_shrinks_as_live_codes_grow(live_codes: int, budget: int) -> None:
    assert guessing.guesses_per_hour(live_codes) == budget


def test_the_published_table_is_what_we_compute() -> None:
    page = (Path(__file__).parents[2] / "docs" / "codes.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([\d,]+) \| 1 in ([\d,]+) \| ([\d,]+) \|", page, re.MULTILINE)
    published = [tuple(int(figure.replace(",", "")) for figure in row) for row in rows]
    live = (1_000, 100_000, 1_000_000, 10_000_000)
    assert published == [(codes, 16**11 // codes, guessing.guesses_per_hour(codes)) for codes in live]


def test_a_club_without_codes_has_the_budget_of_one_code() -> None:
    assert guessing.guesses_per_hour(0) == guessing.guesses_per_hour(1)


@given(st.integers(1, 20_000_000))
def test_a_year_of_guessing_expects_at_most_a_hundredth_of_a_hit(live_codes: int) -> None:
    a_year = guessing.guesses_per_hour(live_codes) * 366 * 24
    assert a_year * Fraction(live_codes, 16**11) <= Fraction(1, 100)
