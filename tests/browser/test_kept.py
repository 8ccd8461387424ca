"""Keep my codes on this phone: there without a signal, and gone when they should be."""

import time
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import request
from playwright.sync_api import BrowserContext, Page, expect

from portal.core.club.sign_ins import Face
from tests.browser.keeper import REGISTERED, Keeper
from tests.browser.stage import Stage

SOON = 20_000


@pytest.fixture
def phone(demo: Stage, context: BrowserContext) -> Page:
    """Without a watch on the console: a browser that is offline complains of it."""
    return context.new_page()


@pytest.fixture
def keeper(demo: Stage, phone: Page) -> Keeper:
    return Keeper(demo, phone)


def test_off_by_default_nothing_is_kept(keeper):
    held = keeper.holds()
    for path in ("/wallet", *held.pages, "/offers"):
        keeper.opens(path)
    expect(keeper.page.get_by_role("button", name="Keep my codes on this phone")).to_have_count(0)
    assert keeper.page.evaluate("async () => caches.keys()") == []
    assert keeper.page.evaluate(REGISTERED) == 0
    assert keeper.page.evaluate("() => localStorage.length + sessionStorage.length") == 0


def test_the_wallet_and_its_codes_open_without_a_signal(keeper):
    held, later = keeper.holds(), keeper.holds("Free tea")
    keeper.turns_on()
    assert keeper.keeps() == sorted(["/wallet", *held.pages, *later.pages])
    keeper.goes_offline()
    keeper.page.reload()
    expect(keeper.page.get_by_text("Saved at")).to_contain_text("Stores can still scan these.")
    expect(keeper.page.get_by_role("heading", name="Cinnamon bun")).to_be_visible()
    keeper.page.get_by_role("link", name="Show code for Cinnamon bun").click()
    keeper.sees_code(held)
    keeper.page.reload()
    keeper.sees_code(held)
    keeper.page.get_by_role("link", name="Full screen", exact=True).click()
    keeper.sees_code(held)
    expect(keeper.page.get_by_text("Saved at")).to_be_visible()


def test_a_copy_says_nothing_that_was_true_only_then(keeper):
    held = keeper.holds(valid_days=1)
    keeper.turns_on()
    keeper.goes_offline()
    for path in ("/wallet", *held.pages):
        keeper.opens(path)
        expect(keeper.page.locator("body")).to_contain_text("Use by")
        shown = keeper.page.locator("body").inner_text()
        found = [
            words
            for words in ("tomorrow", "today", "checked at", "History", "Give it back")
            if words in shown
        ]
        assert (path, found) == (path, [])


def test_a_copy_has_no_fault(keeper):
    held = keeper.holds()
    keeper.turns_on()
    keeper.goes_offline()
    for path in ("/wallet", *held.pages, "/offers"):
        keeper.opens(path)
        found = Axe().run(keeper.page).response["violations"]
        assert (path, [fault["id"] for fault in found]) == (path, [])


def test_what_was_not_kept_says_so_and_leads_to_the_wallet(keeper):
    held = keeper.holds()
    keeper.turns_on()
    keeper.goes_offline()
    for path in ("/offers", "/", "/wallet?show=used"):
        keeper.opens(path)
        expect(keeper.page.get_by_role("heading", name="You are offline")).to_be_visible()
    keeper.page.get_by_role("link", name="Show my codes").click()
    keeper.page.get_by_role("link", name="Show code").first.click()
    keeper.sees_code(held)


def test_back_in_reach_the_page_is_fresh_again(keeper):
    keeper.holds()
    keeper.turns_on()
    keeper.goes_offline()
    keeper.opens("/wallet")
    expect(keeper.page.get_by_text("Saved at")).to_be_visible()
    keeper.goes_offline(False)
    expect(keeper.page.get_by_text("Saved at")).to_be_hidden(timeout=SOON)


def test_a_signal_that_brings_no_answer_is_not_waited_for(keeper, demo):
    held = keeper.holds()
    keeper.turns_on()
    asked = demo.app.before_request_funcs.setdefault(None, [])
    asked.insert(0, lambda: time.sleep(9) if request.path == held.path else None)
    keeper.page.goto(demo.url + held.path, timeout=8_000)
    asked.pop(0)
    keeper.sees_code(held)
    expect(keeper.page.get_by_text("Saved at")).to_be_visible()


def test_signing_out_wipes_everything(keeper):
    keeper.holds()
    keeper.turns_on()
    keeper.opens("/account")
    keeper.page.get_by_role("button", name="Sign out").click()
    keeper.page.wait_for_url("**/sign-in")
    expect_nothing_kept(keeper)
    keeper.goes_offline()
    with pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED"):
        keeper.opens("/wallet")


def test_being_signed_out_from_afar_wipes_everything(keeper, context):
    keeper.holds()
    keeper.turns_on()
    context.clear_cookies(name="member")
    keeper.opens("/wallet")
    keeper.page.wait_for_url("**/sign-in**")
    expect_nothing_kept(keeper)


def test_the_next_member_on_this_phone_begins_with_it_off(keeper, demo):
    held = keeper.holds()
    keeper.turns_on()
    demo.enter(keeper.page, "gold@example.com", Face.MEMBER)
    keeper.opens("/wallet")
    expect(keeper.page.get_by_role("button", name="Keep my codes on this phone")).to_have_attribute(
        "aria-pressed", "false"
    )
    expect_nothing_kept(keeper)
    keeper.goes_offline()
    with pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED"):
        keeper.opens(held.path)


def test_turned_off_it_keeps_nothing(keeper):
    held = keeper.holds()
    keeper.turns_on()
    keeper.turns_off()
    expect_nothing_kept(keeper)
    keeper.opens(held.path)
    expect_nothing_kept(keeper)


def test_on_again_it_keeps_them_again(keeper):
    held = keeper.holds()
    keeper.turns_on()
    keeper.turns_off()
    keeper.turns_on()
    keeper.goes_offline()
    keeper.opens(held.path)
    keeper.sees_code(held)
    assert (
        keeper.page.evaluate("() => getComputedStyle(document.querySelector('.pass-code')).color")
        == "rgb(16, 21, 31)"
    )


def test_a_code_that_was_used_is_gone_once_its_page_knows(keeper):
    held, other = keeper.holds(), keeper.holds("Free tea")
    keeper.turns_on()
    keeper.opens(held.path)
    keeper.is_served(held)
    expect(keeper.page.get_by_text("Used today").first).to_be_visible(timeout=SOON)
    expect_kept(keeper, ["/wallet", *other.pages])
    keeper.goes_offline()
    keeper.opens(held.path)
    expect(keeper.page.get_by_role("heading", name="You are offline")).to_be_visible()


def test_a_code_that_was_used_is_gone_once_the_wallet_knows(keeper):
    held = keeper.holds()
    keeper.turns_on()
    keeper.is_served(held)
    keeper.opens("/wallet")
    expect_kept(keeper, ["/wallet"])


def test_a_code_that_was_given_back_is_gone(keeper):
    held = keeper.holds()
    keeper.turns_on()
    keeper.opens(held.path)
    keeper.page.get_by_role("link", name="Give it back").click()
    keeper.page.get_by_role("button", name="Give it back").click()
    expect(keeper.page.locator("#claim").get_by_text("Given back").first).to_be_visible()
    expect_kept(keeper, ["/wallet"])


def test_an_expired_copy_hides_its_code_by_the_clock(keeper):
    held = keeper.holds(lasts=timedelta(seconds=6))
    keeper.turns_on()
    keeper.goes_offline()
    keeper.opens(held.path)
    keeper.sees_code(held)
    expect(keeper.page.get_by_role("heading", name="You are offline")).to_be_visible(timeout=SOON)
    expect_kept(keeper, ["/wallet"])
    keeper.opens("/wallet")
    expect(keeper.page.get_by_role("link", name="Show code")).to_have_count(0)


def test_a_code_claimed_later_is_kept_once_seen(keeper):
    keeper.turns_on()
    held = keeper.holds()
    keeper.opens(held.path)
    expect_kept(keeper, sorted(["/wallet", *held.pages]))


def expect_nothing_kept(keeper: Keeper) -> None:
    expect_kept(keeper, [])
    assert keeper.page.evaluate("async () => caches.keys()") == []


def expect_kept(keeper: Keeper, paths: list[str]) -> None:
    """The worker goes on for a moment after the page is there."""
    for _ in range(50):
        if keeper.keeps() == paths:
            break
        keeper.page.wait_for_timeout(100)
    assert keeper.keeps() == paths
