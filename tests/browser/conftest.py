"""One browser for the run, a fresh context for each test, and no complaint on the console."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser import stage as stages
from tests.browser.stage import Stage
from tests.plumbing import chromium

Tab = Callable[[], Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser" in str(item.path):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium.path(), args=chromium.ARGUMENTS)
        yield started
        started.close()


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
    assert complaints == []
