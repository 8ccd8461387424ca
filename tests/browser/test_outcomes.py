"""What the bench says to a code that is not good here and now, and to one that asks for a look."""

from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page, expect

from portal.core.codes import alphabet
from portal.web import keys
from tests.browser.conftest import Tab
from tests.browser.stage import Stage
from tests.browser.test_walk import type_code


def test_an_unknown_code(stage: Stage, tab: Tab) -> None:
    till = at_the_till(stage, tab)
    type_code(till, alphabet.mint(keys.CHANCE.pick))
    says(till, "stop", "Not one of ours")


def test_a_mistyped_code(stage: Stage, tab: Tab) -> None:
    till = at_the_till(stage, tab)
    code = stage.code()
    type_code(till, code[:-1] + ("B" if code[-1] != "B" else "C"))
    expect(till.locator("#at-box")).to_have_text("One letter looks wrong. Check it against the screen.")
    type_code(till, code)
    expect(till.locator("#at-box")).to_be_hidden()


def test_an_expired_code(stage: Stage, tab: Tab) -> None:
    till = at_the_till(stage, tab)
    type_code(till, stage.code(claimed_at=datetime.now(UTC) - timedelta(days=3), valid_days=1))
    says(till, "stop", "Expired")


def test_a_code_of_another_store(stage: Stage, tab: Tab) -> None:
    till = at_the_till(stage, tab)
    type_code(till, stage.code(elsewhere=True))
    says(till, "stop", "It works at Far Island")


def test_a_question_answered_with_the_keys(stage: Stage, tab: Tab) -> None:
    till = at_the_till(stage, tab)
    type_code(till, stage.code(minimum_purchase=2500))
    says(till, "check", "Is the basket €25 or more?")
    till.keyboard.press("Escape")
    expect(till.locator("#verdict")).not_to_have_attribute("data-v", "check")
    expect(till.locator("[data-code-box]")).to_be_focused()


def test_a_used_code_says_when_where_and_by_whom(stage: Stage, tab: Tab) -> None:
    till = at_the_till(stage, tab)
    code = stage.code()
    type_code(till, code)
    expect(till.locator("#verdict")).to_have_attribute("data-v", "go")
    if till.locator("[data-yes]").count():
        till.locator("[data-yes]").click()
        expect(till.get_by_role("button", name="Undo")).to_be_visible()
    type_code(till, code)
    expect(till.locator("#verdict")).to_contain_text("Counted once")


def at_the_till(stage: Stage, tab: Tab) -> Page:
    till = tab()
    stage.stand_at_the_till(till, stage.people.first)
    return till


def says(till: Page, kind: str, words: str) -> None:
    """Verdict, and the same words in the region that a screen reader hears."""
    expect(till.locator("#verdict")).to_have_attribute("data-v", kind)
    expect(till.locator("#verdict")).to_contain_text(words)
    expect(till.locator("#alarm")).to_contain_text(words)
    expect(till.locator("[data-code-box]")).to_be_focused()
