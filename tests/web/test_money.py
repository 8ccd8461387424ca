"""Sums are whole where they can be, and written as the language writes them."""

from decimal import Decimal

import pytest

from portal.web import money
from portal.web.i18n import speaking


@pytest.mark.parametrize(
    "minor, currency, words",
    [
        (500, "EUR", "€5"),
        (520, "EUR", "€5.20"),
        (125_000, "EUR", "€1,250"),
        (125_005, "EUR", "€1,250.05"),
        (0, "EUR", "€0"),
        (5, "EUR", "€0.05"),
        (-320, "EUR", "-€3.20"),
        (-300, "EUR", "-€3"),
        (500, "GBP", "£5"),
        (500, "JPY", "JP¥500"),
        (5_250, "KWD", "KWD5.250"),
        (123_456_789_012_345_678_901, "EUR", "€1,234,567,890,123,456,789.01"),
    ],
)
def test_a_sum_has_cents_only_where_it_has_some(minor, currency, words):
    assert money.money(minor, currency) == words


@pytest.mark.parametrize("count, words", [(0, "0 points"), (1, "1 point"), (1250, "1,250 points")])
def test_points_are_counted(count, words):
    assert money.points(count) == words


def test_thousands_are_separated():
    assert [money.number(n) for n in (7, 1250, 1_250_000, -1250)] == ["7", "1,250", "1,250,000", "-1,250"]


@pytest.mark.parametrize(
    "value, words", [(20, "20%"), (100, "100%"), (Decimal("12.5"), "12.5%"), (0, "0%"), (29, "29%")]
)
def test_a_share_is_exact(value, words):
    assert money.percent(value) == words


@pytest.mark.parametrize(
    "kind, value, currency, words",
    [
        ("percentage", 20, None, "20% off"),
        ("fixed_amount", 500, "EUR", "€5 off"),
        ("fixed_amount", 520, "EUR", "€5.20 off"),
        ("fixed_amount", 500, None, None),
        ("percentage", None, None, None),
        ("free_item", 1, "EUR", None),
        ("cashback", 500, "EUR", "€5 back"),
        ("access", 500, "EUR", None),
    ],
)
def test_a_benefit_is_said_when_its_value_says_it(kind, value, currency, words):
    assert money.benefit_words(kind, value, currency) == words


def test_lithuanian_puts_the_sign_behind_a_space():
    with speaking("lt"):
        words = [money.money(520, "EUR"), money.money(125_000, "EUR"), money.percent(20), money.number(1250)]
    assert words == ["5,20\xa0€", "1\xa0250\xa0€", "20\xa0%", "1\xa0250"]
