"""axe finds nothing: every page and state, light and dark, phone and desk."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser import frame
from tests.browser.cast import Cast
from tests.browser.gallery import Answer

RUN = """options => axe.run(document, options).then(({violations}) =>
  violations.map(({id, nodes}) => `${id}: ${nodes[0].html.slice(0, 160)}`))"""


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
