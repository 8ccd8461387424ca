"""From a poster to a code in one go, in the demo with its own mail."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import Tab
from tests.browser.stage import Stage

POSTER = "/join?offer=museum-evening&from=poster"
DIGITS = re.compile(r"^\s*(\d{3} \d{3})\s*$")


def test_from_a_poster_to_its_code(demo: Stage, tab: Tab) -> None:
    phone = tab()
    join(demo, phone, "bea@example.com")
    digits = newest_digits(demo, tab())
    phone.get_by_label("The six digits").fill(digits)
    phone.keyboard.press("Enter")
    phone.wait_for_url("**/wallet/*")
    expect(phone.locator("#code")).to_be_visible()


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
