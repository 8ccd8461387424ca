"""axe finds nothing: every page and state, light and dark, phone and desk."""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from portal.core.club.sign_ins import Face
from tests.browser.stage import Stage

SIZES = {"phone": {"width": 390, "height": 844}, "desk": {"width": 1280, "height": 800}}
GUEST_PAGES = ["/sign-in", "/staff/sign-in", "/sign-in/link/nothing", "/no-such-page"]
OWN_PAGES = ["/points", "/tiers", "/activity", "/account", "/card", "/help", "/help/using"]
MEMBER_PAGES = ["/offers", "/wallet", "/no-such-page", *OWN_PAGES]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_no_page_has_a_fault(demo: Stage, browser: Browser, theme: Any, size: str) -> None:
    context = browser.new_context(color_scheme=theme, viewport=SIZES[size], reduced_motion="reduce")  # type: ignore[arg-type]
    page = context.new_page()
    faults = [fault for path in every_page(demo, page) for fault in look(page, path)]
    context.close()
    assert faults == []


def every_page(stage: Stage, page: Page) -> Iterator[str]:
    """Open each page in turn and name it."""
    for path in GUEST_PAGES:
        page.goto(stage.url + path)
        yield path
    stage.enter(page, "silver@example.com", Face.MEMBER)
    for path in [*MEMBER_PAGES, *found(stage, page, "/offers"), *found(stage, page, "/wallet")]:
        page.goto(stage.url + path)
        yield path
    meeting = stage.people.first
    stage.enter(page, meeting.staff, Face.STAFF)
    page.goto(f"{stage.url}/counter")
    yield "/counter"
    page.get_by_role("button", name=meeting.till).first.click()
    yield "/counter/pin"
    page.get_by_label("PIN").fill(meeting.pin)
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-code-box]")
    yield "the bench"
    for typed in ("BCDFGHJKLNPP", "10OFFSTORE", "nonsense"):
        page.keyboard.type(typed)
        page.keyboard.press("Enter")
        page.wait_for_load_state("networkidle")
        yield f"the bench after {typed}"


def found(stage: Stage, page: Page, path: str) -> list[str]:
    """The pages that a list leads to."""
    page.goto(stage.url + path)
    links = page.locator("main h3 a, main h2 a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    return sorted(set(links))


def look(page: Page, name: str) -> list[str]:
    """What axe objects to, and whether the page is wider than the window."""
    violations = Axe().run(page).response["violations"]
    faults = [f"{name}: {fault['id']}: {fault['nodes'][0]['html'][:160]}" for fault in violations]
    wide = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return faults + ([f"{name}: {wide} px too wide"] if wide > 0 else [])
