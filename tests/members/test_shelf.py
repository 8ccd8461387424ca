"""The shelf: three groups, a ticket for every state, the standing above it."""

from datetime import timedelta

import pytest

from portal.core.claims import expiry
from tests import build
from tests.members.ada import Ada
from tests.members.test_claim_page import use
from tests.plumbing.clock import NOON

DAY = timedelta(days=1)
READY, REACH, MINE = "Ready to claim", "Within reach", "Claimed, used or gone"


def test_offers_lie_in_three_groups(ada: Ada) -> None:
    ada.meets("Free coffee")
    ada.meets("Free dinner", points_cost=1200)
    ada.meets("Free tea", claim_to=NOON - DAY)
    shelf = ada.opens("/offers")
    assert shelf.headings() == ["Offers", READY, "Free coffee", REACH, "Free dinner", MINE, "Free tea"]


@pytest.mark.parametrize(
    "terms, group, stub",
    [
        ({}, READY, "Free no points Claim Free coffee"),
        ({"points_cost": 150}, READY, "150 points Claim Free coffee"),
        ({"points_cost": 1200}, REACH, "150 more points needed Earn more points for Free coffee"),
        (
            {"claim_from": NOON + 3 * DAY},
            REACH,
            "Sat, 12pm opens in 3 days Details of Free coffee",
        ),
        ({"self_claim": False}, REACH, "At the counter staff add it for you Details of Free coffee"),
        ({"claim_to": NOON - DAY}, MINE, "Ended 9 Jun Details of Free coffee"),
        ({"stock": 0}, MINE, "Sold out Details of Free coffee"),
    ],
)
def test_each_state_has_its_stub_and_a_step_that_works(ada: Ada, terms, group, stub) -> None:
    offer = ada.meets("Free coffee", **terms)
    ticket = ada.opens("/offers").section(group).ticket("Free coffee")
    assert ticket.words("stub") == stub
    leads_to = {link.attributes["href"] for link in ticket.all("a")}
    assert leads_to - {"/points#earn"} == {f"/offers/{offer.slug}"}


def test_what_she_holds_shows_its_code_and_its_end(ada: Ada) -> None:
    claim = ada.holds(ada.meets("Free coffee", valid_days=1))
    ticket = ada.opens("/offers").section(MINE).ticket("Free coffee")
    assert ticket.link("Show code") == f"/wallet/{claim.reference}"
    assert ticket.words("ends") == "Expires tomorrow, 11:59pm"


def test_what_she_has_used_up_leads_to_its_history(ada: Ada) -> None:
    ada.holds(ada.meets("Free spin", code_mode="none"))
    ticket = ada.opens("/offers").section(MINE).ticket("Free spin")
    assert ticket.words("stub") == "Used 1 of 1 See uses of Free spin"
    assert ticket.link("See uses") == "/wallet?show=used"


def test_what_expired_unused_was_not_used(ada: Ada) -> None:
    offer = ada.meets("Free coffee", valid_days=1)
    ada.holds(offer)
    ada.clock.forward(days=3)
    ticket = ada.opens("/offers").section(MINE).ticket("Free coffee")
    assert ticket.words("stub") == "Expired not used See history of Free coffee"
    assert ticket.link("See history") == "/wallet?show=expired"
    expiry.record_expired(ada.session, now=ada.clock())
    ada.session.commit()
    assert ada.opens("/offers").ticket("Free coffee").words("stub") == ticket.words("stub")
    why = ada.opens(f"/offers/{offer.slug}").section("You can’t claim it now")
    assert why.text.endswith("Yours expired before you used it. Each member can have it once.")


def test_what_was_used_and_what_expired_are_told_apart(ada: Ada) -> None:
    offer = ada.meets("Free coffee", per_member=2, valid_days=1)
    use(ada, ada.holds(offer))
    ada.holds(offer)
    ada.clock.forward(days=3)
    assert ada.opens("/offers").words("stub") == "Used 1 of 2 1 expired See uses of Free coffee"
    why = ada.opens(f"/offers/{offer.slug}").section("You can’t claim it now")
    assert why.text.endswith("You’ve had all 2 of these, and 1 expired before you used it.")


def test_a_tier_too_high_says_how_far_it_is(ada: Ada) -> None:
    gold = build.a_tier(ada.session, "gold", 3, 1500)
    ada.meets("Free dinner", minimum_tier_id=gold.id, points_cost=2000)
    ticket = ada.opens("/offers").section(REACH).ticket("Free dinner")
    assert ticket.words("stub") == "Gold 450 points from Gold How to reach Gold for Free dinner"


def test_a_code_in_hand_outranks_the_end_of_the_offer(ada: Ada) -> None:
    ada.holds(ada.meets("Free coffee", claim_to=NOON + DAY, per_member=2))
    ada.clock.forward(days=2)
    ticket = ada.opens("/offers").section(MINE).ticket("Free coffee")
    assert ticket.words("stub").startswith("Claimed Show code")


def test_few_left_and_the_last_day_are_said(ada: Ada) -> None:
    ada.meets("Free coffee", stock=12, claim_to=NOON + 10 * DAY)
    assert ada.opens("/offers").words("ends") == "Only 12 left. Claim by Sat 20 June, 12pm"


def test_the_standing_says_what_she_has_and_how_far_it_is(ada: Ada) -> None:
    build.a_tier(ada.session, "bronze", 1, 2000)
    ada.session.commit()
    standing = ada.opens("/offers").words("standing")
    assert standing == "You have 1,050 points to spend 1,050 earned this year 950 more for Bronze"


def test_the_soonest_end_is_the_one_notice(ada: Ada) -> None:
    later = ada.holds(ada.meets("Free tea", valid_days=20))
    sooner = ada.holds(ada.meets("Free coffee", valid_days=1))
    notice = ada.opens("/offers").one(id="warning")
    assert notice.text == "Free coffee expires tomorrow , Thursday, at 11:59pm. Show the code"
    assert notice.link("Show the code") == f"/wallet/{sooner.reference}" != f"/wallet/{later.reference}"


def test_several_ends_in_a_week_are_counted(ada: Ada) -> None:
    for title in ("Free tea", "Free coffee", "Free cake"):
        ada.holds(ada.meets(title, valid_days=3))
    notice = ada.opens("/offers").one(id="warning")
    assert notice.text == "3 codes expire this week . See my wallet"


def test_an_empty_shelf_says_so(ada: Ada) -> None:
    shelf = ada.opens("/offers")
    assert shelf.headings() == ["Offers", "No offers right now"]
    assert shelf.link("See my wallet") == "/wallet"


def test_the_root_is_the_shelf(ada: Ada) -> None:
    ada.opens("/")
    assert ada.answer.request.path == "/offers"
