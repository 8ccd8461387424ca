"""Guests: they see what is public and nothing else, and every way leads to the sign-in."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.members import page
from tests.members.ada import HTMX, Ada
from tests.members.page import Part
from tests.plumbing.clock import NOON

DAY = timedelta(days=1)


@pytest.fixture
def guest(app: Flask, ada: Ada) -> FlaskClient:
    return app.test_client()


def read(guest: FlaskClient, path: str, **headers: str) -> Part:
    answer = guest.get(path, headers=headers)
    assert answer.status_code == 200
    return page.read(answer.text)


def test_a_guest_sees_the_public_offers_only(ada: Ada, guest: FlaskClient) -> None:
    ada.meets("Free coffee", public=True)
    ada.meets("Free lunch")
    for hidden in (
        {"status": "draft"},
        {"status": "paused"},
        {"visible_from": NOON + DAY},
        {"visible_to": NOON},
    ):
        ada.meets("Free nothing", public=True, **hidden)
    shelf = read(guest, "/offers")
    assert [part.text for part in shelf.all("h3")] == ["Free coffee"]
    assert shelf.headings()[:2] == ["Offers", "These are open to everyone in the club"]


def test_a_guest_has_no_wallet_and_no_balance(ada: Ada, guest: FlaskClient) -> None:
    offer = ada.meets("Free coffee", public=True, points_cost=200)
    for path in ("/offers", f"/offers/{offer.slug}"):
        seen = read(guest, path)
        assert [seen.all(id=name) for name in ("purse", "wallet-count", "warning", "own")] == [[], [], [], []]
        assert [link for link in seen.all("a") if "/wallet" in link.attributes["href"]] == []
        assert "You’ll have" not in seen.text


@pytest.mark.parametrize("terms", [{}, {"points_cost": 5000}])
def test_the_button_leads_to_the_sign_in_and_back(ada: Ada, guest: FlaskClient, terms) -> None:
    offer = ada.meets("Free coffee", public=True, **terms)
    way = f"/sign-in?next=/offers/{offer.slug}"
    for path in ("/offers", f"/offers/{offer.slug}"):
        assert read(guest, path).ticket("Free coffee").link("Sign in to claim Free coffee") == way
    assert read(guest, way).button("Sign in").fields()["next"] == f"/offers/{offer.slug}"


@pytest.mark.parametrize("path", ["/offers", "/offers/lunch", "/offers/nothing-of-ours"])
def test_what_is_not_public_is_the_sign_in_whether_it_exists_or_not(
    ada: Ada, guest: FlaskClient, path
) -> None:
    ada.meets("Free lunch", slug="lunch")
    answer = guest.get(path)
    assert (answer.status_code, answer.location) == (303, f"/sign-in?next={path}")
    part = guest.get(path, headers=HTMX)
    assert (part.status_code, part.headers["HX-Redirect"].startswith("/sign-in")) == (401, True)


def test_claiming_and_all_else_stay_behind_the_door(ada: Ada, guest: FlaskClient) -> None:
    offer = ada.meets("Free coffee", public=True)
    ada.app.config["WTF_CSRF_ENABLED"] = False
    answers = [guest.get("/wallet"), guest.get("/"), guest.post(f"/offers/{offer.slug}/claims")]
    assert [answer.location.partition("?")[0] for answer in answers] == ["/sign-in"] * 3


def test_what_is_written_for_holders_is_kept_from_guests(ada: Ada, guest: FlaskClient) -> None:
    offer = ada.meets("Free coffee", public=True, how_online="Type COFFEE-99 at the checkout")
    assert "COFFEE-99" not in guest.get(f"/offers/{offer.slug}").text
    assert "COFFEE-99" in ada.client.get(f"/offers/{offer.slug}").text


def test_a_guest_can_search_too(ada: Ada, guest: FlaskClient) -> None:
    for number in range(14):
        ada.meets(f"Free thing {number}", public=True, category="Home")
    assert read(guest, "/offers").one(class_="chips").text == "All 14 Home 14"
    part = read(guest, "/offers?q=thing+1", **HTMX)
    assert part.one(id="say").text == "5 offers"
    assert "/wallet" not in guest.get("/offers?q=KRTBFLNX", follow_redirects=True).text


def test_a_guest_costs_one_statement(ada: Ada, guest: FlaskClient) -> None:
    offer = ada.meets("Free coffee", public=True)
    guest.get("/offers")
    for path in ("/offers", f"/offers/{offer.slug}"):
        with ada.counting() as sent:
            guest.get(path)
        assert len(sent) == 1


def test_a_member_who_is_signed_in_sees_all_of_it(ada: Ada) -> None:
    ada.meets("Free coffee", public=True)
    ada.meets("Free lunch")
    assert [part.text for part in ada.opens("/offers").all("h3")] == ["Free coffee", "Free lunch"]
    assert ada.opens("/offers").one(id="purse").text.startswith("You have 1,050")
