"""What staff read for each thing that a scan can come to."""

from datetime import timedelta

import pytest

from portal.core.offers import timeframes
from portal.core.offers.offers import BenefitKind
from portal.core.offers.timeframes import Timeframe
from portal.counter import verdicts
from tests import build
from tests.plumbing.clock import NOON

TWENTY = {"benefit_kind": BenefitKind.PERCENTAGE, "benefit_value": 20}


def test_a_good_code_is_redeemed_and_says_what_to_give(town):
    page = town.page.scan(town, town.code("Free coffee", till_key="LOYALTY COFFEE"))
    assert page.verdict == ("go", "Redeemed", "Give a free coffee")
    assert page.part('class="till"') == "On the till, press LOYALTY COFFEE"
    assert page.part('class="twin"') == "Free coffee Same pattern on the customer’s screen"
    assert page.buttons == ["Undo (60 s)"]


def test_the_title_of_the_page_says_it_too(town):
    page = town.page.scan(town, town.code("Free coffee"))
    assert page.title == "Redeemed: give a free coffee, My club"


def test_a_share_of_the_basket_is_taken_off(town):
    page = town.page.scan(town, town.code("20% off your next purchase", **TWENTY))
    assert page.verdict == ("go", "Redeemed", "Take 20% off")
    assert page.then == "20% off your next purchase."


def test_what_does_not_combine_says_so(town):
    page = town.page.scan(town, town.code(combines=False))
    assert page.part('class="meta"') == "With other offers No"


def test_an_unknown_code_is_not_one_of_ours(town):
    page = town.page.scan(town, town.unknown_code())
    assert page.verdict == ("stop", "Don’t give it", "Not one of ours")
    assert page.then == "Say: “Could you open it in your wallet again?”"
    assert page.buttons == []


def test_something_else_is_not_one_of_ours_either(town):
    assert town.page.scan(town, "4006381333931").verdict == ("stop", "Don’t give it", "Not one of ours")


def test_one_wrong_letter_is_told_at_the_code_box_and_refuses_nothing(town):
    code = town.code()
    page = town.page.scan(town, f"{'C' if code[0] == 'B' else 'B'}{code[1:]}")
    assert page.part('id="at-box"') == "One letter looks wrong. Check it against the screen."
    assert page.verdict == ("check", "Check one thing", "One letter looks wrong")
    assert page.part('class="today"').startswith("0 redeemed today 0 refused")


def test_an_expired_code_says_since_when(town):
    code = town.code(valid_days=1)
    town.clock.forward(days=2)
    page = town.again().scan(town, code)
    assert page.verdict == ("stop", "Don’t give it", "Expired")
    assert page.then == "Yesterday 11:59pm"
    assert page.part('class="meta"') == "For Free coffee"


def test_a_code_of_other_hours_says_which(town):
    mornings = timeframes.kept([Timeframe(days=(0, 1, 2, 3, 4), begins=420, ends=600)])
    page = town.page.scan(town, town.code(timeframes=mornings))
    assert page.verdict == ("stop", "Don’t give it", "Not at this hour")
    assert page.then == "Works Monday to Friday, 7am to 10am. Next: tomorrow at 7am."


def test_a_code_of_another_store_says_where_it_works(town):
    lantern = build.a_store(town.session, "Lantern")
    page = town.page.scan(town, town.code(stores=[lantern]))
    assert page.verdict == ("stop", "Don’t give it", "Not for this store")
    assert page.then == "It works at Lantern."


def test_a_used_code_says_when_where_and_by_whom(town):
    code = town.code()
    town.page.scan(town, code)
    town.clock.forward(minutes=5)
    page = town.page.scan(town, code)
    assert page.verdict == ("stop", "Don’t give it", "Already used")
    assert page.part('class="meta"') == "Used Today 12pm, Pier Café, Till 1, by Ona For Free coffee"
    assert page.then == "Say: “This one was used today at 12pm. Your other codes are in your wallet.”"


def test_the_same_code_within_five_seconds_is_the_same_scan(town):
    code = town.code()
    town.page.scan(town, code)
    town.clock.forward(seconds=5)
    page = town.page.scan(town, code)
    assert page.verdict == ("go", "Counted once", "Give a free coffee")
    assert page.buttons == ["Undo (55 s)"]
    assert page.part('class="today"').startswith("1 redeemed today")


def test_too_many_unknown_codes_pause_the_till(town):
    for _ in range(21):
        page = town.page.scan(town, town.unknown_code())
    assert page.verdict == ("none", "No answer yet", "Paused for 30 seconds")
    town.clock.forward(seconds=31)
    assert town.page.scan(town, town.code()).verdict[1] == "Redeemed"


def test_a_code_that_starts_later_says_from_when(town):
    page = town.page.scan(town, town.code(use_from=NOON + timedelta(days=1)))
    assert page.verdict == ("stop", "Don’t give it", "Not yet")
    assert page.then == "Works from tomorrow at 12pm."


def test_a_till_that_was_slower_reads_that_the_code_is_used():
    seen = verdicts.refused("code_already_redeemed", {}, "Europe/Vilnius", NOON)
    assert (seen.kind, seen.word, seen.headline) == ("stop", "Don’t give it", "Already used")


def test_no_verdict_names_the_member(town):
    assert "Ada" not in town.page.scan(town, town.code()).text


def test_a_code_under_the_key_of_another_reads_no_verdict_of_that_one(town):
    town.page.scan(town, town.code(), key="tap")
    page = town.page.scan(town, town.code(), key="tap")
    assert (page.status, page.verdict[2]) == (409, "Sent twice")


LIMITS = {
    "redemptions_in_all": ("All given out", "The only one has been used. A manager can raise the limit."),
    "redemptions_per_store": (
        "None left in this store",
        "Say: “Another store may still have it.” A manager can raise the limit.",
    ),
    "redemptions_per_store_day": (
        "None left here today",
        "Say: “There are new ones here on 11 June.” A manager can raise the limit.",
    ),
    "uses_per_member": ("All uses gone", "Say: “You’ve had this one.”"),
}


@pytest.mark.parametrize("limit", LIMITS)
def test_a_limit_that_is_reached_says_what_is_gone_and_who_can_change_it(town, limit):
    code = town.code(uses_per_claim=2, **{limit: 1})
    town.page.scan(town, code)
    town.clock.forward(minutes=1)
    page = town.again().scan(town, code)
    assert page.verdict == ("stop", "Don’t give it", LIMITS[limit][0])
    assert page.then == LIMITS[limit][1]


def test_a_budget_that_is_spent_is_a_managers_matter(town):
    page = town.page.scan(town, town.code(budget=100, use_cost=400))
    assert page.verdict == ("stop", "Don’t give it", "Its budget is spent")
    assert page.then == "A manager can raise the budget."
