"""Every state of an offer has a next step, and every step leads to a page."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from portal.core.offers.offers import Offer
from portal.members.states import State
from tests import build
from tests.members import page
from tests.members.ada import Ada
from tests.members.page import Part
from tests.plumbing.clock import NOON

DAY = timedelta(days=1)
Meets = Callable[[Ada], Offer]


def for_gold(ada: Ada) -> Offer:
    gold = build.a_tier(ada.session, "gold", 3, 1500)
    return ada.meets("Free coffee", minimum_tier_id=gold.id, points_cost=5000)


def claimed(ada: Ada) -> Offer:
    offer = ada.meets("Free coffee")
    ada.holds(offer)
    return offer


def used_up(ada: Ada) -> Offer:
    offer = ada.meets("Free spin", code_mode="none")
    ada.holds(offer)
    return offer


def period_used(ada: Ada) -> Offer:
    offer = ada.meets("Free spin", code_mode="none", per_member=None, per_period=1, period="week")
    ada.holds(offer)
    return offer


def ended(ada: Ada) -> Offer:
    return ada.meets("Free coffee", claim_to=NOON - DAY, category="Food & drink")


STATES: dict[State | str, Meets] = {
    State.STAFF_ONLY: lambda ada: ada.meets("Free coffee", self_claim=False),
    State.CLAIMED_READY: claimed,
    State.UNAVAILABLE: lambda ada: ada.meets("Free coffee", status="paused"),
    State.NOT_YET: lambda ada: ada.meets("Free coffee", claim_from=NOON + DAY),
    State.ENDED: ended,
    State.NOT_NAMED: lambda ada: ada.meets("Free coffee", named_only=True),
    "not eligible": lambda ada: ada.meets("Free coffee", audience="false"),
    State.TIER_SHORT: for_gold,
    State.USED_UP: used_up,
    State.PERIOD_USED: period_used,
    State.SOLD_OUT: lambda ada: ada.meets("Free coffee", stock=0),
    State.POINTS_SHORT: lambda ada: ada.meets("Free coffee", points_cost=5000),
    State.OPEN: lambda ada: ada.meets("Free coffee", points_cost=50),
    "free play": lambda ada: ada.meets("Free spin", code_mode="none"),
}
every_state = pytest.mark.parametrize("state", STATES)


@every_state
def test_every_link_and_button_of_a_member_leads_to_a_page(ada: Ada, state: State | str) -> None:
    offer = STATES[state](ada)
    for path in ("/offers", f"/offers/{offer.slug}"):
        seen = ada.opens(path)
        assert (ada.status, list(dead_ends(ada.client, seen))) == (200, [])


@every_state
def test_the_stub_has_exactly_one_next_step(ada: Ada, state: State | str) -> None:
    stub = ada.opens(f"/offers/{STATES[state](ada).slug}").one(class_="stub")
    steps = stub.all("a") + stub.all("button")
    assert len(steps) == 1
    assert steps[0].text != ""


@pytest.mark.parametrize("state", [State.STAFF_ONLY, State.NOT_YET, State.SOLD_OUT, State.ENDED, State.OPEN])
def test_every_link_of_a_guest_leads_to_a_page(ada: Ada, state: State) -> None:
    offer = STATES[state](ada)
    offer.public = True
    ada.session.commit()
    guest = ada.app.test_client()
    for path in ("/offers", f"/offers/{offer.slug}"):
        seen = page.read(guest.get(path).text)
        assert (len(seen.all("article")), list(dead_ends(guest, seen))) == (1, [])


def test_a_paused_membership_leads_on(ada: Ada) -> None:
    ada.member.banned_until = NOON + DAY
    offer = ada.meets("Free coffee")
    for path in ("/offers", f"/offers/{offer.slug}"):
        seen = ada.opens(path).one("main")
        assert (ada.status, list(dead_ends(ada.client, seen))) == (403, [])
        assert seen.link("See my wallet") == "/wallet"


def test_what_is_not_hers_leads_back_to_her_offers(ada: Ada) -> None:
    seen = ada.opens(f"/offers/{ada.meets('Free coffee', visible_to=NOON - DAY).slug}")
    assert (ada.status, list(dead_ends(ada.client, seen))) == (404, [])
    assert seen.one("main").all("a")[0].attributes["href"] == "/"


def test_a_search_without_a_find_leads_back(ada: Ada) -> None:
    for number in range(13):
        ada.meets(f"Free thing {number}")
    for path in ("/offers?q=tyres", "/offers?show=mine", "/offers?q=KRTBFLNX"):
        seen = ada.opens(path)
        assert (ada.status, list(dead_ends(ada.client, seen))) == (200, [])


def dead_ends(client: FlaskClient, seen: Part) -> Iterator[str]:
    """The links and then the buttons of a page that lead to no page; signing out is left out."""
    for link in seen.all("a"):
        href = link.attributes["href"].partition("#")[0]
        if href and client.get(href, follow_redirects=True).status_code != 200:
            yield href
    for form in seen.all("form", method="post"):
        action = form.attributes["action"]
        pressed = [one.attributes for one in form.all("button") if "name" in one.attributes]
        sent = form.fields() | {one["name"]: one["value"] for one in pressed}
        answer = client.post(action, data=sent, follow_redirects=True)
        if answer.status_code != 200:
            yield action
