"""What a ticket says, from its facts alone."""

import pytest

from portal.core.offers import eligibility
from portal.members import headline, states
from portal.members.headline import Conditions


@pytest.mark.parametrize(
    "kind, value, title, short, says",
    [
        ("percentage", 20, "20% off your next purchase", "", ("20% off", "your next purchase")),
        ("percentage", 20, "20% off", "all shoes", ("20% off", "all shoes")),
        ("percentage", 50, "Half price carpet cleaning", "", ("50% off", "Half price carpet cleaning")),
        ("fixed_amount", 500, "€5 OFF: fresh fruit", "", ("€5 off", "fresh fruit")),
        ("free_item", None, "Free coffee", "any size", ("Free coffee", "any size")),
    ],
)
def test_the_benefit_stands_large_and_the_rest_beside_it(kind, value, title, short, says):
    said = headline.headline(kind, value, "EUR", title=title, short=short)
    assert (said.value, said.what) == says


@pytest.mark.parametrize(
    "minimum, stores, combines, each, line",
    [
        (None, None, True, 1, "All stores"),
        (2500, None, True, 1, "On €25 or more, all stores"),
        (1500, ["Greenway"], True, 1, "On €15 or more at Greenway"),
        (None, ["Crumb", "Lantern"], True, 2, "At Crumb and Lantern. Up to 2 each"),
        (None, ["A", "B", "C"], False, None, "At 3 stores. Not with other offers"),
    ],
)
def test_the_terms_are_one_line(minimum, stores, combines, each, line):
    assert headline.terms_line(Conditions(minimum, "EUR", stores, combines, each)) == line


@pytest.mark.parametrize(
    "left, total, words",
    [
        (12, 40, "Only 12 left"),
        (99, 500, "Only 99 left"),
        (100, 500, None),
        (1, None, "Only 1 left"),
        (0, 500, None),
        (None, None, None),
    ],
)
def test_few_left_is_said_under_a_fifth_or_under_twenty(left, total, words):
    assert headline.low_words(left, total) == words


def test_every_guard_has_a_display_state():
    assert {refusal.code for refusal, _check in eligibility.GUARDS} == set(states.OF_REFUSAL)


def test_every_state_lies_in_one_group_and_in_the_order_of_the_guards():
    closed = dict.fromkeys(state for state in states.OF_REFUSAL.values() if state is not states.State.OPEN)
    assert [*closed, states.State.OPEN] == list(states.State)
