"""A PIN says who acts at the till."""

import pytest

from portal.core.club.accounts import Role
from tests import build
from tests.counter.town import PIN


def locked(town):
    return town.device(town.ona, town.till, locked=True)


def test_the_right_pin_opens_the_bench_under_that_name(town):
    page = locked(town).post("/counter/pin", pin=PIN)
    assert page.verdict == ("idle", "Ready", "Scan a code")
    assert page.part('class="where"') == "Till 1, Pier Café Ona, since 12pm"


def test_a_colleague_acts_at_a_device_that_somebody_else_signed_in(town):
    town.staff("Jonas", "1357", town.store)
    page = locked(town).post("/counter/pin", pin="1357")
    assert page.part('class="where"') == "Till 1, Pier Café Jonas, since 12pm"


def test_a_wrong_pin_is_told_beside_the_field(town):
    page = locked(town).post("/counter/pin", pin="0000")
    assert page.status == 422
    assert page.part('id="pin-error"') == "Error: No one at this store has that PIN. Try again."
    assert page.title.startswith("Error: your PIN")
    assert "0000" not in page.html


@pytest.mark.parametrize("typed", ["", "123", "123456789", "12a4", "١٢٣٤"])
def test_what_is_no_pin_is_no_try(town, typed):
    page = locked(town).post("/counter/pin", pin=typed)
    assert (page.status, page.part('id="pin-error"')) == (422, "Error: Enter your PIN: 4 to 8 digits.")


def test_too_many_tries_wait_even_with_the_right_pin(town):
    page = locked(town)
    for _ in range(5):
        assert page.post("/counter/pin", pin="0000").status == 422
    page.post("/counter/pin", pin=PIN)
    assert (page.status, page.part('id="pin-error"')) == (
        429,
        "Error: That’s a lot of tries. Wait 5 minutes.",
    )
    town.clock.forward(minutes=5, seconds=1)
    assert page.post("/counter/pin", pin=PIN).verdict[1] == "Ready"


def test_a_right_pin_wipes_the_slips_before_it(town):
    page = locked(town)
    for pin in ["0000"] * 4 + [PIN]:
        page.post("/counter/pin", pin=pin)
    page.post("/counter/lock")
    assert page.post("/counter/pin", pin="0000").status == 422


def test_a_pin_of_another_store_opens_nothing(town):
    town.staff("Elena", "1122", build.a_store(town.session, "Lantern"))
    town.session.commit()
    assert locked(town).post("/counter/pin", pin="1122").status == 422


def test_an_admin_may_act_in_any_store(town):
    town.staff("Rūta", "8642", role=Role.ADMIN)
    assert locked(town).post("/counter/pin", pin="8642").verdict[1] == "Ready"


def test_locking_asks_for_the_pin(town):
    page = town.page.post("/counter/lock")
    assert page.part('class="where"') == "Till 1, Pier Café Locked"
    assert page.open(town.bench).answer.headers["Location"] == "/counter/pin"


def test_whoever_acts_already_is_sent_on_to_the_bench(town):
    assert town.page.open("/counter/pin").answer.headers["Location"] == town.bench
