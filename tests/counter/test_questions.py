"""A question waits for yes or no; where the store redeems by hand, every good code does."""

from tests import build

BASKET = {"minimum_purchase": 2500, "benefit_kind": "percentage", "benefit_value": 20}


def ask(town):
    return town.page.scan(town, town.code("20% off the whole basket", **BASKET))


def test_a_minimum_is_a_question(town):
    page = ask(town)
    assert page.verdict == ("check", "Check one thing", "Is the basket €25 or more?")
    assert page.then == "If yes: 20% off the whole basket. If not, they keep the code."
    assert page.buttons == ["Yes, redeem Enter", "No, leave it Esc"]
    assert page.title == "Check one thing: is the basket €25 or more?, My club"


def test_yes_redeems(town):
    page = ask(town).post(f"{town.bench}/scans/1/redemption")
    assert page.verdict == ("go", "Redeemed", "Take 20% off")
    assert page.buttons == ["Undo (60 s)"]


def test_a_second_yes_changes_nothing(town):
    ask(town).post(f"{town.bench}/scans/1/redemption")
    page = town.page.post(f"{town.bench}/scans/1/redemption")
    assert page.verdict[1] == "Redeemed"
    assert page.part('class="today"').startswith("1 redeemed today")


def test_no_leaves_the_code_with_the_member(town):
    page = ask(town).post(f"{town.bench}/scans/1/refusal")
    assert page.verdict == ("idle", "Left unused", "They keep the code")
    assert page.part('class="log"').startswith("Left unused: 20% off the whole basket 12pm Left unused")


def test_a_new_scan_answers_the_waiting_question_with_no(town):
    ask(town).scan(town, town.code())
    assert town.page.open(f"{town.bench}/scans/1").verdict[1] == "Left unused"
    late = town.page.post(f"{town.bench}/scans/1/redemption")
    assert late.verdict[1] == "Left unused"


def test_a_code_that_stopped_being_good_meanwhile_is_refused(town):
    code = town.code(**BASKET)
    town.page.scan(town, code)
    other = build.a_till(town.session, town.store, "Till 2")
    town.device(town.ona, other).post(f"/counter/{other.id}/scans", code=code)
    town.device(town.ona, other).post(f"/counter/{other.id}/scans/2/redemption")
    town.clock.forward(seconds=20)
    page = town.page.post(f"{town.bench}/scans/1/redemption")
    assert page.verdict == ("stop", "Don’t give it", "Already used")
    assert page.part('class="meta"').startswith("Used Today 12pm, Pier Café, Till 2, by Ona")


def test_a_store_that_redeems_by_hand_is_asked_each_time(town):
    town.store.auto_redeem = False
    town.session.commit()
    page = town.page.scan(town, town.code("Free coffee"))
    assert page.verdict == ("go", "Good to give", "Give a free coffee")
    assert page.buttons == ["Redeem Enter", "No, leave it Esc"]
    assert page.post(f"{town.bench}/scans/1/redemption").verdict[1] == "Redeemed"


def test_enter_in_an_empty_box_only_says_what_to_do(town):
    page = ask(town).scan(town, " ")
    assert (page.status, page.part('id="at-box"')) == (422, "Scan a code, or choose Yes or No.")
    assert page.verdict[1] == "Check one thing"
    assert page.buttons == ["Yes, redeem Enter", "No, leave it Esc"]


def test_an_empty_box_without_a_question(town):
    page = town.page.scan(town, "")
    assert (page.status, page.part('id="at-box"')) == (422, "Scan a code, or type its 12 letters.")
    assert page.verdict == ("idle", "Ready", "Scan a code")
