"""The bench itself: idle, its last scans, the day's counts, and the parts that htmx exchanges."""

import re

from portal.core.club.accounts import Role
from tests.counter.page import element

HTMX = {"HX-Request": "true"}


def test_the_bench_waits_for_a_scan(town):
    page = town.page.open(town.bench)
    assert page.verdict == ("idle", "Ready", "Scan a code")
    assert page.part('class="recent"').startswith("Last scans Nothing scanned at this till yet.")
    assert page.title == "Ready: scan a code, My club"


def test_the_last_five_scans_are_told_by_offer_and_outcome(town):
    for title in ["One", "Two", "Three", "Four", "Five", "Six"]:
        town.page.scan(town, town.code(title))
    page = town.page.open(town.bench)
    log = page.part('class="log"')
    assert [title for title in ["One", "Two", "Three", "Four", "Five", "Six"] if title not in log] == ["One"]
    assert log.startswith("Redeemed: Six 12pm Redeemed")


def test_no_part_of_a_code_is_shown_again(town):
    code = town.code()
    page = town.page.scan(town, code)
    assert [code[start : start + 4] for start in range(9) if code[start : start + 4] in page.html] == []


def test_the_day_begins_at_the_stores_midnight(town):
    town.page.scan(town, town.code())
    town.page.scan(town, town.unknown_code())
    assert town.page.part('class="today"') == "1 redeemed today 1 refused"
    town.clock.forward(hours=12)
    assert town.again().open(town.bench).part('class="today"') == "0 redeemed today 0 refused"


def test_the_same_form_sent_twice_is_one_scan_and_one_redemption(town):
    code = town.code(uses_per_claim=2)
    first = town.page.scan(town, code, key="once").html
    town.clock.forward(seconds=30)
    again = town.page.scan(town, code, key="once")
    assert again.verdict[1] == "Redeemed"
    assert again.part('class="today"').startswith("1 redeemed today")
    assert first.count("<li>") == again.html.count("<li>") == 1


def test_htmx_gets_the_parts_that_a_scan_changes(town):
    part = town.page.scan(town, town.code(), htmx=True)
    assert part.status == 200
    assert "HX-Request" in part.answer.headers["Vary"]
    assert re.findall(r'id="(\w[\w-]*)"', part.html) == ["verdict", "undo", "recent", "at-box", "alarm"]
    assert part.title == "Redeemed: give a free coffee, My club"


def test_each_part_equals_its_place_in_the_page(town):
    part = town.page.scan(town, town.code(), htmx=True).html.replace(' data-hx-swap-oob="outerHTML"', "")
    page = town.page.open(f"{town.bench}/scans/1").html
    for name in ["verdict", "recent", "at-box"]:
        assert element(tokenless(part), f'id="{name}"') == element(tokenless(page), f'id="{name}"') != ""


def test_the_alarm_says_word_command_and_line(town):
    part = town.page.scan(town, town.unknown_code(), htmx=True)
    assert part.part('id="alarm"') == (
        "Don’t give it. Not one of ours. Say: “Could you open it in your wallet again?”"
    )


def test_a_whole_page_says_it_as_well(town):
    page = town.page.scan(town, town.code())
    assert page.part('id="alarm"') == "Redeemed. Give a free coffee."
    assert town.page.open(town.bench).part('id="alarm"') == ""


def test_an_empty_box_answers_htmx_beside_the_box_and_leaves_the_verdict(town):
    part = town.page.scan(town, "", htmx=True)
    assert (part.status, part.answer.headers["HX-Retarget"]) == (422, "#at-box")
    assert part.text == "Scan a code, or type its 12 letters."


def test_a_mistyped_code_answers_htmx_beside_the_box_too(town):
    part = town.page.scan(town, "BBBBBBBBBBBC", htmx=True)
    assert part.part('id="at-box"') == "One letter looks wrong. Check it against the screen."


def test_the_bench_says_how_it_answers_without_a_connection(town):
    page = town.page.open(town.bench).answer.get_data(as_text=True)
    waiting = re.search(r'<template id="no-answer".*?</template>', page, flags=re.DOTALL)
    assert waiting is not None
    assert "The code is not refused." in waiting[0]


def test_a_manager_works_the_bench_like_staff(town):
    manager = town.staff("Vera", "5566", town.store, role=Role.MANAGER)
    assert town.device(manager, town.till).scan(town, town.code()).verdict[1] == "Redeemed"


def tokenless(html: str) -> str:
    return re.sub(r'name="csrf_token" value="[^"]+"', "", html)
