"""From a poster to a code in one go, in the demo with its own mail; and axe on every page of that way."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Tab
from tests.browser.stage import Stage
from tests.browser.test_axe import SIZES, look

POSTER = "/join?offer=half-price-carpets&from=poster"
DIGITS = re.compile(r"^\s*(\d{3} \d{3})\s*$")


def test_from_a_poster_to_its_code(demo: Stage, tab: Tab) -> None:
    phone = tab()
    join(demo, phone, "bea@example.com")
    digits = newest_digits(demo, tab())
    phone.get_by_label("The six digits").fill(digits)
    phone.keyboard.press("Enter")
    phone.wait_for_url("**/wallet/*")
    expect(phone.locator("#code")).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_no_page_of_that_way_has_a_fault(demo: Stage, browser: Browser, theme: Any, size: str) -> None:
    context = browser.new_context(color_scheme=theme, viewport=SIZES[size], reduced_motion="reduce")  # type: ignore[arg-type]
    page = context.new_page()
    faults = [fault for name in each(demo, page, f"{theme}-{size}") for fault in look(page, name)]
    context.close()
    assert faults == []


def each(demo: Stage, page: Page, who: str) -> Iterator[str]:
    """Open each page in turn and name it."""
    for path in ("/join", POSTER, "/terms", "/sign-in/mail"):
        page.goto(demo.url + path)
        yield path
    page.get_by_role("button", name="Mail me a way in").click()
    yield "no address"
    page.goto(demo.url + POSTER)
    page.get_by_role("button", name="Join").click()
    yield "nothing filled in"
    join(demo, page, f"{who}@example.com")
    yield "/sign-in/code"
    page.get_by_role("button", name="Carry on").click()
    yield "no digits"
    page.goto(f"{demo.url}/demo/mail")
    yield "/demo/mail"
    link = page.get_by_role("link", name="Open its link").first.get_attribute("href")
    page.goto(demo.url + urlsplit(link or "").path)
    yield "the link"
    page.get_by_role("button", name="Join").click()
    page.goto(f"{demo.url}/account/sign-ins")
    yield "/account/sign-ins"


def join(demo: Stage, page: Page, email: str) -> None:
    page.goto(demo.url + POSTER)
    page.get_by_label("Your name").fill("Bea Marsh")
    page.get_by_label("Email address").fill(email)
    page.get_by_label("I accept the").check()
    page.get_by_role("button", name="Join").click()
    expect(page.get_by_role("heading", name="Look at your mail")).to_be_visible()


def newest_digits(demo: Stage, page: Page) -> str:
    """What the newest mail says; the demo's mail is on the same machine."""
    page.goto(f"{demo.url}/demo/mail")
    said = page.locator("main p").all_inner_texts()
    return next(found[1] for words in said if (found := DIGITS.match(words)))
