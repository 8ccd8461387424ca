"""Search, chips and order above twelve offers: by scripts in place, without them by links and Enter."""

import pytest

from tests import build
from tests.members.ada import Ada
from tests.members.page import Part

FOOD, HOME = "Food & drink", "Home"


@pytest.fixture
def shelf(ada: Ada) -> Ada:
    """Fourteen offers: four of food, three for the home, the rest of nothing in particular."""
    for number in range(7):
        ada.meets(f"Free thing {number}", claim_to=ada.clock() + build.YEAR)
    ada.meets("Free coffee", category=FOOD, short="any size", terms="One a day.", stores=("Pier Café",))
    ada.meets("Free žuvis", category=FOOD)
    ada.meets("Two scoops", category=FOOD, points_cost=300, tags=["gelato"])
    ada.meets("Free dinner", category=FOOD, points_cost=1200)
    ada.meets("Paint", category=HOME, benefit_kind="fixed_amount", benefit_value=500)
    ada.meets("Free lamp", category=HOME, points_cost=50, featured=True)
    ada.meets("Free delivery", category=HOME, claim_to=ada.clock() - build.YEAR / 100)
    return ada


def titles(page: Part) -> list[str]:
    return [part.text for part in page.all("h3")]


def chips(page: Part) -> list[str]:
    return [chip.text for chip in page.one(class_="chips").all("a")]


def test_twelve_offers_need_no_search(ada: Ada) -> None:
    for number in range(12):
        ada.meets(f"Free thing {number}")
    page = ada.opens("/offers?q=nothing&show=mine&sort=cost")
    assert (len(titles(page)), page.all(role="search"), page.all(id="sort")) == (12, [], [])


def test_chips_count_what_lies_under_them(shelf: Ada) -> None:
    page = shelf.opens("/offers")
    assert chips(page) == ["All 14", "I can claim 12", "Within reach 1", "Food & drink 4", "Home 3"]
    assert page.one("a", aria_current="true").text == "All 14"


def test_a_chip_leads_to_what_it_counts(shelf: Ada) -> None:
    for chip in shelf.opens("/offers").one(class_="chips").all("a"):
        page = shelf.opens(chip.attributes["href"])
        assert len(titles(page)) == int(chip.text.split()[-1])
        assert page.one("a", aria_current="true").text == chip.text


@pytest.mark.parametrize(
    "words, found",
    [
        ("coffee", ["Free coffee any size"]),
        ("COFFEE one", ["Free coffee any size"]),
        ("zuvis", ["Free žuvis"]),
        ("gelato", ["Two scoops"]),
        ("pier cafe", ["Free coffee any size"]),
        ("€5", ["€5 off Paint"]),
        ("tyres", []),
        ("coffee lamp", []),
    ],
)
def test_search_finds_every_word_of_title_short_and_terms(shelf: Ada, words: str, found: list[str]) -> None:
    page = shelf.opens(f"/offers?q={words}")
    assert titles(page) == found
    assert page.one("input", id="q").attributes["value"] == words


def test_an_empty_search_leads_back_to_all(shelf: Ada) -> None:
    page = shelf.opens("/offers?q=tyres&category=Home")
    assert page.headings()[1:] == ["No offers match “tyres”"]
    assert len(titles(shelf.opens(page.link("Show all 14")))) == 14


def test_the_search_keeps_chip_and_order(shelf: Ada) -> None:
    form = shelf.opens("/offers?category=Home&sort=cost&q=free").one("form", role="search")
    assert form.fields() == {"q": "free", "category": "Home", "sort": "cost"}


def test_the_order_is_a_link_that_goes_round(shelf: Ada) -> None:
    page, said = shelf.opens("/offers"), []
    for _turn in range(4):
        said.append(page.one(id="sort").text.partition(".")[0])
        page = shelf.opens(page.one(id="sort").attributes["href"])
    first = "Sort: ending soonest"
    assert said == [first, "Sort: newest first", "Sort: fewest points first", first]


def test_orders_put_what_is_featured_first(shelf: Ada) -> None:
    newest = titles(shelf.opens("/offers?sort=newest&show=ready"))
    cheapest = titles(shelf.opens("/offers?sort=cost&show=ready"))
    assert (newest[:2], cheapest[0]) == (["Free lamp", "€5 off Paint"], "Free lamp")
    assert cheapest[-1] == "Two scoops"
    assert shelf.opens("/offers").ticket("Free lamp").text.startswith("Featured")


def test_htmx_gets_results_chips_and_the_count(shelf: Ada) -> None:
    part = shelf.opens("/offers?q=free&category=Home&sort=", htmx=True)
    assert [one.attributes["id"] for one in part.inside if isinstance(one, Part)] == [
        "results",
        "chips",
        "say",
    ]
    assert (part.one(id="say").text, titles(part)) == ("2 offers", ["Free lamp", "Free delivery"])
    assert part.one(id="chips").has({"data-hx-swap-oob": "true"})
    assert shelf.answer.headers["HX-Push-Url"] == "/offers?category=Home&q=free"


def test_what_is_swapped_in_is_what_the_page_shows(shelf: Ada) -> None:
    page, part = shelf.opens("/offers?category=Home"), shelf.opens("/offers?category=Home", htmx=True)
    for name in ("results", "chips"):
        assert part.one(id=name).text == page.one(id=name).text


def test_what_makes_no_sense_asks_for_nothing(shelf: Ada) -> None:
    page = shelf.opens("/offers?show=everything&sort=random&note=else")
    assert (len(titles(page)), page.all("p", class_="notice", data_hue="slate")) == (14, [])
    assert titles(shelf.opens("/offers?category=Books")) == []
