"""Tries are counted in the database: for every process, over restarts, in windows that end."""

import pytest
from flask import request

from portal.app import create_app
from portal.core.club.accounts import Account
from portal.core.records import limits as counts
from portal.signin import passwords
from portal.web import db, limits
from tests import build
from tests.plumbing import clubs
from tests.plumbing.visitor import Visitor

WRONG = {"email": "ada@example.com", "password": "not this one"}


@pytest.fixture
def two_apps(app, clock):
    """Two processes on one database, or one before and one after a restart."""
    with clubs.closing(create_app(app.config["PORTAL"], clock=clock)) as other:
        yield app, other


def test_ten_tries_and_then_a_wait(app):
    visitor = Visitor(app)
    tried = [visitor.post("/sign-in", WRONG).status_code for _ in range(11)]
    assert tried == [422] * 10 + [429]


def test_two_processes_share_one_count(two_apps):
    visitors = [Visitor(app) for app in two_apps]
    tried = [visitors[turn % 2].post("/sign-in", WRONG).status_code for turn in range(11)]
    assert tried == [422] * 10 + [429]


def test_the_page_says_how_long_to_wait(app, clock):
    visitor = Visitor(app)
    for _ in range(10):
        visitor.post("/sign-in", WRONG)
    clock.forward(seconds=90)
    answer = visitor.post("/sign-in", WRONG)
    assert "Wait 4 minutes, then try again." in answer.text
    assert answer.headers["Retry-After"] == "210"


def test_the_wait_ends(app, clock):
    visitor = Visitor(app)
    for _ in range(11):
        visitor.post("/sign-in", WRONG)
    clock.forward(minutes=5)
    assert visitor.post("/sign-in", WRONG).status_code == 422


def test_an_account_is_counted_from_everywhere(app):
    tried = [from_address(app, number, WRONG).status_code for number in range(11)]
    assert tried == [422] * 10 + [429]


def test_an_address_is_counted_over_all_accounts_and_both_faces(app):
    visitor = Visitor(app)
    for number in range(10):
        path = "/sign-in" if number % 2 else "/staff/sign-in"
        visitor.post(path, {**WRONG, "email": f"{number}@example.com"})
    assert visitor.post("/sign-in", WRONG).status_code == 429


def test_an_account_that_does_not_exist_is_counted_alike(app):
    nobody = {**WRONG, "email": "NoBody@example.com "}
    tried = [from_address(app, number, nobody).status_code for number in range(11)]
    assert tried == [422] * 10 + [429]


def test_looking_at_the_form_is_no_try(app):
    visitor = Visitor(app)
    assert {visitor.get("/sign-in").status_code for _ in range(15)} == {200}


def test_for_htmx_the_page_stays(app):
    visitor = Visitor(app)
    for _ in range(10):
        visitor.post("/sign-in", WRONG)
    answer = visitor.post("/sign-in", WRONG, HX_Request="true")
    assert (answer.status_code, answer.headers["HX-Retarget"]) == (429, "#alarm")
    assert "That’s a lot of tries. Wait 5 minutes, then try again." in answer.text


def test_the_whole_club_fails_a_thousand_times_and_then_waits(app, clock):
    with app.test_request_context():
        limits.failed(998)
    others = [{**WRONG, "email": f"{number}@example.com"} for number in range(3)]
    tried = [from_address(app, number, wrong).status_code for number, wrong in enumerate(others)]
    assert tried == [422, 422, 429]
    asked = Visitor(app).post("/sign-in/mail", {"email": "ada@example.com"})
    assert (asked.status_code, asked.headers["Retry-After"]) == (429, "300")
    clock.forward(minutes=5)
    assert from_address(app, 4, WRONG).status_code == 422


def test_who_is_let_in_is_not_counted_for_the_club(app, session, clock):
    account = Account(email="ada@example.com", name="Ada", opened_at=clock())
    account.password_hash = passwords.hash("right, and long", "low")
    session.add(account)
    session.flush()
    build.a_member(session, account_id=account.id)
    session.commit()
    with app.test_request_context():
        limits.failed(999)
    right = {**WRONG, "password": "right, and long"}
    assert [from_address(app, number, right).status_code for number in range(3)] == [303] * 3
    assert [from_address(app, number, WRONG).status_code for number in range(3, 5)] == [422, 429]


def test_a_mail_asked_for_counts_for_the_club(app):
    with app.test_request_context():
        limits.failed(999)
    asked = [Visitor(app).post("/sign-in/mail", {"email": "ada@example.com"}).status_code for _ in range(2)]
    assert asked == [303, 429]


def test_five_pins_and_then_a_wait(app):
    with app.test_request_context():
        db.begin_writing()
        assert [limits.try_pin(1) for _ in range(6)] == [True] * 5 + [False]
        assert limits.pin_wait(1) == 300
        assert limits.try_pin(2) is True
        db.session().rollback()


def test_a_right_pin_begins_again(app):
    with app.test_request_context():
        tried = [limits.try_pin(1) for _ in range(5)]
        db.session().rollback()
        limits.forget_pin(1)
        assert (tried, limits.try_pin(1)) == ([True] * 5, True)
        db.session().rollback()


def test_a_pin_try_counts_even_if_the_request_is_undone(app, session, clock):
    with app.test_request_context():
        db.begin_writing()
        limits.try_pin(1)
        db.session().rollback()
    [key] = [key for key in (row.key for row in session.query(counts.Limit)) if "pin" in key]
    assert counts.tried(session, key, clock())[0] == 1


def test_nothing_is_counted_inside_the_requests_transaction(app):
    with app.test_request_context():
        db.begin_writing()
        with pytest.raises(limits.Busy):
            limits.forget_pin(1)
        db.session().rollback()


@pytest.mark.parametrize(
    "sent_from, counted_as",
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("somewhere", "unknown"),
        (None, "unknown"),
    ],
)
def test_the_address_that_is_counted(app, sent_from, counted_as):
    with app.test_request_context(environ_base={"REMOTE_ADDR": sent_from}):
        assert (request.remote_addr, limits.address()) == (sent_from, counted_as)


def test_no_address_of_a_person_is_kept(app, session):
    Visitor(app).post("/sign-in", WRONG)
    assert [row.key for row in session.query(counts.Limit) if "ada" in row.key] == []


def from_address(app, number, fields):
    visitor = Visitor(app)
    visitor.client.environ_base = {"REMOTE_ADDR": f"192.0.2.{number}"}
    return visitor.post("/sign-in", fields)
