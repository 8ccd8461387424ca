"""Everything that can be done is done in a browser without scripts: one line per route that takes a form.

The table says which journey of journeys.py sends the route's form. A route without a line fails, and so
does a journey that no longer comes by.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask, request, request_started
from playwright.sync_api import Browser, Page, expect

from portal.core.club.sign_ins import Face
from tests.browser import journeys
from tests.browser.hands import Hands
from tests.browser.journeys import Journey
from tests.browser.stage import Stage

ROUTES = """
route                  journey
signin.sign_in         signs_in_and_out
signin.sign_out        signs_in_and_out
signin.language        speaks_another_language
signin.ask             signs_in_by_mail
signin.type_digits     signs_in_by_mail
signin.join            joins_by_a_link
signin.link            joins_by_a_link
signin.mute            stops_the_reminders
members.settings       looks_after_the_account
members.profile        looks_after_the_account
members.end_sign_in    looks_after_the_account
members.claim          claims_and_gives_back
members.give_back      claims_and_gives_back
members.use            uses_one_alone
members.hand_over         hands_one_over
members.keep_it           hands_one_over
members.accept_handover   hands_one_over
members.decline_handover  hands_one_over
signin.extend             keeps_one_for_longer
signin.staff_sign_in   opens_and_locks_a_till
counter.stand          opens_and_locks_a_till
counter.pin            opens_and_locks_a_till
counter.lock           opens_and_locks_a_till
signin.staff_sign_out  opens_and_locks_a_till
counter.scan           asks_leaves_redeems_and_undoes
counter.leave          asks_leaves_redeems_and_undoes
counter.redeem         asks_leaves_redeems_and_undoes
counter.undo           asks_leaves_redeems_and_undoes
counter.more           takes_parts_at_the_till
"""
TABLE = dict(line.split() for line in ROUTES.strip().splitlines()[1:])
# A script keeps the copy on the phone; without one its switch is not shown. test_kept.py has it.
SCRIPTS_ONLY = {"members.keep"}


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def test_every_form_has_its_journey(demo: Stage) -> None:
    takes = {rule.endpoint for rule in demo.app.url_map.iter_rules() if "POST" in (rule.methods or ())}
    assert takes == set(TABLE) | SCRIPTS_ONLY


@pytest.mark.parametrize("journey", journeys.ALL, ids=lambda journey: journey.__name__)
def test_without_scripts(demo: Stage, page: Page, journey: Journey) -> None:
    with sent(demo.app) as seen:
        journey(demo, Hands(page, demo.url))
    assert {route for route, name in TABLE.items() if name == journey.__name__} - seen == set()


def test_a_refused_claim_says_why_and_leads_on(imported: Stage, page: Page) -> None:
    imported.enter(page, "bruno@millpond.example", Face.MEMBER)
    page.goto(f"{imported.url}/offers/paperback-five")
    expect(page.get_by_role("button", name="Claim")).to_have_count(0)
    expect(page.get_by_text("25 more").first).to_be_visible()


@contextmanager
def sent(app: Flask) -> Iterator[set[str]]:
    """The routes whose forms arrive meanwhile."""
    seen: set[str] = set()

    def note(_app: Flask, **_more: Any) -> None:
        if request.method == "POST" and request.endpoint:
            seen.add(request.endpoint)

    with request_started.connected_to(note, app):
        yield seen
