"""When the answer to a claim is no: the words, the fresh state, and nothing moved."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from portal.core.offers import offers
from portal.core.offers.offers import Offer, Status
from portal.core.points import balances
from portal.core.records.timeline import Happening, TimelineEvent
from tests import build
from tests.members.ada import Ada
from tests.members.page import Part
from tests.plumbing.clock import NOON

DAY = timedelta(days=1)
Change = Callable[[Ada, Offer], object]


def paused(ada: Ada, offer: Offer) -> None:
    offers.set_status(ada.session, offer, Status.PAUSED, now=NOON, by=None)


def dearer(ada: Ada, offer: Offer) -> None:
    offer.points_cost = 300
    offers.touch(ada.session, offer, NOON)


def for_gold(ada: Ada, offer: Offer) -> None:
    offer.minimum_tier_id = build.a_tier(ada.session, "gold", 3, 1500).id


def too_dear(ada: Ada, offer: Offer) -> None:
    offer.points_cost = 1200


def sold_out(ada: Ada, offer: Offer) -> None:
    build.claim(ada.session, build.a_member(ada.session, "Eve", points=200), offer)


def by_staff(ada: Ada, offer: Offer) -> None:
    offer.self_claim = False


REFUSED = [
    ("offer_already_claimed", lambda ada, offer: ada.holds(offer), "You already have this one.", "Show code"),
    ("offer_unavailable", paused, "This offer isn’t running at the moment.", "See my offers"),
    (
        "offer_not_started",
        lambda ada, _: ada.clock.forward(days=-1),
        "Opens tomorrow at 12pm.",
        "See my offers",
    ),
    ("offer_ended", lambda ada, _: ada.clock.forward(days=9), "This offer ended", "See offers like this"),
    ("tier_required", for_gold, "This one is for Gold members.", "How to reach Gold"),
    ("offer_sold_out", sold_out, "All of these have been claimed.", "See offers like this"),
    ("insufficient_points", too_dear, "You need 150 more points.", "Ways to earn points"),
    ("self_claim_disabled", by_staff, "A member of staff adds this one for you.", "See my offers"),
    ("offer_changed", dearer, "The price or terms just changed: it costs 300 points now.", "Look again"),
]
each_refusal = pytest.mark.parametrize("code, change, words, step", REFUSED, ids=[row[0] for row in REFUSED])


def changed_under(ada: Ada, change: Change) -> Part:
    """The form of a card that was true when she opened the page."""
    terms: dict[str, Any] = {"claim_from": NOON, "claim_to": NOON + 8 * DAY, "stock": 1, "points_cost": 200}
    offer = ada.meets("Free coffee", **terms)
    form = ada.opens("/offers").button("Claim")
    change(ada, offer)
    ada.session.commit()
    return form


@each_refusal
def test_htmx_reads_why_beside_the_fresh_card(ada: Ada, code, change, words, step) -> None:
    part = ada.presses(changed_under(ada, change), htmx=True)
    assert ada.status == 409
    assert part.one(id="alarm").text.startswith(words)
    assert part.one(id="alarm").link(step).startswith("/")
    assert part.ticket("Free coffee").attributes["id"].startswith("offer-")
    assert part.all(id="purse") + part.all(id="wallet-count") + part.all(id="toast") == []


@each_refusal
def test_scripts_off_the_page_of_the_offer_says_why(ada: Ada, code, change, words, step) -> None:
    page = ada.presses(changed_under(ada, change))
    assert ada.status == 409
    assert page.all("p", data_level="problem")[0].text.startswith(words)
    assert page.headings()[0].startswith("Free coffee")


@each_refusal
def test_one_row_tells_of_it_and_nothing_moved(ada: Ada, code, change, words, step) -> None:
    form = changed_under(ada, change)
    before = balances.lock(ada.session, ada.member.id)
    ada.session.commit()
    ada.presses(form)
    told = ada.session.scalars(
        select(TimelineEvent).where(TimelineEvent.kind == Happening.CLAIM_REFUSED)
    ).all()
    assert [(row.member_id, row.facts["refusal"]) for row in told] == [(ada.member.id, code)]
    assert balances.lock(ada.session, ada.member.id) == before


def test_used_up_says_so(ada: Ada) -> None:
    ada.meets("Free spin", code_mode="none")
    form = ada.opens("/offers").button("Claim")
    ada.presses(form)
    part = ada.presses(form, htmx=True, key="another")
    assert (ada.status, part.one(id="alarm").link("See when")) == (409, "/wallet")


@pytest.mark.parametrize("htmx", [True, False])
def test_an_offer_that_is_not_there_is_404_and_leaves_no_row(ada: Ada, htmx: bool) -> None:
    offer = ada.meets("Free coffee")
    form = ada.opens("/offers").button("Claim")
    offer.visible_to = NOON - DAY
    ada.session.commit()
    part = ada.presses(form, htmx=htmx)
    assert (ada.status, "We can’t find that offer." in part.text) == (404, True)
    assert ada.session.scalars(select(TimelineEvent)).all() == []


def test_a_key_used_for_another_offer_is_refused(ada: Ada) -> None:
    ada.meets("Free coffee")
    ada.meets("Free tea")
    shelf = ada.opens("/offers")
    coffee, tea = shelf.ticket("Free coffee").button("Claim"), shelf.ticket("Free tea").button("Claim")
    ada.presses(coffee)
    ada.presses(tea, key=coffee.fields()["key"])
    assert (ada.status, ada.passes()) == (409, 1)
