"""The bench by keyboard and scanner: what hands do at a till, against a server that takes its time."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy.orm import Session
from werkzeug.serving import make_server

from tests import build
from tests.counter.town import PIN, Town
from tests.plumbing.clock import Clock

SLOW = 0.3
BASKET = {"minimum_purchase": 2500, "benefit_kind": "percentage", "benefit_value": 20}
pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def town(app: Flask, session: Session, clock: Clock) -> Town:
    app.extensions["keyring"] = build.KEYRING
    town = Town(app, session, clock)
    town.open()
    return town


@pytest.fixture
def bench(town: Town, context: BrowserContext) -> Iterator[Page]:
    """The bench at Ona's till, ready for a scan."""
    cookie = town.page.client.get_cookie("staff")
    assert cookie is not None
    with served(town.app) as url:
        context.add_cookies([{"name": "staff", "value": cookie.value, "url": url}])
        page = context.new_page()
        page.goto(f"{url}{town.bench}")
        yield page


def test_letters_typed_anywhere_go_to_the_box(bench, town):
    bench.locator("[data-sound]").focus()
    scan(bench, town.code("Free coffee").lower())
    sees(bench, "Redeemed", "Give a free coffee")
    expect(bench.locator("#code")).to_be_focused()
    expect(bench.locator("#code")).to_have_value("")


def test_enter_says_yes_and_escape_says_no(bench, town):
    scan(bench, town.code(**BASKET))
    sees(bench, "Check one thing", "Is the basket €25 or more?")
    bench.keyboard.press("Escape")
    sees(bench, "Left unused", "They keep the code")
    scan(bench, town.code(**BASKET))
    sees(bench, "Check one thing", "Is the basket €25 or more?")
    bench.wait_for_timeout(700)
    bench.keyboard.press("Enter")
    sees(bench, "Redeemed", "Take 20% off")


def test_a_scanner_that_sends_two_line_ends_does_not_answer_the_question(bench, town):
    scan(bench, town.code(**BASKET), ends=2)
    sees(bench, "Check one thing", "Is the basket €25 or more?")
    bench.keyboard.press("Enter")
    bench.wait_for_timeout(2000 * SLOW)
    sees(bench, "Check one thing", "Is the basket €25 or more?")


def test_nor_does_it_answer_the_question_before(bench, town):
    scan(bench, town.code(**BASKET))
    sees(bench, "Check one thing", "Is the basket €25 or more?")
    bench.wait_for_timeout(700)
    scan(bench, town.code("Free coffee"), ends=2)
    sees(bench, "Redeemed", "Give a free coffee")
    bench.wait_for_timeout(2000 * SLOW)
    sees(bench, "Redeemed", "Give a free coffee")
    expect(bench.locator(".log small")).to_have_text(["Redeemed", "Left unused"])


def test_escape_empties_the_box_first(bench, town):
    scan(bench, town.code(**BASKET))
    sees(bench, "Check one thing", "Is the basket €25 or more?")
    bench.keyboard.type("KRT")
    bench.keyboard.press("Escape")
    expect(bench.locator("#code")).to_have_value("")
    sees(bench, "Check one thing", "Is the basket €25 or more?")


def test_control_z_undoes(bench, town):
    scan(bench, town.code())
    sees(bench, "Redeemed", "Give a free coffee")
    bench.keyboard.press("Control+z")
    sees(bench, "Undone", "The code works again")


def test_scans_in_quick_succession_are_all_answered_and_the_last_one_stays(bench, town):
    codes = [town.code("One"), town.code("Two"), town.unknown_code(), town.code("Free tea")]
    for code in codes:
        scan(bench, code)
    sees(bench, "Redeemed", "Give a free tea")
    expect(bench.locator(".log b")).to_have_text(["Free tea", "Not one of ours", "Two", "One"])


def test_without_a_connection_it_asks_again_with_the_same_key(bench, town, context):
    code = town.code("Free coffee")
    context.set_offline(True)
    scan(bench, code)
    sees(bench, "No answer yet", "Can’t check right now")
    context.set_offline(False)
    sees(bench, "Redeemed", "Give a free coffee")
    expect(bench.locator(".log li")).to_have_count(1)


def test_an_empty_box_leaves_the_verdict_in_full_colour(bench, town):
    scan(bench, town.code())
    sees(bench, "Redeemed", "Give a free coffee")
    bench.get_by_role("button", name="Check").click()
    expect(bench.locator("#at-box")).to_have_text("Scan a code, or type its 12 letters.")
    expect(bench.locator("[aria-busy=true]")).to_have_count(0)


def test_locking_asks_for_the_pin_and_leads_back(bench, town):
    bench.get_by_role("button", name="Lock this till").click()
    expect(bench.get_by_label("PIN")).to_be_focused()
    bench.keyboard.type(PIN)
    bench.keyboard.press("Enter")
    sees(bench, "Ready", "Scan a code")


def scan(page: Page, code: str, ends: int = 1) -> None:
    page.keyboard.type(code)
    for _ in range(ends):
        page.keyboard.press("Enter")


def sees(page: Page, word: str, headline: str) -> None:
    expect(page.locator("h1")).to_have_text(headline)
    expect(page.locator(".verdict .word")).to_have_text(word)


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """The app on a free port, each of its deeds a while late."""

    def late(environ, start_response):
        if environ["REQUEST_METHOD"] == "POST":
            time.sleep(SLOW)
        return app.wsgi_app(environ, start_response)

    server = make_server("127.0.0.1", 0, late, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
