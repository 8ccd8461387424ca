"""Who may be at the counter, where, and for how long without touching it."""

import os

import pytest

from portal.core.club import sign_ins
from portal.core.club.sign_ins import Face
from portal.core.club.stores import StaffStore
from tests import build
from tests.counter.page import Page

EVERYWHERE = ["/counter", "/counter/pin", "/counter/1", "/counter/1/scans/1", "/counter/1/scans/1/reversal"]


@pytest.mark.parametrize("url", EVERYWHERE)
def test_nobody_is_sent_to_the_staff_sign_in(town, url):
    answer = Page(town.app, {}).open(url).answer
    assert (answer.status_code, answer.headers["Location"].split("?")[0]) == (303, "/staff/sign-in")


@pytest.mark.parametrize("name", ["member", "staff"])
def test_a_member_cannot_open_the_counter(town, name):
    token = sign_ins.begin(
        town.session, Face.MEMBER, town.ona.id, now=town.clock(), entropy=os.urandom, device=None
    )
    town.session.commit()
    assert Page(town.app, {name: token}).open(town.bench).answer.headers["Location"].startswith("/staff/")


def test_a_till_of_another_store_is_not_there(town):
    away = build.a_till(town.session, build.a_store(town.session, "Lantern"))
    town.session.commit()
    assert town.page.open(f"/counter/{away.id}").status == 404
    assert town.page.post(f"/counter/{away.id}/scans", code="KRTBFLNXHDPR").status == 404


def test_another_till_of_the_store_is_chosen_first(town):
    other = build.a_till(town.session, town.store, "Till 2")
    town.session.commit()
    assert town.page.open(f"/counter/{other.id}").answer.headers["Location"] == "/counter"


def test_nothing_is_scanned_without_a_person(town):
    code = town.code()
    page = town.device(town.ona, town.till, locked=True).scan(town, code)
    assert page.part('class="where"') == "Till 1, Pier Café Locked"
    assert town.again().scan(town, code).verdict[1] == "Redeemed"


def test_fifteen_idle_minutes_lock_the_till(town):
    town.clock.forward(minutes=14, seconds=59)
    assert town.page.open(town.bench).status == 200
    town.clock.forward(seconds=1)
    assert town.page.open(town.bench).answer.headers["Location"] == "/counter/pin"


def test_every_scan_pushes_the_lock_out(town):
    town.clock.forward(minutes=10)
    town.page.scan(town, town.unknown_code())
    town.clock.forward(minutes=10)
    assert town.page.open(town.bench).status == 200


def test_a_locked_bench_sends_htmx_to_the_pin(town):
    town.clock.forward(minutes=20)
    answer = town.page.scan(town, town.unknown_code(), htmx=True).answer
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (401, "/counter/pin")


def test_somebody_who_moved_to_another_store_loses_the_bench_at_once(town):
    town.session.delete(town.session.get(StaffStore, (town.ona.id, town.store.id)))
    town.session.commit()
    assert town.page.open(town.bench).answer.headers["Location"] == "/counter/pin"
    assert town.page.post("/counter/pin", pin="2468").status == 422


def test_an_alarm_of_guesses_asks_for_the_pin(town):
    town.clock.forward(seconds=1)
    town.raise_alarm()
    page = town.page.scan(town, town.unknown_code(), htmx=True)
    assert page.verdict == ("none", "No answer yet", "Paused")
    assert (page.then, page.buttons) == ("Enter your PIN to carry on.", ["Enter your PIN"])
    assert page.open(town.bench).answer.headers["Location"] == "/counter/pin"
    town.clock.forward(seconds=1)
    page.post("/counter/pin", pin="2468")
    assert page.scan(town, town.unknown_code()).verdict[2] == "Not one of ours"
