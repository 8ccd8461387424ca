"""The page of a code in hand: full screen, on paper, copied; and what it does without scripts."""

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import Tab
from tests.browser.keeper import Keeper
from tests.browser.stage import Stage

WATCH_THE_LOCK = """
  window.held = 0;
  Object.defineProperty(navigator, "wakeLock", { value: { request: async () => { window.held += 1; } } });
"""
RELATIVE = re.compile(r"today|tomorrow|yesterday|checked at|\bin \d|left\b(?! \d)", re.IGNORECASE)


@pytest.fixture
def keeper(demo: Stage, tab: Tab) -> Keeper:
    return Keeper(demo, tab())


def test_full_screen_is_white_in_the_dark_and_keeps_the_screen_on(demo, tab, context):
    context.add_init_script(WATCH_THE_LOCK)
    page = tab()
    keeper = Keeper(demo, page)
    held = keeper.holds()
    page.emulate_media(color_scheme="dark")
    keeper.opens("/wallet")
    assert page.evaluate("() => window.held") == 0
    keeper.opens(f"{held.path}/full-screen")
    assert page.evaluate("() => getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    expect(page.get_by_text("Turn your screen brightness up")).to_be_visible()
    assert page.evaluate("() => window.held") == 1
    page.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")
    assert page.evaluate("() => window.held") == 2


def test_full_screen_leaves_when_the_code_is_used(keeper):
    held = keeper.holds()
    keeper.opens(f"{held.path}/full-screen")
    keeper.is_served(held)
    keeper.page.wait_for_url(f"**{held.path}", timeout=20_000)
    expect(keeper.page.locator(".state")).to_contain_text("Used today")


def test_paper_holds_one_pass_and_nothing_relative(keeper):
    held = keeper.holds(valid_days=1, uses_per_claim=3)
    keeper.opens(held.path)
    keeper.page.emulate_media(media="print")
    shown = keeper.page.locator("body").inner_text()
    assert RELATIVE.findall(shown.replace("Uses left", "")) == []
    assert [word for word in ("History", "Print", "Full screen", "Sign out") if word in shown] == []
    assert re.search(r"Use by \w+ \d+ \w+ \d{4}, 11:59pm Vilnius time", shown)
    expect(keeper.page.locator(".pass")).to_have_count(1)
    expect(keeper.page.locator(".pass-code .qr-svg")).to_be_visible()
    keeper.sees_code(held)
    assert keeper.page.pdf(format="A4").count(b"/Type /Page\n") == 1


def test_the_code_is_copied_without_its_spaces(demo, keeper, context):
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=demo.url)
    held = keeper.holds()
    keeper.opens(held.path)
    keeper.page.get_by_role("button", name="Copy code").click()
    expect(keeper.page.get_by_role("button", name="Copied")).to_be_visible()
    expect(keeper.page.locator("#say")).to_have_text("Copied")
    assert keeper.page.evaluate("() => navigator.clipboard.readText()") == held.code
    expect(keeper.page.get_by_role("button", name="Copy code")).to_be_visible()


def test_where_copying_is_not_allowed_the_code_is_selected(keeper):
    held = keeper.holds()
    keeper.opens(held.path)
    keeper.page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error()); }")
    keeper.page.get_by_role("button", name="Copy code").click()
    expect(keeper.page.locator("#say")).to_contain_text("The code is selected for you")
    assert held.code[:4] in keeper.page.evaluate("() => String(getSelection())")


def test_the_calendar_file_is_saved(keeper):
    held = keeper.holds()
    keeper.opens(held.path)
    with keeper.page.expect_download() as begun:
        keeper.page.get_by_role("link", name="Add the expiry to my calendar").click()
    assert begun.value.suggested_filename == "expiry.ics"


@pytest.fixture
def without_scripts(browser: Browser) -> BrowserContext:
    return browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})


def test_without_scripts_nobody_is_offered_a_copy(demo, without_scripts):
    page: Page = without_scripts.new_page()
    keeper = Keeper(demo, page)
    keeper.holds()
    keeper.opens("/wallet")
    expect(page.get_by_role("link", name="Show code")).to_be_visible()
    expect(page.get_by_text("Keep my codes on this phone")).to_be_hidden()
    expect(page.get_by_role("button", name="Keep my codes on this phone")).to_have_count(0)
    without_scripts.close()
