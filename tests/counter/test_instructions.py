"""What to hand over, as a command, from the frozen terms."""

import pytest

from portal.core.claims.claims import FrozenTerms
from portal.counter import instructions

PLAIN = {
    "short": "",
    "terms": "",
    "how_store": "",
    "how_online": "",
    "benefit_kind": "free_item",
    "benefit_value": None,
    "currency": "EUR",
    "minimum_purchase": None,
    "combines": True,
    "till_key": None,
    "hue": "slate",
    "offer_slug": "offer",
    "code_mode": "minted",
    "store_code": None,
    "online_code": None,
    "stores": None,
    "use_from": None,
    "points_cost": 0,
    "points_value": None,
}


@pytest.mark.parametrize(
    "title,kind,value,command",
    [
        ("Free coffee", "free_item", None, "Give a free coffee"),
        ("Free chips", "free_item", None, "Give free chips"),
        ("free glass of wine", "free_item", None, "Give a free glass of wine"),
        ("Birthday cake slice", "free_item", None, "Give: Birthday cake slice"),
        ("2 for 1 cinema", "access", None, "Give: 2 for 1 cinema"),
        ("20% off your next purchase", "percentage", 20, "Take 20% off"),
        ("€5 off fruit", "fixed_amount", 500, "Take €5 off"),
        ("Autumn thanks", "fixed_amount", 520, "Take €5.20 off"),
    ],
)
def test_the_command_says_what_to_do(title, kind, value, command):
    assert instructions.give(promised(title, kind, value)) == command


def test_the_line_below_says_what_the_command_does_not():
    off = promised("20% off cakes", "percentage", 20, short="Any size")
    assert instructions.more(off) == "20% off cakes. Any size."
    assert instructions.more(promised("Free coffee", short="Eat in or take away.")) == "Eat in or take away."


def test_inside_a_sentence_the_amount_comes_once():
    assert instructions.benefit(promised("20% off cakes.", "percentage", 20)) == "20% off cakes"
    assert instructions.benefit(promised("Autumn thanks", "percentage", 20)) == "20% off, Autumn thanks"


def promised(title: str, kind: str = "free_item", value: int | None = None, **more: str) -> FrozenTerms:
    given = {**PLAIN, "title": title, "benefit_kind": kind, "benefit_value": value, **more}
    return FrozenTerms.model_validate(given)
