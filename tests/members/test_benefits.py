"""Every kind of benefit, in words: on the ticket, on the pass and as the command at the till."""

import pytest

from portal.counter import instructions
from tests import build
from tests.members.ada import Ada

KINDS = [
    ("percentage", 20, "Beans", "20% off", "Beans", "Take 20% off"),
    ("fixed_amount", 500, "Beans", "€5 off", "Beans", "Take €5 off"),
    ("free_item", None, "Free coffee", "Free coffee", "", "Give a free coffee"),
    ("cashback", 250, "On your coffee beans", "€2.50 back", "On your coffee beans", "Give €2.50 back"),
    ("personal_price", 799, "Beans", "€7.99", "Beans", "Charge €7.99 for Coffee beans, 500 g"),
    ("stored_value", 2000, "€20 to spend", "€20 to spend", "", "Take €20 off"),
    ("access", None, "Late swim", "Late swim", "", "Give: Late swim"),
    ("third_party", None, "A night at the Odeon", "A night at the Odeon", "", "Accept: A night at the Odeon"),
]


@pytest.mark.parametrize("kind, value, title, large, small, command", KINDS, ids=[row[0] for row in KINDS])
def test_ticket_pass_and_till_say_it(ada: Ada, kind, value, title, large, small, command) -> None:
    product = "Coffee beans, 500 g" if kind == "personal_price" else None
    offer = ada.meets(title, benefit_kind=kind, benefit_value=value, product=product)
    ticket = ada.opens("/offers").one("article")
    assert f"{large} {small}".strip() in ticket.text
    claim = build.claim(ada.session, ada.member, offer)
    ada.session.commit()
    assert large in ada.opens(f"/wallet/{claim.reference}").one("main").text
    assert instructions.give(claim.promised) == command


def test_a_personal_price_names_its_product_on_offer_and_pass(ada: Ada) -> None:
    offer = ada.meets(
        "Beans", benefit_kind="personal_price", benefit_value=799, product="Coffee beans, 500 g"
    )
    assert "Coffee beans, 500 g" in ada.opens(f"/offers/{offer.slug}").one(id="terms").text
    claim = build.claim(ada.session, ada.member, offer)
    offer.product = "Tea"
    ada.session.commit()
    assert claim.promised.product == "Coffee beans, 500 g"
    assert "Coffee beans, 500 g" in ada.opens(f"/wallet/{claim.reference}").one("main").text
