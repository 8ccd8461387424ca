"""What a browser of the oldest kind shows: every colour word younger than hex is taken out of the sheet."""

from itertools import combinations

import pytest
from playwright.sync_api import Browser

from tests.browser import frame
from tests.browser.cast import Cast
from tests.browser.gallery import Answer, named
from tests.browser.test_axe import look
from tests.plumbing import colours

# Each button with the colours of its edge and its ground, and of what it lies on.
BUTTONS = """() => {
  const clear = "rgba(0, 0, 0, 0)";
  const ground = (part) => {
    for (let at = part; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (colour !== clear) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const buttons = document.querySelectorAll(".btn:not(.plain), .field, .problems");
  return [...buttons].filter((part) => part.checkVisibility()).map((part) => {
    const style = getComputedStyle(part);
    const edge = parseFloat(style.borderTopWidth) >= 1 ? style.borderTopColor : clear;
    return [part.textContent.trim() || part.id, edge, ground(part), ground(part.parentElement)];
  });
}"""
GROUND = "part => getComputedStyle(part).backgroundColor"
every_theme = pytest.mark.parametrize("theme", ["light", "dark"])


@every_theme
def test_pages_can_be_read_and_pressed(
    browser: Browser, cast: Cast, answers: list[Answer], theme: str
) -> None:
    """Text keeps its contrast, and what is pressed or filled in looks like it."""
    faults, flat = [], set()
    with old(browser, cast, theme) as window:
        for answer in frame.whole_pages(answers):
            faults += look(window, answer, "color-contrast")
            flat |= {tuple(seen) for seen in window.page.evaluate(BUTTONS) if not stands_out(*seen[1:])}
    assert faults == []
    assert flat == set()


@every_theme
def test_verdicts_differ(browser: Browser, cast: Cast, answers: list[Answer], theme: str) -> None:
    with old(browser, cast, theme) as window:
        minis = window.hang(named(answers, "guest: patterns")).locator(".verdict.mini").all()
        grounds = [hexed(mini.evaluate(GROUND)) for mini in minis]
    assert len(grounds) == 4
    assert [pair for pair in combinations(grounds, 2) if colours.distance(*pair) < 0.1] == []


def test_the_sheet_is_really_an_older_one(cast: Cast) -> None:
    sheet = cast.app.test_client().get(cast.app.jinja_env.globals["asset"]("member.css")).text  # type: ignore[operator]
    assert "oklch" in sheet
    assert not [
        word for word in ("oklch", "light-dark", "color-mix") if word in frame.without_new_colours(sheet)
    ]


def old(browser: Browser, cast: Cast, theme: str):
    return frame.opened(
        browser, cast, restyle=frame.without_new_colours, color_scheme=theme, reduced_motion="reduce"
    )


def stands_out(edge: str, ground: str, around: str) -> bool:
    """One of both, as much as the edge of a control has to."""
    opaque = [colour for colour in (edge, ground) if "rgba" not in colour]
    return any(colours.contrast(hexed(colour), hexed(around)) >= 3 for colour in opaque)


def hexed(colour: str) -> str:
    red, green, blue = colour.removeprefix("rgb(").removesuffix(")").split(", ")
    return f"#{int(red):02x}{int(green):02x}{int(blue):02x}"
