"""Hours in words, as each language says them."""

import pytest

from portal.core.offers import timeframes
from portal.core.offers.timeframes import Timeframe
from portal.web import hours, refusing
from portal.web.i18n import speaking
from tests.plumbing.clock import NOON

WORKDAYS = Timeframe(days=(0, 1, 2, 3, 4), begins=420, ends=600)
SAID = [
    (WORKDAYS, "Monday to Friday, 7am to 10am", "nuo pirmadienio iki penktadienio, 07:00–10:00"),
    (Timeframe(days=(1,)), "Tuesday", "antradienį"),
    (Timeframe(days=(1, 3)), "Tuesday and Thursday", "antradienį ir ketvirtadienį"),
    (Timeframe(days=(5, 6), begins=1320, ends=150), None, "šeštadienį ir sekmadienį, 22:00–02:30"),
    (Timeframe(begins=750), "every day, 12:30pm to 11:59pm", "kasdien, 12:30–23:59"),
    (Timeframe(days=(0, 2, 4)), "Monday, Wednesday and Friday", None),
]
FACTS = {"hours": timeframes.kept([WORKDAYS]), "opens_at": NOON, "now": NOON, "zone": "Europe/Vilnius"}


@pytest.mark.parametrize("frame, english, lithuanian", SAID)
def test_hours_in_both_languages(frame, english, lithuanian):
    assert english is None or hours.words([frame]) == english
    with speaking("lt"):
        assert lithuanian is None or hours.words([frame]) == lithuanian


def test_several_stand_side_by_side_and_a_line_begins_large():
    both = [Timeframe(begins=420, ends=600), Timeframe(days=(5,))]
    assert hours.as_a_line(both) == "Every day, 7am to 10am; Saturday"


def test_a_refusal_names_the_hours_and_the_next_of_them():
    said = "Works Monday to Friday, 7am to 10am. Next: today at 12pm."
    assert refusing.staff_words("outside_hours", FACTS).say == said
    assert refusing.member_words("outside_hours", FACTS).sentence == said
    without = {name: fact for name, fact in FACTS.items() if name != "opens_at"}
    assert refusing.staff_words("outside_hours", without).say == "Works Monday to Friday, 7am to 10am."
