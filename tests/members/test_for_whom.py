"""Offers that are not for everybody, as members read of them."""

import json

import pytest

from tests.members.ada import Ada
from tests.plumbing.clock import NOON

NOBODY = json.dumps(False)
SAID = [
    ({"audience": NOBODY}, "This offer isn’t open to your account."),
    ({"new_member_days": 30}, "This one is for members in their first 30 days."),
    ({"birthday_month": True}, "This one is for the month of your birthday. You can tell us when that is"),
]


@pytest.mark.parametrize("terms, words", SAID)
def test_its_page_says_for_whom_it_is(ada: Ada, terms, words) -> None:
    page = ada.opens(f"/offers/{ada.meets('Free coffee', **terms).slug}")
    assert ada.status == 200
    assert words in page.one("main").text
    assert page.all("button", value="Claim") == []


def test_its_card_lies_among_what_is_not_to_be_had(ada: Ada) -> None:
    ada.meets("Free coffee", audience=NOBODY)
    stub = ada.opens("/offers").ticket("Free coffee").one(class_="stub")
    assert "Not for you" in stub.text


def test_what_is_hidden_from_her_has_no_card_and_no_page(ada: Ada) -> None:
    offer = ada.meets("Free coffee", view_condition=NOBODY)
    assert ada.opens("/offers").all("article") == []
    ada.opens(f"/offers/{offer.slug}")
    assert ada.status == 404


def test_a_told_birthday_is_not_asked_for_again(ada: Ada) -> None:
    ada.member.profile = {"birthday": NOON.replace(month=NOON.month + 1).date().isoformat()}
    page = ada.opens(f"/offers/{ada.meets('Free coffee', birthday_month=True).slug}")
    assert "This one is for the month of your birthday." in page.one("main").text
    assert "You can tell us" not in page.one("main").text
