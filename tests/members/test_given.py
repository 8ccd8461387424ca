"""What the club gives by name lies first on the member's shelf, and on nobody else's."""

from typing import Any

from portal.core.offers.offers import BenefitKind
from tests import build
from tests.members.ada import Ada

MONEY: dict[str, Any] = {"benefit_kind": BenefitKind.FIXED_AMOUNT, "benefit_value": 500}


def given(ada: Ada, **own):
    offer = ada.meets("€5 off", named_only=True, **MONEY)
    build.a_grant(ada.session, ada.member, offer, **own)
    ada.session.commit()
    return offer


def test_it_lies_under_a_heading_of_its_own_in_its_own_words(ada: Ada) -> None:
    given(ada, value=800, title="€8 off for you", text="Thank you")
    ada.meets("Free coffee")
    shelf = ada.opens("/offers")
    assert [one.text for one in shelf.all("h2")] == ["Just for you", "Ready to claim"]
    first = shelf.all("article")[0]
    assert first.one(class_="value").text == "€8 off"


def test_she_claims_it_and_the_pass_keeps_it(ada: Ada) -> None:
    given(ada, value=800, title="€8 off for you")
    claimed = ada.presses(ada.opens("/offers").all("article")[0].one("form"))
    assert (ada.status, "€8 off" in claimed.one("h1").text) == (200, True)
    assert "Just for you" not in ada.opens("/offers").text


def test_nobody_else_sees_it_and_its_page_says_why(ada: Ada) -> None:
    offer = given(ada)
    eve = Ada(ada.app, ada.session, ada.clock).join(name="Eve")
    assert "€5 off" not in eve.opens("/offers").one("main").text
    page = eve.opens(f"/offers/{offer.slug}")
    assert "This offer isn’t open to your account." in page.text


def test_her_activity_tells_of_it(ada: Ada) -> None:
    given(ada, title="€8 off for you")
    assert "Given to you: €8 off for you" in ada.opens("/activity").text
