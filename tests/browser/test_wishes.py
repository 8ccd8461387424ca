"""What people ask of their browser: colours of their own, more contrast, and that nothing moves."""

from itertools import combinations

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import frame
from tests.browser.cast import Cast
from tests.browser.gallery import Answer, named

MOVES = """() => [...document.querySelectorAll("*")].flatMap((part) =>
  ["", "::before", "::after"].filter((which) => {
    const style = getComputedStyle(part, which || null);
    const lasts = style.transitionDuration.split(", ").some((time) => time !== "0s");
    return style.animationName !== "none" || lasts;
  }).map((which) => `${part.tagName}.${part.getAttribute("class")}${which}`))"""
# The square draws its own ground: what it is drawn in is all that a scanner sees.
SQUARE = """() => [...document.querySelectorAll(".qr-svg")].map((square) =>
  [...square.querySelectorAll("path")].map((path) => {
    const { fill, stroke } = getComputedStyle(path);
    return fill === "none" ? stroke : fill;
  }))"""
WHITE, BLACK = "rgb(255, 255, 255)", "rgb(0, 0, 0)"
every_theme = pytest.mark.parametrize("theme", ["light", "dark"])


def test_nothing_moves_for_those_who_ask_for_stillness(
    browser: Browser, cast: Cast, answers: list[Answer]
) -> None:
    with frame.opened(browser, cast, reduced_motion="reduce") as window:
        moving = {answer.name: moves(window.hang(answer)) for answer in frame.whole_pages(answers)}
    assert {name: parts for name, parts in moving.items() if parts} == {}


def test_for_others_the_seal_turns(browser: Browser, cast: Cast, answers: list[Answer]) -> None:
    with frame.opened(browser, cast, reduced_motion="no-preference") as window:
        assert any("ros" in part for part in moves(window.hang(named(answers, "silver: pass ready"))))


@every_theme
@pytest.mark.parametrize("name", ["silver: pass ready", "silver: full screen", "silver: card"])
def test_the_code_stays_black_on_white(
    browser: Browser, cast: Cast, answers: list[Answer], theme: str, name: str
) -> None:
    with frame.opened(browser, cast, forced_colors="active", color_scheme=theme) as window:
        squares = window.hang(named(answers, name)).evaluate(SQUARE)
    assert squares
    assert [square for square in squares if square != [WHITE, BLACK]] == []


@every_theme
def test_verdicts_differ_without_their_colours(
    browser: Browser, cast: Cast, answers: list[Answer], theme: str
) -> None:
    with frame.opened(browser, cast, forced_colors="active", color_scheme=theme) as window:
        page = window.hang(named(answers, "guest: patterns"))
        minis = page.locator(".verdict.mini")
        words = minis.locator(".word").all_inner_texts()
        shapes = [shape.screenshot() for shape in minis.locator(".shape").all()]
    assert len(set(words)) == 4
    assert [pair for pair in combinations(shapes, 2) if pair[0] == pair[1]] == []


def test_what_is_chosen_shows_without_grounds(browser: Browser, cast: Cast, answers: list[Answer]) -> None:
    with frame.opened(browser, cast, forced_colors="active") as window:
        page = window.hang(named(answers, "silver: activity"))
        chosen = page.locator(".chip[aria-current]").screenshot()
        other = page.locator(".chip:not([aria-current])").first
        width = "part => getComputedStyle(part).borderTopWidth"
        assert page.locator(".chip[aria-current]").evaluate(width) > other.evaluate(width)
    assert chosen


def test_more_contrast_leaves_no_pattern_behind_words(
    browser: Browser, cast: Cast, answers: list[Answer]
) -> None:
    with frame.opened(browser, cast, contrast="more") as window:
        page = window.hang(named(answers, "silver: offers"))
        assert page.locator(".seal:visible, .band:visible").count() == 0
        page = window.hang(named(answers, "till: go"))
        assert page.locator(".bigros:visible").count() == 0
        assert page.locator(".twin .ros").is_visible(), "the pattern that staff compare stays"


def moves(page: Page) -> list[str]:
    found: list[str] = page.evaluate(MOVES)
    return found
