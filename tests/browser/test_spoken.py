"""What a screen reader finds and hears in four journeys, which are also listened to before a release.

Each is written down in golden/NAME.txt: the tree of the page, what arrives in the live regions, and where the
focus is. RENEW_GOLDEN=1 writes them anew: then read the difference aloud before it is committed.
"""

import os
import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from werkzeug.serving import make_server

from tests.browser import cast as casts
from tests.browser.cast import Cast
from tests.browser.frame import PHONE
from tests.plumbing.project import ROOT

GOLDEN = ROOT / "tests" / "browser" / "golden"
RENEW = "Renew them with RENEW_GOLDEN=1, and read the difference aloud."
LISTEN = """addEventListener("DOMContentLoaded", () => {
  window.spoken = [];
  for (const id of ["say", "alarm"]) new MutationObserver(() => {
    const words = document.getElementById(id).textContent.trim().replace(/\\s+/g, " ");
    if (words && window.spoken.at(-1) !== `${id}: ${words}`) window.spoken.push(`${id}: ${words}`);
  }).observe(document.getElementById(id), { childList: true, subtree: true, characterData: true });
})"""
FOCUS = """() => {
  const part = document.activeElement;
  const label = document.getElementById(part.getAttribute("aria-labelledby"))?.textContent;
  const words = (label || part.textContent).trim().replace(/\\s+/g, " ").slice(0, 80);
  return `${part.tagName.toLowerCase()}: ${words}`;
}"""
HEARD = """([region, words]) =>
  window.spoken.some((said) => said.startsWith(region) && said.includes(words))"""
FOUR = "(?:[BCDFGHJKLNPRSTVX] ){3}[BCDFGHJKLNPRSTVX]"
MASKS = {
    rf"{FOUR}(?:, {FOUR}){{2}}": "CODE",
    r"/wallet/[BCDFGHJKLNPRSTVX]{8}": "/wallet/REFERENCE",
    r"\b\d{1,2}(?::\d\d)?[ap]m\b": "TIME",
    r"\b\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r"(?: \d{4})?\b": "DAY",
    r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b": "WEEKDAY",
}


class Reader:
    """A tab in which somebody listens."""

    def __init__(self, page: Page, url: str) -> None:
        self.page, self.url = page, url
        self.heard: list[str] = []

    def opens(self, path: str) -> None:
        self.page.goto(self.url + path)
        self.finds()

    def finds(self) -> None:
        """The page as it stands."""
        self.heard += ["— page —", self.page.locator("body").aria_snapshot()]

    def hears(self, region: str, words: str) -> None:
        """What comes by itself, and where the focus is then."""
        self.page.wait_for_function(HEARD, arg=[region, words])
        self.heard += ["— spoken —", *self.page.evaluate("() => window.spoken.splice(0)")]
        self.holds()

    def holds(self) -> None:
        self.heard += ["— focus —", self.page.evaluate(FOCUS)]

    def says(self, name: str) -> None:
        """What was heard is what is written down."""
        text = "\n".join(self.heard) + "\n"
        for pattern, mask in MASKS.items():
            text = re.sub(pattern, mask, text)
        file = GOLDEN / f"{name}.txt"
        if os.environ.get("RENEW_GOLDEN"):
            file.parent.mkdir(exist_ok=True)
            file.write_text(text, encoding="utf-8")
        assert text == file.read_text(encoding="utf-8"), RENEW


@pytest.fixture(scope="module")
def still(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Cast, str]]:
    """The standing day, served: nothing that other tests did has happened in it."""
    with casts.gathered(Path(tmp_path_factory.mktemp("still"))) as cast:
        server = make_server("127.0.0.1", 0, cast.app, threaded=True)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield cast, f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture
def reader(still: tuple[Cast, str], browser: Browser, request: pytest.FixtureRequest) -> Iterator[Reader]:
    """Somebody signed in as the test's mark says, who listens."""
    cast, url = still
    who = request.param
    context = browser.new_context(viewport=PHONE, locale="en-GB", timezone_id="Europe/Vilnius")  # type: ignore[arg-type]
    context.set_default_timeout(10_000)
    if cookie := cast.clients[who].get_cookie("member"):
        context.add_cookies([{"name": "member", "value": cookie.value, "url": url}])
    context.add_init_script(LISTEN)
    yield Reader(context.new_page(), url)
    context.close()


def as_(who: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("reader", [who], indirect=True, ids=[""])


@as_("bronze")
def test_claiming(reader: Reader) -> None:
    reader.opens("/offers/signup-five")
    reader.page.get_by_role("button", name="Claim").press("Enter")
    reader.hears("say", "in your wallet")
    reader.finds()
    reader.says("claim")


@as_("silver")
def test_showing(reader: Reader, still: tuple[Cast, str]) -> None:
    ready = still[0].places["ready"]
    reader.opens(f"/wallet/{ready}")
    reader.opens(f"/wallet/{ready}/full-screen")
    reader.says("show")


@as_("silver")
def test_giving_back(reader: Reader, still: tuple[Cast, str]) -> None:
    reader.page.goto(f"{reader.url}/wallet/{still[0].places['today']}")
    reader.page.get_by_role("link", name="Give it back").press("Enter")
    reader.page.get_by_role("button", name="Give it back").wait_for()
    reader.holds()
    reader.finds()
    reader.page.get_by_role("button", name="Give it back").press("Enter")
    reader.hears("say", "back")
    reader.finds()
    reader.says("give-back")


@as_("guest")
def test_a_form_with_two_errors(reader: Reader) -> None:
    reader.opens("/sign-in")
    reader.page.get_by_role("button", name="Sign in", exact=True).press("Enter")
    reader.page.locator(".problems").wait_for()
    reader.holds()
    reader.finds()
    reader.says("two-errors")
