"""A member uses a claim alone in a store: what the sign leads to, the use, and the live screen."""

from typing import Any

import pytest

from portal.core.club.stores import Store
from portal.core.offers.offers import Offer, Presence
from portal.core.redeeming import presence as shown_there
from tests import build
from tests.members.ada import Ada
from tests.members.page import Part

ALONE: dict[str, Any] = {"member_redeem": True}


@pytest.fixture
def pier(ada: Ada) -> Store:
    store = build.a_store(ada.session, "Pier Café")
    ada.session.commit()
    return store


def test_the_sign_lists_what_can_be_used_here_alone(ada: Ada, pier: Store) -> None:
    ada.holds(ada.meets("Held room", uses_per_claim=3, **ALONE))
    ada.meets("New room", points_cost=100, **ALONE)
    ada.meets("Dear room", points_cost=9000, **ALONE)
    ada.meets("At the till")
    ada.meets("Elsewhere", stores=("Mill",), **ALONE)
    page = ada.opens(f"/use/{pier.code}")
    assert page.headings() == ["Use at Pier Café", "Held room", "New room"]
    assert [each.text for each in page.all("button", class_="wide")] == [
        "Use it now for Held room",
        "Use it now, 100 points for New room",
    ]


def test_nothing_to_use_says_what_to_do(ada: Ada, pier: Store) -> None:
    page = ada.opens(f"/use/{pier.code}")
    assert page.section("Nothing to use alone here").text.endswith("See my wallet")


def test_a_store_that_is_not_there(ada: Ada) -> None:
    ada.opens("/use/atlantis")
    assert ada.status == 404


def test_a_use_opens_a_live_screen_and_a_second_look_finds_it(ada: Ada, pier: Store) -> None:
    ada.meets("Quiet room", active_minutes=60, **ALONE)
    page = use(ada, pier)
    assert page.words("state") == "Active until 1pm"
    assert "Show this screen to the staff" in page.text
    again = ada.opens(f"/use/{pier.code}")
    assert ada.opens(again.link("Show screen")).words("state") == "Active until 1pm"


def test_what_is_active_shows_its_screen_and_counts_no_more(ada: Ada, pier: Store) -> None:
    claim = ada.holds(ada.meets("Quiet room", uses_per_claim=5, **ALONE))
    form = ada.opens(f"/use/{pier.code}").button("Use it now")
    ada.presses(form)
    page = ada.presses(form, key="another")
    assert (ada.answer.request.path, page.words("state")) == (
        f"/wallet/{claim.reference}",
        "Active until 12:15pm",
    )
    ada.clock.forward(minutes=15)
    assert "4 of 5 uses left" in ada.opens(f"/wallet/{claim.reference}").text


@pytest.mark.parametrize(
    "typed, said",
    [
        ("", "Type the six digits that the store’s counter shows."),
        ("abc", "These aren’t the digits that the store’s counter shows. Type what it shows now."),
    ],
)
def test_digits_that_are_missing_or_wrong_are_told_at_the_field(
    ada: Ada, pier: Store, typed: str, said: str
) -> None:
    offer = seat(ada)
    page = use(ada, pier, presence=typed)
    assert (ada.status, page.one(id=f"presence-{offer.slug}-error").text) == (422, f"Error: {said}")
    assert ada.passes() == 0


def test_the_right_digits_are_good(ada: Ada, pier: Store) -> None:
    seat(ada)
    page = use(ada, pier, presence=shown_there.shown(build.KEYRING, pier.code, ada.clock()))
    assert page.words("state") == "Active until 12:15pm"


def test_too_many_tries_wait(ada: Ada, pier: Store) -> None:
    seat(ada)
    for _ in range(10):
        use(ada, pier, presence="abc")
    page = use(ada, pier, presence=shown_there.shown(build.KEYRING, pier.code, ada.clock()))
    assert (ada.status, "That’s a lot of tries." in page.text) == (429, True)


def test_what_cannot_be_claimed_any_more_says_why(ada: Ada, pier: Store) -> None:
    offer = ada.meets("Quiet room", **ALONE)
    form = ada.opens(f"/use/{pier.code}").button("Use it now")
    offer.status = "paused"
    ada.session.commit()
    ada.presses(form)
    assert ada.status == 409
    assert ada.passes() == 0


def seat(ada: Ada) -> Offer:
    return ada.meets("Window seat", presence=Presence.REQUIRED, **ALONE)


def use(ada: Ada, store: Store, presence: str = "") -> Part:
    return ada.presses(ada.opens(f"/use/{store.code}").button("Use it now"), presence=presence)
