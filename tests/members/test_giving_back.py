"""Giving an unused claim back, and the page that notices by itself that its code was used."""

from datetime import timedelta

import pytest

from portal.core.points import lots
from portal.web import money
from tests.members.ada import Ada
from tests.members.page import Part
from tests.members.test_claim_page import use


def held(ada: Ada) -> str:
    """The page of a claim that she has just paid 200 points for."""
    return f"/wallet/{ada.holds(ada.meets('Free coffee', points_cost=200)).reference}"


def test_the_way_back_says_what_returns_and_until_when(ada: Ada) -> None:
    page = ada.opens(held(ada))
    assert page.one(id="release").text == "Give it back for 200 points until 12:15pm"


def test_scripts_off_it_asks_once_and_returns_the_points(ada: Ada) -> None:
    claim = held(ada)
    asked = ada.opens(ada.opens(claim).link("Give it back"))
    assert "200 points return to you at once" in asked.text
    assert asked.link("Keep it") == claim
    page = ada.presses(asked.button("Give it back"))
    assert (ada.answer.history[0].status_code, ada.answer.request.path) == (303, claim)
    assert page.words("state") == "Given back today at 12pm"
    assert page.one(id="purse").text == "You have 1,050 points to spend"
    assert "200 points returned: 850 before, 1,050 after" in page.section("History").text
    assert "200 points spent: 1,050 before, 850 after" in page.section("History").text


def test_htmx_asks_in_place_with_the_same_words(ada: Ada) -> None:
    claim = held(ada)
    page, part = ada.opens(f"{claim}/release"), ada.opens(f"{claim}/release", htmx=True)
    assert page.section("Give Free coffee back?").text == part.section("Give Free coffee back?").text
    assert part.all("html") == []


def test_htmx_swaps_the_claim_and_tells(ada: Ada) -> None:
    claim = held(ada)
    part = ada.presses(ada.opens(f"{claim}/release", htmx=True).button("Give it back"), htmx=True)
    assert part.one(id="claim", tabindex="-1", data_focus="").words("state") == "Given back today at 12pm"
    assert part.one(id="say").text == "Given back. 200 points returned."
    assert part.one(id="purse").text == "You have 1,050 points to spend"
    assert part.one(id="wallet-count").text == ""


@pytest.mark.parametrize(
    "dies, asked, said, way",
    [
        (
            100,
            "100 points return to you at once. 100 points of what you paid have expired meanwhile",
            "Given back. 100 points returned, 100 points expired.",
            "Give it back for 100 points",
        ),
        (
            200,
            "stops working. All 200 points that you paid have expired meanwhile: they return and expire",
            "Given back. Its points have expired.",
            "Give it back until",
        ),
    ],
)
def test_points_that_died_since_are_told_of_beforehand(
    ada: Ada, dies: int, asked: str, said: str, way: str
) -> None:
    ends = ada.clock() + timedelta(minutes=5)
    lots.earn(ada.session, ada.member.id, dies, now=ada.clock(), expires_at=ends)
    claim = held(ada)
    assert "expired" not in ada.opens(f"{claim}/release").text
    ada.clock.forward(minutes=6)
    assert ada.opens(claim).one(id="release").text.startswith(way)
    page = ada.opens(f"{claim}/release", htmx=True)
    assert asked in page.text
    part = ada.presses(page.button("Give it back"), htmx=True)
    assert part.one(id="say").text == said
    assert part.one(id="purse").text == f"You have {money.number(1050)} points to spend"


def test_giving_back_twice_is_giving_back_once(ada: Ada) -> None:
    asked = ada.opens(f"{held(ada)}/release")
    ada.presses(asked.button("Give it back"))
    page = ada.presses(asked.button("Give it back"))
    assert (ada.status, page.one(id="purse").text) == (200, "You have 1,050 points to spend")


def test_asked_again_after_a_lost_answer_it_says_the_same(ada: Ada) -> None:
    button = ada.opens(f"{held(ada)}/release", htmx=True).button("Give it back")
    said = [ada.presses(button, htmx=True).one(id="say").text for _ in range(2)]
    assert said == ["Given back. 200 points returned."] * 2


def test_too_late_it_is_refused_with_the_hour(ada: Ada) -> None:
    claim = held(ada)
    form = ada.opens(f"{claim}/release").button("Give it back")
    ada.clock.forward(minutes=20)
    part = ada.presses(form, htmx=True)
    assert ada.status == 409
    assert part.one(id="alarm").text.startswith("This can’t be given back any more.")
    assert "Give it back" not in part.one(id="claim").text
    page = ada.presses(form)
    assert (ada.status, page.all("p", data_level="problem")[0].text.startswith("This can’t be")) == (
        409,
        True,
    )


def test_what_was_shown_of_a_partner_cannot_be_given_back(ada: Ada) -> None:
    claim = ada.holds(ada.meets("15% off", online_code="HARBOUR15"))
    page = ada.opens(f"/wallet/{claim.reference}")
    assert "Give it back" not in page.text


def poll_of(page: Part) -> str:
    [waits] = [part for part in page.all() if part.attributes.get("data-hx-trigger") == "every 10s"]
    return waits.attributes["data-hx-get"]


def test_the_poll_has_nothing_to_say_while_nothing_changes(ada: Ada) -> None:
    poll = poll_of(ada.opens(held(ada)))
    ada.opens(poll, htmx=True)
    assert (ada.status, ada.answer.data) == (204, b"")


def test_the_poll_brings_the_claim_when_it_was_used_and_ends(ada: Ada) -> None:
    claim = ada.holds(ada.meets("Free coffee"))
    poll = poll_of(ada.opens(f"/wallet/{claim.reference}"))
    use(ada, claim)
    part = ada.opens(poll, htmx=True)
    assert (ada.status, ada.answer.headers["HX-Retarget"]) == (200, "#claim")
    assert part.one(id="say").text == "Used today at 12pm at Pier Café"
    assert part.one(id="claim").text == ada.opens(f"/wallet/{claim.reference}").one(id="claim").text
    assert [part for part in part.all() if "data-hx-trigger" in part.attributes] == []


def test_the_poll_notices_that_time_ended_it(ada: Ada) -> None:
    poll = poll_of(ada.opens(held(ada)))
    ada.clock.forward(days=40)
    part = ada.opens(poll, htmx=True)
    assert part.one(id="claim").words("state").startswith("Expired")


def test_scripts_off_there_is_a_link_to_look_again(ada: Ada) -> None:
    claim = held(ada)
    assert ada.opens(claim).one("noscript").link("Check again") == claim
    ada.opens(f"{claim}/state")
    assert ada.answer.request.path == claim


def test_the_window_is_the_offers_own(ada: Ada) -> None:
    offer = ada.meets("Free tea", give_back_minutes=0)
    page = ada.opens(f"/wallet/{ada.holds(offer).reference}")
    assert "Give it back" not in page.text
