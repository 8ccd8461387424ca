"""The member card: its number in digits, as a QR and as a barcode, always in black on white."""

import zxingcpp

from portal.core.club.cards import Card
from portal.web import code128, qr
from tests.members.ada import Ada
from tests.web.test_code128 import drawn

NUMBER = "2200555012347"


def test_it_shows_name_and_number(ada: Ada) -> None:
    has(ada, NUMBER)
    card = ada.opens("/card").one("article")
    number = card.one("p", class_="code")
    assert card.headings() == ["Ada"]
    assert number.one(class_="vh").text == "Card number: 2 2 0 0 5 5 5 0 1 2 3 4 7"
    assert [group.text for group in number.all("span", aria_hidden="true")] == ["2200", "5550", "1234", "7"]


def test_a_scanner_reads_the_bars_and_the_square_of_the_page(ada: Ada) -> None:
    has(ada, NUMBER)
    ada.opens("/card")
    bars = ada.answer.text.partition('<svg aria-hidden="true" focusable="false" viewBox="0 0 143 40"')
    [found] = zxingcpp.read_barcodes(drawn(bars[1] + bars[2].partition("</svg>")[0]))
    assert (found.text, found.format.name) == (NUMBER, "Code128")
    assert str(qr.text_svg(NUMBER)) in ada.answer.text


def test_both_stand_on_the_white_half(ada: Ada) -> None:
    has(ada, NUMBER)
    white = ada.opens("/card").one(class_="pass-code")
    assert [drawing.attributes["class"] for drawing in white.all("svg")] == ["qr-svg", "bars"]


def test_the_card_in_use_comes_before_a_blocked_one(ada: Ada) -> None:
    has(ada, "100", blocked=True)
    has(ada, "200")
    first, second = ada.opens("/card").all("article")
    assert (first.one(class_="code").text.endswith("200"), second.words("state")) == (True, "Blocked")
    assert second.all("svg", class_="bars") == []


def test_a_number_that_no_barcode_holds_has_its_square(ada: Ada) -> None:
    has(ada, "ČIA-1")
    card = ada.opens("/card").one("article")
    assert [drawing.attributes["class"] for drawing in card.one(class_="pass-code").all("svg")] == ["qr-svg"]


def test_a_long_number_takes_a_larger_square() -> None:
    assert 'viewBox="0 0 29 29"' in qr.text_svg(NUMBER)
    assert 'viewBox="0 0 33 33"' in qr.text_svg("7" * 40)
    assert len(code128.symbols("7" * 40)) == 23


def test_without_a_card_it_says_where_to_get_one(ada: Ada) -> None:
    page = ada.opens("/card")
    assert page.headings() == ["Member card", "You have no card yet"]
    assert page.link("How to get help") == "/help/problems"


def test_it_asks_three_questions(ada: Ada) -> None:
    has(ada, NUMBER)
    ada.opens("/card")
    with ada.counting() as sent:
        ada.opens("/card")
    assert len(sent) == 3


def has(ada: Ada, number: str, *, blocked: bool = False) -> None:
    at = ada.clock()
    given = {"issued_at": at, "blocked_at": at if blocked else None}
    ada.session.add(Card(member_id=ada.member.id, number=number, **given))
    ada.session.commit()
