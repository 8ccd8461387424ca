"""Choosing where the device stands."""

from portal.core.club.accounts import Role
from tests import build


def test_staff_choose_among_the_tills_of_their_stores(town):
    build.a_till(town.session, town.store, "Till 2")
    build.a_till(town.session, build.a_store(town.session, "Lantern"))
    page = town.device(town.ona).open("/counter")
    assert page.part("<h1") == ""
    assert "Where are you? Pier Café Till 1 at Pier Café Till 2 at Pier Café" in page.text
    assert "Lantern" not in page.text


def test_an_admin_may_stand_anywhere(town):
    build.a_till(town.session, build.a_store(town.session, "Lantern"), "Till 9")
    admin = town.staff("Rūta", "8642", role=Role.ADMIN)
    page = town.device(admin).open("/counter")
    assert "Lantern Till 9 at Lantern" in page.text


def test_choosing_a_till_leads_to_the_pin(town):
    page = town.device(town.ona).post(f"/counter/tills/{town.till.id}")
    assert page.text.count("Enter your PIN") == 1
    assert page.part('class="where"').startswith("Till 1, Pier Café")


def test_moving_to_another_till_asks_for_the_pin_again(town):
    other = build.a_till(town.session, town.store, "Till 2")
    town.session.commit()
    page = town.page.post(f"/counter/tills/{other.id}")
    assert page.part('class="where"') == "Till 2, Pier Café Locked"


def test_another_stores_till_cannot_be_chosen(town):
    away = build.a_till(town.session, build.a_store(town.session, "Lantern"))
    town.session.commit()
    assert town.page.post(f"/counter/tills/{away.id}").status == 404


def test_somebody_without_a_store_reads_what_to_do(town):
    page = town.device(town.staff("Max", "9753")).open("/counter")
    assert "Ask a manager to add you to one." in page.text
