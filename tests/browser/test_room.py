"""Nothing is cut and nothing is lost: with little room, large letters, or letters far apart."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Playwright

from tests.browser import frame
from tests.browser.cast import Cast
from tests.browser.gallery import Answer
from tests.plumbing import chromium
from tests.plumbing.project import ROOT

LOST = (ROOT / "tests/browser/lost.js").read_text(encoding="utf-8")
# A window of 1280 × 1024 at 400 %.
ZOOMED = {"width": 320, "height": 256}
# What WCAG 1.4.12 lets a reader ask for.
SPACED = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    * { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
    p { margin-bottom: 2em !important }`);
  document.adoptedStyleSheets = [sheet];
}"""


def test_pages_at_400_percent(browser: Browser, cast: Cast, answers: list[Answer]) -> None:
    assert lost(browser, cast, answers, [ZOOMED, frame.SMALL]) == []


def test_pages_with_letters_far_apart(browser: Browser, cast: Cast, answers: list[Answer]) -> None:
    assert lost(browser, cast, answers, [frame.PHONE, frame.DESK], SPACED) == []


def test_pages_with_text_at_200_percent(large: Browser, cast: Cast, answers: list[Answer]) -> None:
    assert lost(large, cast, answers, [frame.PHONE, frame.DESK]) == []


def test_the_code_is_never_too_small_to_scan(browser: Browser, cast: Cast, answers: list[Answer]) -> None:
    """Nine pixels a module are what the phone's page gives; a scanner wants four."""
    [beam] = [answer for answer in answers if answer.name == "silver: full screen"]
    with frame.opened(browser, cast, ZOOMED) as window:
        square = window.hang(beam).locator(".qr-svg").bounding_box()
    assert square is not None
    assert square["width"] >= 29 * 4


@pytest.fixture(scope="module")
def large(playwright: Playwright) -> Iterator[Browser]:
    """The browser of somebody who reads letters twice as large."""
    twice = [*chromium.ARGUMENTS, "--blink-settings=defaultFontSize=32"]
    started = playwright.chromium.launch(executable_path=chromium.path(), args=twice)
    yield started
    started.close()


def lost(
    browser: Browser, cast: Cast, answers: list[Answer], sizes: list[dict[str, int]], change: str = ""
) -> list[str]:
    """Per page and size, what a reader cannot read."""
    found = []
    with frame.opened(browser, cast, reduced_motion="reduce") as window:
        for answer in frame.whole_pages(answers):
            page = window.hang(answer)
            if change:
                page.evaluate(change)
            found += [
                f"{answer.name}, {size['width']}: {fault}" for size in sizes for fault in at(page, size)
            ]
    return found


def at(page: Page, size: dict[str, int]) -> list[str]:
    page.set_viewport_size(size)  # type: ignore[arg-type]
    faults: list[str] = page.evaluate(LOST)
    return faults
