"""The page of one offer: everything one needs to decide, in every state."""

from datetime import timedelta
from typing import Any

from portal.core.offers import timeframes
from portal.core.offers.timeframes import Timeframe
from tests import build
from tests.members.ada import Ada
from tests.members.page import Part
from tests.plumbing.clock import NOON

DAY = timedelta(days=1)


def rows(section: Part) -> dict[str, str]:
    """A list of conditions as name and words."""
    return {line.one("span").text: line.one("b").text for line in section.all("li")}


def test_conditions_stand_in_one_list(ada: Ada) -> None:
    asks: dict[str, Any] = {"minimum_purchase": 2500, "combines": False, "points_cost": 200}
    offer = ada.meets("Free coffee", stores=("Crumb", "Lantern"), per_member=2, stock=12, **asks)
    assert rows(ada.opens(f"/offers/{offer.slug}").section("Conditions")) == {
        "Cost": "200 points. You’ll have 850",
        "Spend": "€25 or more in one purchase",
        "Where": "Crumb, Lantern",
        "With other offers": "Not with other offers",
        "Uses": "Works once",
        "How often": "Up to 2 for each member",
        "How many": "Only 12 left",
    }


def test_dates_are_spoken_in_the_offers_zone(ada: Ada) -> None:
    offer = ada.meets(
        "Free coffee", claim_to=NOON + 3 * DAY, use_to=NOON.replace(day=30, hour=21), valid_days=7
    )
    page = ada.opens(f"/offers/{offer.slug}").section("Dates")
    assert rows(page) == {
        "Claim by": "Saturday 13 June at 12pm",
        "Use within": "7 days after claiming",
        "Use by": "Tuesday 30 June at 11:59pm",
    }
    assert "Times are Vilnius time." in page.text


def test_how_to_use_it_in_the_store_and_online(ada: Ada) -> None:
    offer = ada.meets(
        "Free coffee", how_store="Order.\n\nShow the code.", how_online="Type it in.", terms="One a day."
    )
    page = ada.opens(f"/offers/{offer.slug}")
    how = page.section("How to use it")
    assert how.headings() == ["How to use it", "In the store", "Online"]
    assert [step.text for step in how.all("li")] == ["Order.", "Show the code."]
    assert "One a day." in page.section("Conditions").text


def test_points_short_is_explained_here(ada: Ada) -> None:
    offer = ada.meets("Free dinner", points_cost=1200)
    why = ada.opens(f"/offers/{offer.slug}").section("150 more points")
    assert why.text.startswith("150 more points You need 150 more points. You have 1,050 of 1,200.")
    assert why.one("progress").attributes["aria-label"] == "1,050 of 1,200 points"


def test_a_tier_short_shows_the_ladder_and_mentions_the_points(ada: Ada) -> None:
    gold = build.a_tier(ada.session, "gold", 3, 1500)
    offer = ada.meets("Free dinner", minimum_tier_id=gold.id, points_cost=1200)
    why = ada.opens(f"/offers/{offer.slug}").section("How to reach Gold")
    assert rows(why) == {
        "Where you are": "1,050 points earned this year",
        "What it takes": "1,500 points in a calendar year",
        "Until": "Thursday 31 December",
        "Points to spend": "150 points short of its cost",
    }


def test_what_cannot_be_claimed_says_why_and_leads_on(ada: Ada) -> None:
    for terms, words in (
        ({"stock": 0}, "All of these have been claimed."),
        ({"claim_to": NOON - DAY}, "This offer ended yesterday at 12pm."),
        ({"claim_from": NOON + DAY}, "Opens tomorrow at 12pm."),
        ({"status": "paused"}, "This offer isn’t running at the moment."),
        ({"self_claim": False}, "A member of staff adds this one for you. Ask at the counter."),
    ):
        page = ada.opens(f"/offers/{ada.meets('Free tea', stores=(), **terms).slug}")
        assert page.section("You can’t claim it now").text.endswith(words)
        assert page.words("stub").endswith(("See similar to Free tea", "See offers"))
        assert page.one(class_="stub").all("form") == []


def test_her_own_claims_are_linked(ada: Ada) -> None:
    offer = ada.meets("Free coffee", per_member=3)
    claims = [ada.holds(offer), ada.holds(offer)]
    own = ada.opens(f"/offers/{offer.slug}").section("In your wallet")
    assert [link.attributes["href"] for link in own.all("a")] == [
        f"/wallet/{one.reference}" for one in claims
    ]


def test_what_nobody_may_see_is_404(ada: Ada) -> None:
    slugs = [
        ada.meets("Draft", status="draft").slug,
        ada.meets("Past", visible_to=NOON - DAY).slug,
        ada.meets("Soon", visible_from=NOON + DAY).slug,
        "nothing-of-ours",
    ]
    answers = [(ada.opens(f"/offers/{slug}").headings(), ada.status) for slug in slugs]
    assert {status for _, status in answers} == {404}


def test_it_asks_six_questions(ada: Ada) -> None:
    offer = ada.meets("Free coffee")
    ada.opens("/offers")
    with ada.counting() as sent:
        ada.opens(f"/offers/{offer.slug}")
    assert len(sent) <= 6


def test_hours_and_a_late_start_are_said_beforehand(ada: Ada) -> None:
    mornings = timeframes.kept([Timeframe(days=(0, 1, 2), begins=420, ends=600)])
    offer = ada.meets("Free coffee", timeframes=mornings, starts_after_days=2, starts_after_minutes=120)
    page = ada.opens(f"/offers/{offer.slug}")
    assert rows(page.section("Conditions"))["When"] == "Monday to Wednesday, 7am to 10am"
    assert "2 days after the claim" in page.section("Dates").text
    assert "2 hours after the claim" in page.section("Dates").text


def test_what_could_not_be_used_in_time_has_ended(ada: Ada) -> None:
    offer = ada.meets("Free coffee", use_to=NOON + DAY, starts_after_days=3)
    assert "This offer has ended." in ada.opens(f"/offers/{offer.slug}").text
    assert "Ended" in ada.opens("/offers").text


def test_how_often_in_a_week_is_said_and_when_there_is_one_again(ada: Ada) -> None:
    weekly: dict[str, Any] = {"per_member": 5, "per_period": 1, "period": "week", "code_mode": "none"}
    offer = ada.meets("Free spin", **weekly)
    often = rows(ada.opens(f"/offers/{offer.slug}").section("Conditions"))["How often"]
    assert often == "Up to 5 for each member. Once a week"
    ada.holds(offer)
    page = ada.opens(f"/offers/{offer.slug}")
    assert "You’ve used this week’s one. The next one opens on 15 June." in page.text
    assert page.one(class_="stub").text.startswith("Used 1 of 1 again from 15 Jun")


def test_limits_of_uses_are_said_beforehand(ada: Ada) -> None:
    limits: dict[str, Any] = {"uses_per_member": 5, "uses_per_period": 1, "uses_period": "day"}
    offer = ada.meets("Free coffee", redemptions_per_store_day=40, **limits)
    said = rows(ada.opens(f"/offers/{offer.slug}").section("Conditions"))
    assert said["Uses for you"] == "Up to 5 for each member. Once a day"
    assert said["In each store"] == "Up to 40 a day"


def test_a_code_in_hand_is_shown_though_the_week_is_used(ada: Ada) -> None:
    offer = ada.meets("Free coffee", per_member=None, per_period=1, period="week")
    ada.holds(offer)
    assert ada.opens(f"/offers/{offer.slug}").one(class_="stub").text.startswith("Claimed")
