"""Members sign in at /sign-in, staff at /staff/sign-in; each face has a cookie of its own."""

import re

import pytest

from portal.core.club.accounts import Role
from portal.core.club.sign_ins import hashed
from portal.core.records.journal import JournalEntry
from portal.signin import passwords
from tests.plumbing.visitor import Visitor
from tests.signin.conftest import PASSWORD
from tests.signin.typed import right, wrong

NO_MATCH = "That email and password don’t match. Check both and try again."


def test_a_member_signs_in_and_sees_offers(visitor, ada):
    answer = visitor.post("/sign-in", right("ada"))
    assert (answer.status_code, answer.location) == (303, "/offers")
    assert visitor.get("/offers").status_code == 200


def test_staff_sign_in_and_see_the_tills(visitor, ona):
    answer = visitor.post("/staff/sign-in", right("ona"))
    assert (answer.status_code, answer.location) == (303, "/counter")
    assert visitor.get("/counter").status_code == 200


@pytest.mark.parametrize("typed", ["ADA@EXAMPLE.COM", "  Ada@Example.com "])
def test_an_address_is_the_same_in_any_case(visitor, ada, typed):
    assert visitor.post("/sign-in", right("ada", email=typed)).status_code == 303


@pytest.mark.parametrize("name", ["ada", "nobody", "closed"])
def test_a_wrong_password_and_an_unknown_address_read_the_same(visitor, ada, account, session, clock, name):
    account("Closed", member=True).closed_at = clock()
    session.commit()
    answer = visitor.post("/sign-in", wrong(name))
    assert (answer.status_code, answer.text.count(NO_MATCH)) == (422, 2)


def test_a_closed_account_stays_out_with_its_right_password(visitor, ada, session, clock):
    ada.closed_at = clock()
    session.commit()
    assert visitor.post("/sign-in", right("ada")).status_code == 422


def test_an_unknown_address_costs_a_hash_too(visitor, monkeypatch):
    looked = []
    real = passwords.verify

    def watched(kept, password, cost):
        looked.append(kept)
        return real(kept, password, cost)

    monkeypatch.setattr(passwords, "verify", watched)
    visitor.post("/sign-in", wrong("nobody"))
    assert looked == [None]


def test_an_account_without_a_password_stays_out(visitor, ada, session):
    ada.password_hash = None
    session.commit()
    assert visitor.post("/sign-in", right("ada", password="nobody has this password")).status_code == 422


def test_what_is_missing_is_listed_and_what_was_typed_stays(visitor):
    answer = visitor.post("/sign-in", {"email": "ada@example.com", "password": ""})
    assert answer.status_code == 422
    assert '<a href="#password">Enter your password</a>' in answer.text
    assert 'value="ada@example.com"' in answer.text


def test_a_password_is_never_sent_back(visitor):
    answer = visitor.post("/sign-in", {"email": "", "password": PASSWORD})
    assert (PASSWORD in answer.text, "Enter your email address" in answer.text) == (False, True)


def test_staff_without_offers_are_shown_the_counter(visitor, ona):
    answer = visitor.post("/sign-in", right("ona"))
    assert (answer.status_code, visitor.cookie("member")) == (403, None)
    assert "This account is for staff" in answer.text


def test_a_member_without_a_job_is_shown_the_members_door(visitor, ada):
    answer = visitor.post("/staff/sign-in", right("ada"))
    assert (answer.status_code, visitor.cookie("staff")) == (403, None)
    assert "This account has no job at the club." in answer.text


def test_whose_account_it_is_shows_only_with_the_password(visitor, ona):
    assert "This account is for staff" not in visitor.post("/sign-in", wrong("ona")).text


@pytest.mark.parametrize("face, path, days", [("member", "/sign-in", 180), ("staff", "/staff/sign-in", 90)])
def test_the_cookie(visitor, account, face, path, days):
    account("Both", role=Role.STAFF, member=True)
    answer = visitor.post(path, right("both"))
    [cookie] = [line for line in answer.headers.getlist("Set-Cookie") if line.startswith(face)]
    plain = re.sub(r"=[0-9a-f]{64};|Expires=[^;]+; ", "", cookie)
    assert plain == f"{face} Max-Age={days * 86400}; HttpOnly; Path=/; SameSite=Lax"


def test_the_database_keeps_only_a_hash_and_the_device(visitor, ada, rows):
    visitor.post("/sign-in", right("ada"), User_Agent="A phone")
    [row] = rows()
    assert row.token_hash == hashed(visitor.cookie("member"))
    assert (row.face, row.account_id, row.device) == ("member", ada.id, "A phone")


def test_a_cookie_that_somebody_planted_is_not_taken_over(visitor, ada):
    visitor.client.set_cookie("member", "planted")
    visitor.post("/sign-in", right("ada"))
    assert visitor.cookie("member") != "planted"


def test_signing_in_again_ends_the_sign_in_before(visitor, ada, app, rows):
    visitor.post("/sign-in", right("ada"))
    before = visitor.cookie("member")
    visitor.post("/sign-in", right("ada"))
    assert [row.ended_at is None for row in rows()] == [False, True]
    thief = Visitor(app)
    thief.client.set_cookie("member", before)
    assert thief.get("/offers").status_code == 303


def test_staff_sign_ins_stand_in_the_journal(visitor, ona, session):
    visitor.post("/staff/sign-in", right("ona"))
    [entry] = session.query(JournalEntry)
    assert (entry.act, entry.subject, entry.account_id) == ("signed_in", f"account:{ona.id}", ona.id)


def test_a_right_password_forgets_the_slips_of_the_account(visitor, ada, app):
    for number in range(3):
        other = Visitor(app)
        other.client.environ_base = {"REMOTE_ADDR": f"192.0.2.{number}"}
        tried = [other.post("/sign-in", wrong("ada")).status_code for _ in range(6)]
        tried.append(other.post("/sign-in", right("ada")).status_code)
        assert tried == [422] * 6 + [303]


def test_a_password_of_an_older_cost_is_kept_anew(visitor, ada, session):
    ada.password_hash = passwords.hash(PASSWORD, "full")
    session.commit()
    visitor.post("/sign-in", right("ada"))
    session.refresh(ada)
    assert passwords.needs_rehash(ada.password_hash, "low") is False


@pytest.mark.parametrize(
    "path, onward",
    [
        ("/sign-in", "/offers"),
        ("/sign-in?next=/wallet", "/wallet"),
        ("/sign-in?next=//elsewhere.example", "/offers"),
        ("/sign-in?next=/counter", "/offers"),
        ("/sign-in/mail?next=/activity", "/activity"),
    ],
)
def test_who_is_signed_in_is_sent_on(visitor, ada, path, onward):
    visitor.post("/sign-in", right("ada"))
    answer = visitor.get(path)
    assert (answer.status_code, answer.location) == (303, onward)
    visitor.post("/sign-out")
    assert visitor.get(path).status_code in {200, 404}


def test_each_face_knows_its_own(visitor, ada, ona):
    visitor.post("/sign-in", right("ada"))
    assert visitor.get("/staff/sign-in").status_code == 200
    visitor.post("/staff/sign-in", right("ona"))
    answer = visitor.get("/staff/sign-in")
    assert (answer.status_code, answer.location) == (303, "/counter")


def test_a_sign_in_that_is_over_is_asked_again(visitor, ada, clock):
    visitor.post("/sign-in", right("ada"))
    clock.forward(days=181)
    assert visitor.get("/sign-in").status_code == 200
