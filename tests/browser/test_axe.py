"""axe finds nothing: every page and state, light and dark, phone and desk."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser import frame
from tests.browser.cast import Cast
from tests.browser.gallery import Answer, named
from tests.plumbing.project import ROOT

RUN = """options => axe.run(document, options).then(({violations}) =>
  violations.map(({id, nodes}) => `${id}: ${nodes[0].html.slice(0, 160)}`))"""

LOST = (ROOT / "tests/browser/lost.js").read_text(encoding="utf-8")
CLAIM, CHECK = "article form .btn", ".scan .go"
# The page, what is pressed on it, what the server answers then, and what is to be seen at last.
SWAPS = [
    ("bronze: offers", CLAIM, "bronze: claimed (fragment)", ".toast a"),
    ("silver: offer 10offdemo", CLAIM, "gold: claimed on its page (fragment)", ".toast a"),
    ("silver: pass today", "#release a", "silver: give it back? (fragment)", "#release form"),
    ("silver: pass today", "#release a", "silver: too late to give back (fragment)", "#alarm .notice"),
    ("silver: offer 10offdemo", CLAIM, "guest: error 500", "#alarm [data-again]"),
    ("press: redeem first", CHECK, "till: question (fragment)", "[data-v=check]"),
    ("press: redeem first", CHECK, "guest: error 503", "[data-v=none]"),
]


def test_no_page_has_a_fault_on_a_phone(browser: Browser, cast: Cast, answers: list[Answer]) -> None:
    """All rules in the light, and those of colours in the dark too."""
    faults = []
    with frame.opened(browser, cast, reduced_motion="reduce") as window:
        for answer in frame.whole_pages(answers):
            faults += look(window, answer)
            window.page.emulate_media(color_scheme="dark")
            faults += [f"{answer.name}, dark: {fault}" for fault in violations(window.page, "color-contrast")]
            window.page.emulate_media(color_scheme="light")
    assert faults == []


def test_no_page_has_a_fault_at_a_desk(browser: Browser, cast: Cast, answers: list[Answer]) -> None:
    """All rules in the dark."""
    with frame.opened(browser, cast, frame.DESK, color_scheme="dark", reduced_motion="reduce") as window:
        faults = [fault for answer in frame.whole_pages(answers) for fault in look(window, answer)]
    assert faults == []


@pytest.mark.parametrize("page, press, reply, comes", SWAPS, ids=[swap[2] for swap in SWAPS])
def test_what_comes_later_has_no_fault(
    browser: Browser, cast: Cast, answers: list[Answer], page: str, press: str, reply: str, comes: str
) -> None:
    """What htmx or a script of ours puts into the page: axe has no fault to find, and nothing is cut."""
    with frame.opened(browser, cast, reduced_motion="reduce") as window:
        shown = window.hang(named(answers, page), named(answers, reply))
        shown.locator(press).first.click()
        shown.locator(comes).first.wait_for()
        shown.evaluate(Axe().axe_script)
        assert violations(shown) == []
        assert shown.evaluate(LOST) == []


def look(window: frame.Frame, answer: Answer, *rules: str) -> list[str]:
    """Which of those rules, or of all, the page breaks."""
    page = window.hang(answer)
    page.evaluate(Axe().axe_script)
    return [f"{answer.name}: {fault}" for fault in violations(page, *rules)]


def violations(page: Page, *rules: str) -> list[str]:
    """What axe objects to in the page as it stands: each broken rule with its first place."""
    options = {"resultTypes": ["violations"], **({"runOnly": [*rules]} if rules else {})}
    found: list[str] = page.evaluate(RUN, options)
    return found
