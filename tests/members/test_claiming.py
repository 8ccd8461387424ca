"""Claiming: in place, with scripts off, and twice."""

from typing import Any

import pytest
from sqlalchemy import select

from portal.core.records.timeline import TimelineEvent
from tests.members.ada import Ada

OFF: dict[str, Any] = {"benefit_kind": "percentage", "benefit_value": 20, "points_cost": 200}
TITLE = "20% off your next purchase"


def test_scripts_off_a_claim_leads_to_its_code(ada: Ada) -> None:
    ada.meets(TITLE, **OFF)
    claimed = ada.presses(ada.opens("/offers").ticket("20% off").button("Claim"))
    assert ada.answer.history[0].status_code == 303
    assert ada.answer.request.path.startswith("/wallet/")
    assert claimed.one(id="purse").text == "You have 850 points to spend"
    assert claimed.words("live").startswith("Ready to use")


def test_htmx_swaps_the_card_and_tells(ada: Ada) -> None:
    ada.meets(TITLE, **OFF)
    part = ada.presses(ada.opens("/offers").ticket("20% off").button("Claim"), htmx=True)
    assert part.ticket("20% off").words("stub").startswith("Claimed Show code")
    assert part.one(id="purse").text == "You have 850 points to spend"
    assert part.one(id="wallet-count").text == "1 code ready"
    assert part.one(id="say").text == "20% off is in your wallet."
    assert part.one(id="toast").link("Show code").startswith("/wallet/")


def test_the_new_heading_takes_the_focus(ada: Ada) -> None:
    ada.meets(TITLE, **OFF)
    part = ada.presses(ada.opens("/offers").button("Claim"), htmx=True)
    assert part.one("h3", data_focus="", tabindex="-1").text == TITLE


def test_on_its_own_page_the_whole_ticket_is_swapped(ada: Ada) -> None:
    offer = ada.meets(TITLE, **OFF)
    part = ada.presses(ada.opens(f"/offers/{offer.slug}").button("Claim"), htmx=True)
    assert part.one("article").has({"class": "whole"})
    assert part.one(id="why").headings() == ["Claimed"]
    assert "200 points" in part.section("Conditions").text


def test_on_its_own_page_the_new_code_comes_beside_the_others(ada: Ada) -> None:
    offer = ada.meets(TITLE, **OFF, per_member=3)
    page = ada.opens(f"/offers/{offer.slug}")
    assert page.one(id="own-claims").has({"hidden": ""})
    for count in (1, 2):
        part = ada.presses(ada.opens(f"/offers/{offer.slug}").button("Claim"), htmx=True)
        own = part.one(id="own-claims", data_hx_swap_oob="true")
        assert len(own.all("a")) == count
        assert own.text == ada.opens(f"/offers/{offer.slug}").one(id="own-claims").text


def test_on_the_shelf_the_chips_count_anew(ada: Ada) -> None:
    for number in range(12):
        ada.meets(f"Free thing {number}")
    ada.meets(TITLE, **OFF)
    page = ada.opens("/offers?q=2&sort=cost")
    ada.client.environ_base["HTTP_HX_CURRENT_URL"] = "http://localhost/offers?q=2&sort=cost"
    part = ada.presses(page.ticket("20% off").button("Claim"), htmx=True)
    chips = part.one(id="chips", data_hx_swap_oob="true")
    assert [chip.text for chip in chips.all("a")] == ["All 2", "I can claim 1", "Within reach 0"]
    assert chips.text == ada.opens("/offers?q=2&sort=cost").one(id="chips").text


@pytest.mark.parametrize("page", ["/offers", "/wallet", "/offers/another", "http://[", ""])
def test_where_no_chips_stand_none_come(ada: Ada, page: str) -> None:
    ada.meets(TITLE, **OFF)
    ada.client.environ_base["HTTP_HX_CURRENT_URL"] = page
    part = ada.presses(ada.opens("/offers").button("Claim"), htmx=True)
    assert (ada.status, part.all(id="chips")) == (200, [])


def test_what_is_swapped_in_is_what_the_page_shows(ada: Ada) -> None:
    ada.meets(TITLE, **OFF)
    part = ada.presses(ada.opens("/offers").button("Claim"), htmx=True)
    again = ada.opens("/offers").ticket("20% off")
    assert part.ticket("20% off").text == again.text
    assert [link.attributes for link in part.ticket("20% off").all("a")] == [
        link.attributes for link in again.all("a")
    ]


def test_the_same_form_sent_twice_is_one_claim(ada: Ada) -> None:
    ada.meets(TITLE, **OFF, per_member=2)
    form = ada.opens("/offers").button("Claim")
    first = [ada.presses(form), ada.answer.request.path]
    second = [ada.presses(form), ada.answer.request.path]
    assert first[1] == second[1]
    assert ada.passes() == 1


def test_the_second_press_reads_the_same_answer(ada: Ada) -> None:
    ada.meets(TITLE, **OFF)
    form = ada.opens("/offers").button("Claim")
    first, second = ada.presses(form, htmx=True), ada.presses(form, htmx=True)
    assert first.text == second.text
    assert ada.status == 200


def test_a_form_without_its_key_claims_nothing(ada: Ada) -> None:
    ada.meets(TITLE, **OFF)
    ada.presses(ada.opens("/offers").button("Claim"), key="")
    assert (ada.status, ada.passes()) == (400, 0)


def test_a_form_without_our_token_claims_nothing(ada: Ada) -> None:
    ada.meets(TITLE, **OFF)
    ada.presses(ada.opens("/offers").button("Claim"), csrf_token="")
    assert (ada.status, ada.passes()) == (400, 0)


def test_where_more_can_be_had_the_card_offers_the_next(ada: Ada) -> None:
    offer = ada.meets(TITLE, **OFF, per_member=2)
    part = ada.presses(ada.opens("/offers").button("Claim"), htmx=True)
    assert part.ticket("20% off").words("stub") == f"200 points Claim {TITLE}"
    assert ada.opens(f"/offers/{offer.slug}").section("In your wallet").text.startswith("In your wallet Show")


def test_the_next_one_is_offered_only_where_her_points_still_pay(ada: Ada) -> None:
    ada.meets("Free dinner", points_cost=600, per_member=2)
    part = ada.presses(ada.opens("/offers").button("Claim"), htmx=True)
    assert part.ticket("Free dinner").words("stub").startswith("Claimed Show code")
    assert part.ticket("Free dinner").text == ada.opens("/offers").ticket("Free dinner").text


def test_a_claim_that_works_leaves_no_refusal(ada: Ada) -> None:
    ada.meets(TITLE, **OFF)
    ada.presses(ada.opens("/offers").button("Claim"))
    kinds = ada.session.scalars(select(TimelineEvent.kind)).all()
    assert kinds == ["offer_claimed"]
