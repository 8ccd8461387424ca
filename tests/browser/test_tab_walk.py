"""Tab from stop to stop: the skip link first, in the order of reading, each seen and ringed."""

import re
from typing import Any

from playwright.sync_api import Browser, Page

from tests.browser import frame
from tests.browser.cast import Cast
from tests.browser.gallery import Answer
from tests.plumbing.project import ROOT

STOP = (ROOT / "tests/browser/stop.js").read_text(encoding="utf-8")
# An autofocus, or a list of problems, has taken the focus; a reader who comes from above has not been there.
FROM_ABOVE = (
    "() => { document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex'); }"
)
MOST = 150
WITHOUT_FRAME = {"silver: full screen", "guest: patterns"}


def test_on_a_phone(browser: Browser, cast: Cast, answers: list[Answer]) -> None:
    with frame.opened(browser, cast, reduced_motion="reduce") as window:
        faults = [fault for answer in of_each_kind(answers) for fault in walk(window.hang(answer), answer)]
    assert faults == []


def test_at_a_desk(browser: Browser, cast: Cast, answers: list[Answer]) -> None:
    with frame.opened(browser, cast, frame.DESK, reduced_motion="reduce") as window:
        faults = [fault for answer in of_each_kind(answers) for fault in walk(window.hang(answer), answer)]
    assert faults == []


def walk(page: Page, answer: Answer) -> list[str]:
    """What is wrong with the stops of a page."""
    stops = list(all_stops(page))
    faults = [f"{answer.name}: {stop['name']} {fault}" for stop in stops for fault in stop["faults"]]
    if answer.name not in WITHOUT_FRAME and not stops[0]["first"]:
        faults.append(f"{answer.name}: the first stop is {stops[0]['name']}")
    return faults


def all_stops(page: Page) -> list[dict[str, Any]]:
    """From the top of the page until the focus leaves it."""
    page.evaluate(FROM_ABOVE)
    stops: list[dict[str, Any]] = []
    while len(stops) < MOST:
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None or (stops and stop["first"]):
            return stops
        stops.append(stop)
    raise AssertionError(f"more than {MOST} stops, the last of them {stops[-1]['name']}")


def of_each_kind(answers: list[Answer]) -> list[Answer]:
    """Pages whose stops are alike, one after the other, are walked once."""
    kinds: dict[tuple[str, ...], Answer] = {}
    for answer in frame.whole_pages(answers):
        stops = re.findall(r'<(?:a|button|input|summary)\b(?: class="[^"]*")?', answer.body)
        kinds.setdefault(tuple(stops), answer)
    return list(kinds.values())
