"""The six digits of the store: on the bench, and on a screen of its own that turns by itself."""

from portal.core.redeeming import presence
from tests import build

HTMX = {"HX-Request": "true"}


def digits(town):
    code = presence.shown(build.KEYRING, town.store.code, town.clock())
    return f"Code of this store {code[:3]} {code[3:]}"


def test_the_bench_shows_them(town):
    town.app.extensions["keyring"] = build.KEYRING
    assert town.page.open(town.bench).part('id="presence"') == digits(town)


def test_a_screen_of_its_own_needs_nobody_who_acts(town):
    town.app.extensions["keyring"] = build.KEYRING
    page = town.device(town.ona, town.till, locked=True).open("/counter/presence")
    assert (page.status, page.part('id="presence"')) == (200, digits(town))


def test_the_screen_turns_when_the_minute_does(town):
    town.app.extensions["keyring"] = build.KEYRING
    page = town.page.open("/counter/presence")
    asked = f"/counter/presence?seen={town.clock():%H%M}"
    assert page.open(asked, **HTMX).status == 204
    town.clock.forward(seconds=60)
    assert page.open(asked, **HTMX).part('id="presence"') == digits(town)


def test_a_device_without_a_till_chooses_one(town):
    page = town.device(town.ona).open("/counter/presence")
    assert (page.status, page.answer.headers["Location"]) == (303, "/counter")
