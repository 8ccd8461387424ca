"""Search takes no code: it is not searched, not repeated, and does not stay in the address."""

import pytest

from portal.core.codes import alphabet
from portal.members import choosing
from tests.members.ada import Ada

WHOLE = "KRTBFLNXHDPK"  # fixed: parallel runs collect the same cases
WRONG = WHOLE[:-1] + ("B" if WHOLE[-1] != "B" else "C")


@pytest.fixture
def shelf(ada: Ada) -> Ada:
    for number in range(14):
        ada.meets(f"Free thing {number}")
    return ada


CODES = [
    WHOLE,
    alphabet.grouped(WHOLE).lower(),
    WRONG,
    f"my code {WHOLE} please",
    WHOLE[:5],
    f"{WHOLE[:4]} {WHOLE[4:6]}",
    "KRTB-FLNX",
]


@pytest.mark.parametrize("typed", CODES)
def test_what_reads_as_a_code_does_not_stay_in_the_address(shelf: Ada, typed: str) -> None:
    page = shelf.opens(f"/offers?q={typed}&sort=cost")
    assert shelf.answer.history[0].status_code == 303
    assert shelf.answer.request.full_path == "/offers?sort=cost&note=code"
    assert "value" not in page.one("input", id="q").attributes or not page.one(id="q").attributes["value"]
    assert page.one("p", class_="notice", data_hue="slate").link("See my wallet") == "/wallet"
    assert (typed in shelf.answer.text, len(page.all("h3"))) == (False, 14)


@pytest.mark.parametrize("typed", CODES)
def test_htmx_pushes_an_address_without_it(shelf: Ada, typed: str) -> None:
    part = shelf.opens(f"/offers?q={typed}&sort=cost", htmx=True)
    assert shelf.answer.headers["HX-Push-Url"] == "/offers?sort=cost"
    assert (shelf.status, len(part.all("h3")), typed in shelf.answer.text) == (200, 14, False)


@pytest.mark.parametrize(
    "typed", ["", "tea", "DVD", "20% off", "brunch box", "crypts", "strength", "1,500", "€30"]
)
def test_words_are_no_codes(typed: str) -> None:
    assert choosing.reads_as_code(typed) is False
