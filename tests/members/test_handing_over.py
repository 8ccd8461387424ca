"""Handing a claim over: offered on one member's page, accepted on another's."""

import pytest

from portal.core.club.cards import Card
from tests.members.ada import Ada
from tests.plumbing.clock import NOON


@pytest.fixture
def eve(ada: Ada) -> Ada:
    return Ada(ada.app, ada.session, ada.clock).join(name="eve")


def held(ada: Ada, **terms) -> str:
    return ada.holds(ada.meets("Free coffee", reassignable=True, **terms)).reference


def offers(ada: Ada, ref: str, to: str) -> str:
    """Where the other accepts."""
    seen = ada.presses(ada.opens(f"/wallet/{ref}/handover").one("main").one("form"), to=to)
    return next(link.attributes["href"] for link in seen.all("a") if "/handovers/" in link.attributes["href"])


def test_it_moves_when_the_other_accepts(ada: Ada, eve: Ada) -> None:
    ref = held(ada)
    assert ada.opens(f"/wallet/{ref}").link("Hand over to somebody") == f"/wallet/{ref}/handover"
    address = offers(ada, ref, " EVE@example.com ")
    page = eve.opens(address)
    assert "Ada wants to hand this over to you." in page.text
    claim = eve.presses(page.one("main").all("form")[0])
    assert (eve.status, eve.passes(), ada.passes()) == (200, 1, 0)
    assert "Received from another member" in claim.text
    assert "Handed over" in ada.opens(f"/wallet/{ref}").text


def test_by_card_and_declined(ada: Ada, eve: Ada) -> None:
    ada.session.add(Card(member_id=eve.member.id, number="7001", issued_at=NOON))
    ref = held(ada)
    page = eve.opens(offers(ada, ref, "70 01"))
    eve.presses(page.one("main").all("form")[1])
    assert (eve.passes(), ada.passes()) == (0, 1)


def test_whether_anybody_has_that_address_is_not_told(ada: Ada, eve: Ada) -> None:
    said = []
    for to in ("eve@example.com", "nobody@example.com"):
        seen = ada.presses(ada.opens(f"/wallet/{held(ada)}/handover").one("main").one("form"), to=to)
        said.append(seen.one("main").all("p")[0].text)
    assert said[0] == said[1]


def test_nobody_else_finds_the_page_and_taking_back_ends_it(ada: Ada, eve: Ada) -> None:
    ref = held(ada)
    address = offers(ada, ref, "eve@example.com")
    mia = Ada(ada.app, ada.session, ada.clock).join(name="Mia")
    mia.opens(address)
    assert mia.status == 404
    ada.presses(ada.opens(f"/wallet/{ref}/handover").one("main").one("form"))
    eve.opens(address)
    assert eve.status == 404


def test_who_has_one_already_reads_why_not(ada: Ada, eve: Ada) -> None:
    offer = ada.meets("Free coffee", reassignable=True)
    ref = ada.holds(offer).reference
    address = offers(ada, ref, "eve@example.com")
    eve.holds(offer)
    page = eve.presses(eve.opens(address).one("main").all("form")[0])
    assert (eve.status, "You already have this one." in page.text, ada.passes()) == (409, True, 1)


def test_an_empty_field_and_what_cannot_be_handed_over(ada: Ada) -> None:
    ref = held(ada)
    page = ada.presses(ada.opens(f"/wallet/{ref}/handover").one("main").one("form"), to=" ")
    assert (ada.status, "Write an address or a card number." in page.text) == (422, True)
    plain = ada.holds(ada.meets("Free tea")).reference
    ada.opens(f"/wallet/{plain}/handover")
    assert ada.status == 409
