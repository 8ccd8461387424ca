"""What an offer says at length, and how to earn it: on its page, in each language, kept in the claim."""

from portal.core.offers.offers import OfferText
from tests.members.ada import Ada

LONG = "Roasted **here** daily\n\n<b>Not bold</b>"


def an_offer(ada: Ada, **words: str):
    offer = ada.meets("Free coffee")
    text = ada.session.get(OfferText, (offer.id, "en"))
    assert text is not None
    for name, said in words.items():
        setattr(text, name, said)
    ada.session.commit()
    return offer


def test_its_page_shows_the_long_text_and_how_to_earn_it(ada: Ada) -> None:
    page = ada.opens(f"/offers/{an_offer(ada, long=LONG, how_earn='One point for each euro.').slug}")
    assert page.one("div", class_="prose stack-s").text == "Roasted here daily <b>Not bold</b>"
    assert "How to earn it" in page.headings()
    assert "One point for each euro." in page.one("main").text


def test_without_them_nothing_stands_there(ada: Ada) -> None:
    page = ada.opens(f"/offers/{an_offer(ada).slug}")
    assert "How to earn it" not in page.headings()
    assert page.all("div", class_="prose stack-s") == []


def test_a_claim_keeps_the_long_text_that_was_read(ada: Ada) -> None:
    offer = an_offer(ada, long=LONG)
    claim = ada.holds(offer)
    text = ada.session.get(OfferText, (offer.id, "en"))
    assert text is not None
    text.long = "Gone"
    ada.session.commit()
    page = ada.opens(f"/wallet/{claim.reference}")
    assert page.one("div", class_="prose stack-s").text == "Roasted here daily <b>Not bold</b>"


def test_another_language_is_read_where_it_is_there(ada: Ada) -> None:
    offer = an_offer(ada, long=LONG)
    said = {"title": "Nemokama kava", "long": "Skrudinta *čia* pat", "how_earn": "Taškas už eurą."}
    ada.session.add(OfferText(offer_id=offer.id, language="lt", **said))
    ada.member.language = "lt"
    ada.session.commit()
    page = ada.opens(f"/offers/{offer.slug}")
    assert page.one("div", class_="prose stack-s").text == "Skrudinta čia pat"
    assert "Taškas už eurą." in page.one("main").text
