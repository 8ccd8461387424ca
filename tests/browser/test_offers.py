"""Search and chips in place: the list changes, the focus stays, and the way back works."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from portal.core.club.sign_ins import Face
from tests.browser import stage as stages
from tests.browser.conftest import Tab
from tests.browser.stage import Stage


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A town of its own: what other journeys hang on the shelf would be counted here."""
    with stages.served(tmp_path_factory.mktemp("shelf"), stages.DEMO) as stage:
        yield stage


@pytest.fixture
def phone(demo: Stage, tab: Tab) -> Page:
    phone = tab()
    demo.enter(phone, "silver@example.com", Face.MEMBER)
    phone.goto(f"{demo.url}/offers")
    return phone


def test_typing_searches_and_keeps_the_focus(demo: Stage, phone: Page) -> None:
    shelf, box = phone.locator("article").count(), phone.get_by_role("searchbox", name="Search offers")
    box.press_sequentially("museum", delay=20)
    expect(phone.locator("#say")).to_have_text("1 offer")
    expect(phone.locator("article")).to_have_count(1)
    expect(box).to_be_focused()
    expect(phone).to_have_url(f"{demo.url}/offers?q=museum")
    phone.go_back()
    expect(phone).to_have_url(f"{demo.url}/offers")
    expect(phone.locator("article")).to_have_count(shelf)


def test_a_chip_filters_and_keeps_the_focus(demo: Stage, phone: Page) -> None:
    phone.get_by_role("link", name=re.compile("^Days out")).click()
    chosen = phone.locator("#chips [aria-current]")
    expect(chosen).to_have_text(re.compile("Days out"))
    expect(chosen).to_be_focused()
    expect(phone).to_have_url(f"{demo.url}/offers?category=Days+out")
    [told] = re.findall(r"\d+", chosen.inner_text())
    expect(phone.locator("#say")).to_have_text(f"{told} offers")
    expect(phone.locator("article")).to_have_count(int(told))
    phone.get_by_role("link", name="Sort: ending soonest").click()
    expect(phone.locator("#sort")).to_be_focused()
    expect(phone).to_have_url(f"{demo.url}/offers?category=Days+out&sort=newest")


def test_a_code_that_is_typed_stays_out_of_the_history(demo: Stage, phone: Page) -> None:
    phone.get_by_role("searchbox", name="Search offers").press_sequentially("krtb flnx", delay=20)
    expect(phone.get_by_text("That looks like a code.")).to_be_visible()
    expect(phone).to_have_url(f"{demo.url}/offers")


def test_without_scripts_enter_searches_and_chips_are_links(demo: Stage, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 700})
    page = context.new_page()
    demo.enter(page, "silver@example.com", Face.MEMBER)
    page.goto(f"{demo.url}/offers")
    shelf = page.locator("article").count()
    page.get_by_role("searchbox", name="Search offers").fill("museum")
    page.keyboard.press("Enter")
    expect(page.locator("article")).to_have_count(1)
    page.get_by_role("link", name=re.compile("^All")).click()
    expect(page.locator("article")).to_have_count(1)
    page.get_by_role("link", name=re.compile("^Within reach")).click()
    expect(page.get_by_role("heading", name="No offers match “museum”")).to_be_visible()
    page.get_by_role("link", name=f"Show all {shelf}").click()
    expect(page.locator("article")).to_have_count(shelf)
    context.close()


def test_nothing_is_wider_than_a_small_phone(demo: Stage, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 700})
    page = context.new_page()
    wide = {}
    for who in ("guest", "silver@example.com"):
        if "@" in who:
            demo.enter(page, who, Face.MEMBER)
        for path in ("/offers", "/offers?q=tyres", "/offers?note=code", "/offers/free-coffee"):
            page.goto(demo.url + path)
            wide[who, path] = page.evaluate("() => document.documentElement.scrollWidth")
    context.close()
    assert set(wide.values()) == {320}
