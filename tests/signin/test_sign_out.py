"""What ends a sign-in ends it at once, and only that one."""

import pytest

from portal.core.club.accounts import Role
from tests.plumbing.visitor import Visitor
from tests.signin.typed import right


@pytest.fixture
def both(visitor, account):
    """Signed in at both faces, in one browser."""
    made = account("Both", role=Role.STAFF, member=True)
    visitor.post("/sign-in", right("both"))
    visitor.post("/staff/sign-in", right("both"))
    return made


def is_in(visitor):
    return [visitor.get(path).status_code == 200 for path in ("/offers", "/counter")]


def test_both_faces_stand_beside_each_other(visitor, both):
    assert is_in(visitor) == [True, True]


@pytest.mark.parametrize(
    "path, to, left",
    [("/sign-out", "/sign-in", [False, True]), ("/staff/sign-out", "/staff/sign-in", [True, False])],
)
def test_signing_out_of_one_leaves_the_other(visitor, both, rows, path, to, left):
    answer = visitor.post(path)
    assert (answer.status_code, answer.location) == (303, to)
    assert (is_in(visitor), [row.ended_at is None for row in rows()]) == (left, left)


def test_nothing_stays_in_the_browser(visitor, both):
    answer = visitor.post("/sign-out")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert visitor.cookie("member") is None


def test_a_kept_cookie_is_worth_nothing_afterwards(visitor, both, app):
    kept = visitor.cookie("member")
    visitor.post("/sign-out")
    thief = Visitor(app)
    thief.client.set_cookie("member", kept)
    assert thief.get("/offers").status_code == 303


def test_another_device_stays_signed_in(visitor, both, app):
    phone = Visitor(app)
    phone.post("/sign-in", right("both"))
    visitor.post("/sign-out")
    assert phone.get("/offers").status_code == 200


def test_signing_out_twice_is_no_fault(visitor):
    assert visitor.post("/sign-out").status_code == 303


def test_looking_at_the_address_does_not_sign_out(visitor, both):
    assert visitor.get("/sign-out").status_code == 405
    assert is_in(visitor) == [True, True]


def test_a_closed_account_is_out_on_the_next_request(visitor, both, session, clock):
    both.closed_at = clock()
    session.commit()
    assert is_in(visitor) == [False, False]


def test_a_job_that_ended_is_out_of_the_counter_on_the_next_request(visitor, both, session):
    both.role = None
    session.commit()
    assert is_in(visitor) == [True, False]


def test_an_ended_row_is_out_on_the_next_request(visitor, both, rows, session, clock):
    for row in rows():
        row.ended_at = clock()
        session.add(row)
    session.commit()
    assert is_in(visitor) == [False, False]


def test_a_sign_in_lasts_its_days_and_no_longer(visitor, both, clock):
    clock.forward(days=89, hours=23)
    assert is_in(visitor) == [True, True]
    clock.forward(hours=1)
    assert is_in(visitor) == [True, False]
    clock.forward(days=90)
    assert is_in(visitor) == [False, False]


def test_a_cookie_of_one_face_opens_no_other(visitor, both, app):
    other = Visitor(app)
    other.client.set_cookie("staff", visitor.cookie("member"))
    other.client.set_cookie("member", visitor.cookie("staff"))
    assert is_in(other) == [False, False]
