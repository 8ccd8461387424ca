"""The whole walk, in two tabs of one window: a member claims, the till redeems, the member's page turns."""

import re

from playwright.sync_api import Page, expect

from portal.core.club.sign_ins import Face
from tests.browser.conftest import Tab
from tests.browser.stage import Stage

WHILE_IT_POLLS = 25_000
SHOWN = re.compile(r"^[BCDFGHJKLNPRSTVX]{12}$")


def test_a_member_claims_and_the_till_redeems(stage: Stage, tab: Tab) -> None:
    phone, till = tab(), tab()
    code = claim_and_show(phone, stage)
    stage.stand_at_the_till(till, stage.people.first)
    type_code(till, code.lower())
    answer_the_question(till)
    expect(till.locator("#verdict")).to_have_attribute("data-v", "go")
    expect(till.get_by_role("button", name="Undo")).to_be_visible()
    expect(phone.locator("#claim").get_by_text("Used", exact=True)).to_be_visible(timeout=WHILE_IT_POLLS)
    expect(phone.locator("#code")).to_have_count(0)


def test_an_undone_code_works_again(stage: Stage, tab: Tab) -> None:
    phone, till = tab(), tab()
    code = a_free_claim(phone, stage)
    stage.stand_at_the_till(till, stage.people.second)
    type_code(till, code)
    answer_the_question(till)
    till.get_by_role("button", name="Undo").click()
    expect(till.locator("#verdict")).to_contain_text("Undone")
    type_code(till, code)
    answer_the_question(till)
    expect(till.locator("#verdict")).to_have_attribute("data-v", "go")


def test_what_is_given_back_pays_again(imported: Stage, tab: Tab) -> None:
    phone = tab()
    imported.enter(phone, "domas@millpond.example", Face.MEMBER)
    phone.goto(f"{imported.url}/offers")
    claim(phone, "paperback")
    phone.get_by_role("link", name="Show code").first.click()
    expect(phone.locator("#purse")).to_contain_text("1,150")
    phone.get_by_role("link", name="Give it back").click()
    phone.get_by_role("button", name="Give it back").click()
    expect(phone.locator("#purse")).to_contain_text("1,250")
    expect(phone.locator("#code")).to_have_count(0)


def claim_and_show(phone: Page, stage: Stage) -> str:
    """Claim the stage's offer with points, see code, QR and what it says about the end."""
    stage.enter(phone, stage.people.first.member, Face.MEMBER)
    phone.goto(f"{stage.url}/offers")
    claim(phone, stage.people.first.offer)
    expect(phone.locator("#say")).to_contain_text("in your wallet")
    phone.locator("#toast").get_by_role("link", name="Show code").click()
    expect(phone.get_by_role("link", name="QR code")).to_be_visible()
    expect(phone.get_by_role("heading", name="How to use it")).to_be_visible()
    expect(phone.locator(".notice")).to_contain_text(re.compile("Use by|Expires"))
    return code_on(phone)


def a_free_claim(phone: Page, stage: Stage) -> str:
    """The same by the offer's own page."""
    stage.enter(phone, stage.people.second.member, Face.MEMBER)
    phone.goto(f"{stage.url}/offers")
    phone.get_by_role("link", name=stage.people.second.offer).first.click()
    phone.get_by_role("button", name="Claim").click()
    phone.locator("#toast").get_by_role("link", name="Show code").click()
    expect(phone.locator("#code")).to_be_visible()
    return code_on(phone)


def claim(phone: Page, words: str) -> None:
    card = phone.locator("article", has_text=words).first
    card.get_by_role("button", name="Claim").click()
    expect(phone.locator("article", has_text=words).first).to_contain_text("Claimed")


def code_on(phone: Page) -> str:
    """The code as the eye reads it."""
    groups = phone.locator("#code span[aria-hidden=true]").all_inner_texts()
    code = "".join(groups)
    assert SHOWN.match(code), "the page shows no code"
    return code


def type_code(till: Page, code: str) -> None:
    till.keyboard.type(code)
    till.keyboard.press("Enter")


def answer_the_question(till: Page) -> None:
    """Say yes where the verdict asks or wants the button."""
    expect(till.locator("#verdict[data-v=go], #verdict[data-v=check]")).to_be_visible()
    yes = till.locator("[data-yes]")
    if yes.count():
        yes.click()
