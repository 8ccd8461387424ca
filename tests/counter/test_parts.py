"""At the till: a sum of a value, more of the uses, and the question for another basket."""

import pytest

from tests import build

CARD = {"benefit_kind": "stored_value", "benefit_value": 2000}
FIVE = {"uses_per_claim": 5}


def test_a_value_asks_how_much(town):
    page = town.page.scan(town, town.code("Gift of €20", **CARD))
    assert page.verdict == ("check", "Check one thing", "How much do they use?")
    assert page.then == "€20 is left. What they don’t use stays on the code."
    assert page.buttons == ["Redeem this sum", "All of it: €20", "No, leave it Esc"]


def test_the_sum_is_taken_and_the_rest_is_told(town):
    town.page.scan(town, town.code("Gift of €20", **CARD))
    page = town.page.post(f"{town.bench}/scans/1/redemption", amount="5,50")
    assert page.verdict == ("go", "Redeemed", "Take €5.50 off")
    assert page.part('class="meta"') == "Left €14.50"


def test_all_of_it_is_taken_by_one_tap(town):
    town.page.scan(town, town.code("Gift of €20", **CARD))
    page = town.page.post(f"{town.bench}/scans/1/redemption", all="y", amount="")
    assert (page.verdict[2], page.part('class="meta"')) == ("Take €20 off", "Left €0")


@pytest.mark.parametrize("typed", ["", "20.01", "0", "-5", "5.555", "five", "٥"])
def test_a_sum_that_cannot_be_taken_is_asked_for_again(town, typed):
    town.page.scan(town, town.code("Gift of €20", **CARD))
    page = town.page.post(f"{town.bench}/scans/1/redemption", amount=typed)
    assert page.part('id="at-amount"') == "Error: Enter a sum up to €20, such as 5 or 5.20."
    assert page.verdict == ("check", "Check one thing", "How much do they use?")


def test_more_uses_are_taken_at_once(town):
    page = town.page.scan(town, town.code("Free coffee", **FIVE))
    assert (page.part('class="meta"'), page.buttons[-1]) == ("Left 4 of 5", "Redeem more")
    page = town.page.post(f"{town.bench}/scans/1/more", uses="3", key="m")
    assert (page.verdict, page.part('class="meta"')) == (
        ("go", "Redeemed", "3 times: give a free coffee"),
        "Left 1 of 5",
    )


def test_the_last_use_offers_no_more(town):
    town.page.scan(town, town.code("Free coffee", **FIVE))
    page = town.page.post(f"{town.bench}/scans/1/more", uses="4", key="m")
    assert page.buttons == ["Undo (60 s)"]


@pytest.mark.parametrize("typed", ["5", "0", "", "-1", "x"])
def test_more_than_is_left_is_refused_and_nothing_moves(town, typed):
    town.page.scan(town, town.code("Free coffee", **FIVE))
    page = town.page.post(f"{town.bench}/scans/1/more", uses=typed, key="m")
    assert page.verdict == ("check", "Check one thing", "Only 4 uses are left")
    assert town.page.open(f"{town.bench}/scans/1").part('class="meta"') == "Left 4 of 5"


def test_what_does_not_combine_asks_whether_it_is_another_basket(town):
    member = build.a_member(town.session)
    for title, combines in (("Free coffee", False), ("Free cake", True)):
        offer = build.an_offer(town.session, title, combines=combines)
        code = build.code_of(town.session, build.claim(town.session, member, offer, now=town.clock()))
        town.session.commit()
        page = town.page.scan(town, code)
    assert page.verdict == ("check", "Check one thing", "Is this another basket?")
    assert page.then == (
        "“Free coffee” was used today at 12pm. The two don’t go together in the same basket."
    )
    assert town.page.post(f"{town.bench}/scans/2/redemption").verdict[1] == "Redeemed"
