"""The same walk in a browser without scripts: every act is a form, every change a page."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from portal.core.club.sign_ins import Face
from tests.browser.stage import Stage


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def test_claim_show_and_give_back(imported: Stage, page: Page) -> None:
    imported.enter(page, "domas@millpond.example", Face.MEMBER)
    page.goto(f"{imported.url}/offers/second-cup")
    page.get_by_role("button", name="Claim").click()
    expect(page.locator("#code")).to_be_visible()
    expect(page.get_by_role("link", name="Check again")).to_be_visible()
    page.get_by_role("link", name="Give it back").click()
    page.get_by_role("button", name="Give it back").click()
    expect(page.locator("#code")).to_have_count(0)
    expect(page.get_by_text("Given back").first).to_be_visible()


def test_check_redeem_and_undo(demo: Stage, page: Page) -> None:
    page.goto(demo.link("staff@example.com", Face.STAFF))
    page.get_by_role("button", name="Sign in").click()
    page.goto(f"{demo.url}/counter")
    page.get_by_role("button", name="Till 1").first.click()
    page.get_by_label("PIN").fill("2468")
    page.get_by_role("button", name="Start").or_(page.locator("form button").last).first.click()
    page.get_by_label("Scan or type the next code").fill(demo.code(minimum_purchase=2500).lower())
    page.get_by_role("button", name="Check", exact=True).click()
    page.get_by_role("button", name="Yes, redeem").click()
    expect(page.locator("#verdict")).to_have_attribute("data-v", "go")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#verdict")).to_contain_text("Undone")


def test_a_refused_claim_says_why_and_leads_on(imported: Stage, page: Page) -> None:
    imported.enter(page, "bruno@millpond.example", Face.MEMBER)
    page.goto(f"{imported.url}/offers/paperback-five")
    expect(page.get_by_role("button", name="Claim")).to_have_count(0)
    expect(page.get_by_text("25 more").first).to_be_visible()
