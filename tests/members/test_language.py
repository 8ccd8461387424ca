"""A member reads the portal in their language; an offer without words in it is said whole in its own."""

from typing import Any

import pytest

from portal.core.offers.offers import Offer, OfferText
from portal.web import i18n
from tests.members.ada import Ada
from tests.members.page import Part

PERCENT: dict[str, Any] = {"benefit_kind": "percentage", "benefit_value": 20}


def test_the_value_is_in_the_language_of_its_title(ada: Ada) -> None:
    ada.meets("20% off your next purchase", **PERCENT)
    reads(ada, "lt")
    assert ada.opens("/offers").all("article")[0].headings() == ["20% off your next purchase"]


@pytest.mark.parametrize("space", [" ", "\N{NO-BREAK SPACE}"])
def test_a_value_is_found_in_its_title_however_its_space_was_typed(ada: Ada, space: str) -> None:
    in_lithuanian(
        ada, ada.meets("20% off your next purchase", **PERCENT), f"20{space}% nuolaida kitam kartui"
    )
    reads(ada, "lt")
    ticket = ada.opens("/offers").all("article")[0]
    assert (ticket.words("value"), ticket.words("what")) == ("20 % nuolaida", "kitam kartui")


@pytest.mark.parametrize(
    "words, found",
    [
        ("kava", ["Nemokama kava Bet kokia"]),
        ("kaledu", ["Kalėdų žuvis", "Christmas tree"]),
        ("KALĖDŲ žuvis", ["Kalėdų žuvis"]),
        ("aceeisuuz", ["Ąčęėįšųūž"]),
        ("coffee", []),
        ("christmas", ["Christmas tree"]),
    ],
)
def test_search_reads_what_she_reads(ada: Ada, words: str, found: list[str]) -> None:
    """Her own language with marks or without, and what is there only in English."""
    for number in range(10):
        ada.meets(f"Thing {number}")
    for english, lithuanian in (("Coffee", "Nemokama kava"), ("Fish", "Kalėdų žuvis"), ("All", "Ąčęėįšųūž")):
        in_lithuanian(ada, ada.meets(english), lithuanian, "Bet kokia" if english == "Coffee" else "")
    ada.meets("Christmas tree", tags=["Kalėdų"])
    reads(ada, "lt")
    assert [part.text for part in ada.opens(f"/offers?q={words}").all("h3")] == found


def test_what_was_claimed_stays_in_the_words_that_were_read(ada: Ada) -> None:
    offer = ada.meets("Free coffee")
    in_lithuanian(ada, offer, "Nemokama kava")
    reads(ada, "lt")
    claim = ada.holds(offer)
    reads(ada, "en")
    assert ada.opens(f"/wallet/{claim.reference}").one("h1").text == "Nemokama kava"
    assert ada.opens("/offers").all("article")[0].headings() == ["Free coffee"]


def test_the_shelf_asks_no_more_for_another_language(ada: Ada) -> None:
    in_lithuanian(ada, ada.meets(), "Nemokama kava")
    sent = {one: len(statements(ada, one)) for one in i18n.languages()}
    assert sent["lt"] == sent["en"]


def test_english_on_a_lithuanian_page_says_that_it_is_english(ada: Ada) -> None:
    offer = ada.meets("Free coffee", short="any size", terms="One.", how_store="Show.", how_online="Type.")
    reads(ada, "lt")
    assert marked(ada.opens("/offers")) == ["Free coffee any size", "Free coffee any size"]
    page = ada.opens(f"/offers/{offer.slug}")
    assert marked(page) == [*["Free coffee any size"] * 3, "One.", "Show.", "Type."]
    part = ada.presses(page.button("Pasiimti"), htmx=True)
    assert marked(part.one(id="say")) == marked(part.one(id="toast")) == ["Free coffee"]
    claim = part.one(id="toast").all("a")[0].attributes["href"]
    assert "Free coffee any size" in marked(ada.opens("/wallet"))
    assert {"Free coffee any size", "Show.", "Type.", "One."} <= set(marked(ada.opens(claim)))
    assert "Free coffee" in marked(ada.opens(f"{claim}/release"))
    assert marked(ada.opens("/activity")) == ["Free coffee"]


def test_what_is_in_the_readers_language_is_not_marked(ada: Ada) -> None:
    in_lithuanian(ada, ada.meets("Free coffee"), "Nemokama kava")
    reads(ada, "lt")
    assert marked(ada.opens("/offers")) == []


def marked(page: Part) -> list[str]:
    """What of the page's body is said to be English."""
    return [part.text for part in page.all(lang="en") if part.tag not in {"html", "button"}]


def reads(ada: Ada, language: str) -> None:
    ada.member.language = language
    ada.session.commit()


def in_lithuanian(ada: Ada, offer: Offer, title: str, short: str = "") -> None:
    ada.session.add(OfferText(offer_id=offer.id, language="lt", title=title, short=short))
    ada.session.commit()


def statements(ada: Ada, language: str) -> list[str]:
    reads(ada, language)
    ada.opens("/offers")
    with ada.counting() as sent:
        ada.opens("/offers")
    return sent
