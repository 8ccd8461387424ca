"""One browser for the run, a fresh context for each test, and no complaint on the console."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from tests.browser import cast as casts
from tests.browser import gallery, leftovers
from tests.browser import stage as stages
from tests.browser.cast import Cast
from tests.browser.gallery import Answer
from tests.browser.stage import Stage
from tests.plumbing import chromium

Tab = Callable[[], Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser" in str(item.path):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    started = playwright.chromium.launch(executable_path=chromium.path(), args=chromium.ARGUMENTS)
    yield started
    started.close()


@pytest.fixture(scope="session")
def cast(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cast]:
    """Harbour Lane on a day that stands still."""
    with casts.gathered(tmp_path_factory.mktemp("cast")) as cast:
        yield cast


@pytest.fixture(scope="session")
def answers(cast: Cast) -> list[Answer]:
    """Every page and state, as the app answers it."""
    return gallery.collect(cast)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """Harbour Lane."""
    with stages.served(tmp_path_factory.mktemp("demo"), stages.DEMO) as stage:
        yield stage


@pytest.fixture(scope="session")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """The sample club, from its CSV files."""
    with stages.served(tmp_path_factory.mktemp("imported"), stages.IMPORTED) as stage:
        yield stage


@pytest.fixture(params=["demo", "imported"])
def stage(request: pytest.FixtureRequest) -> Stage:
    """Each of the two clubs."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Stage)
    return found


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A phone-sized window with its own cookies."""
    opened = browser.new_context(viewport={"width": 390, "height": 844}, locale="en-GB")
    opened.set_default_timeout(10_000)
    yield opened
    opened.close()


@pytest.fixture
def tab(context: BrowserContext) -> Iterator[Tab]:
    """A new tab of that window; what the browser complains about fails the test."""
    complaints: list[str] = []

    def new_tab() -> Page:
        page = context.new_page()
        stages.watch(page, complaints)
        return page

    yield new_tab
    for page in context.pages:
        leftovers.of(page)
    assert complaints == []
