"""After the whole walk no store of the browser, no address, title or file of its profile has the code."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser import leftovers
from tests.browser import stage as stages
from tests.browser.stage import Stage
from tests.browser.test_walk import answer_the_question, claim_and_show, type_code
from tests.plumbing import chromium
from tests.plumbing.needles import Haystack

PLANT = "code => localStorage.setItem('planted', code)"


@pytest.fixture
def club(tmp_path: Path) -> Iterator[Stage]:
    with stages.served(tmp_path, stages.DEMO) as stage:
        yield stage


@contextmanager
def on_a_disk(browser: Browser, profile: Path) -> Iterator[BrowserContext]:
    """A browser whose profile stays on the disk when it is closed."""
    opened = browser.browser_type.launch_persistent_context(
        profile, executable_path=chromium.path(), args=chromium.ARGUMENTS, locale="en-GB"
    )
    opened.set_default_timeout(10_000)
    yield opened
    opened.close()


def test_nothing_in_the_browser_keeps_the_code(browser: Browser, club: Stage, tmp_path: Path) -> None:
    profile = tmp_path / "profile"
    with on_a_disk(browser, profile) as context:
        phone, till = context.new_page(), context.new_page()
        leftovers.note(phone)
        leftovers.note(till)
        code = walk(phone, till, club)
        hay = Haystack({code})
        assert [hay.found(leftovers.of(page).encode()) for page in (phone, till)] == [set(), set()]
    assert in_files(code, profile) == []


def test_a_code_that_is_planted_there_is_found(browser: Browser, club: Stage, tmp_path: Path) -> None:
    code, profile = "KRTBFLNXHDPR", tmp_path / "profile"
    with on_a_disk(browser, profile) as context:
        page = context.new_page()
        page.goto(f"{club.url}/sign-in")
        page.evaluate(PLANT, code)
        assert Haystack({code}).found(leftovers.of(page).encode()) == {code}
    assert in_files(code, profile) != []


def walk(phone: Page, till: Page, club: Stage) -> str:
    """Claim, show, look around and come back, redeem at the till, undo; the code that was shown."""
    code = claim_and_show(phone, club)
    phone.get_by_role("link", name="QR code").click()
    phone.wait_for_url("**/full-screen")
    for path in ("/wallet", "/offers", "/points"):
        phone.goto(f"{club.url}{path}")
    phone.go_back()
    phone.go_back()
    club.stand_at_the_till(till, club.people.first)
    type_code(till, code)
    answer_the_question(till)
    till.get_by_role("button", name="Undo").click()
    expect(till.locator("#verdict")).to_contain_text("Undone")
    return code


def in_files(code: str, folder: Path) -> list[str]:
    """The files of a folder that hold the code."""
    hay = Haystack({code})
    return [str(file) for file in folder.rglob("*") if file.is_file() and hay.found_in(file)]
