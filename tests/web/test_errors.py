"""When it does not work: a page for people, a sentence for htmx, and never a word of how it is built."""

import pytest
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError, OperationalError
from werkzeug.exceptions import BadRequest, Conflict, Forbidden, HTTPException, ServiceUnavailable

from portal.web import db, errors
from tests.plumbing.visitor import Visitor

RAISED = {
    "forbidden": Forbidden(),
    "conflict": Conflict(),
    "teapot": type("Teapot", (HTTPException,), {"code": 418})(),
    "bad": BadRequest(),
    "fails": ZeroDivisionError("a secret detail"),
    "locked": OperationalError("SELECT secret", {}, Exception("database is locked")),
    "clash": IntegrityError("INSERT secret", {}, Exception("UNIQUE constraint failed: accounts.email")),
    "busy": ServiceUnavailable(),
}
HTMX = {"HX_Request": "true"}


@pytest.fixture
def visitor(app):
    """At an app that fails on request: /counter/raise/<what>."""

    def raise_it(what):
        raise RAISED[what]

    app.add_url_rule("/raise/<what>", "raise", raise_it, methods=["GET", "POST"])
    app.add_url_rule("/counter/raise/<what>", "raise_at_counter", raise_it)
    return Visitor(app)


@pytest.mark.parametrize(
    "path, status, words",
    [
        ("/no-such-page", 404, "We can’t find that page"),
        ("/sign-out", 405, "That can’t be opened like a page"),
        ("/raise/forbidden", 403, "This page isn’t open to you"),
        ("/raise/conflict", 409, "That didn’t go through"),
        ("/raise/teapot", 418, "We couldn’t read that request"),
        ("/raise/fails", 500, "Something failed on our side"),
        ("/raise/locked", 503, "Try again in a minute."),
        ("/raise/busy", 503, "Try again in a minute."),
        ("/raise/clash", 409, "That didn’t go through"),
    ],
)
def test_a_page_says_what_happened(visitor, path, status, words):
    answer = visitor.get(path)
    assert (answer.status_code, words in answer.text) == (status, True)
    assert ("secret" in answer.text, "accounts.email" in answer.text) == (False, False)


@pytest.mark.parametrize(
    "what, status", [("forbidden", 403), ("conflict", 409), ("clash", 409), ("bad", 400)]
)
def test_htmx_gets_a_sentence_and_keeps_its_page(visitor, what, status):
    answer = visitor.get(f"/raise/{what}", **HTMX)
    assert (answer.status_code, answer.headers["HX-Retarget"]) == (status, "#alarm")
    assert answer.headers["HX-Reswap"] == "innerHTML"
    assert (str(errors.SENTENCES[status]) in answer.text, "<html" in answer.text) == (True, False)


@pytest.mark.parametrize("what, status", [("fails", 500), ("locked", 503), ("busy", 503)])
def test_a_fault_sends_htmx_nothing_to_swap(visitor, what, status):
    answer = visitor.get(f"/counter/raise/{what}", **HTMX)
    assert (answer.status_code, answer.text) == (status, str(errors.SENTENCES[status]))
    assert [name for name, _ in answer.headers if name.startswith("HX-")] == []


def test_a_restored_page_is_a_page(visitor):
    answer = visitor.get("/raise/conflict", HX_Request="true", HX_History_Restore_Request="true")
    assert "<html" in answer.text


@pytest.mark.parametrize("what", ["fails", "locked"])
def test_a_fault_touches_neither_session_nor_database(visitor, what, app):
    with app.app_context():
        engine = db.engine()
    asked = []
    event.listen(engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    answer = visitor.get(f"/raise/{what}")
    assert (asked, answer.headers.getlist("Set-Cookie"), "csrf" in answer.text.lower()) == ([], [], False)


@pytest.mark.parametrize(
    "path, way_on", [("/raise/forbidden", "/"), ("/counter/raise/forbidden", "/counter")]
)
def test_the_way_on_leads_back_to_the_same_face(visitor, path, way_on):
    assert f'<a class="btn main" href="{way_on}">' in visitor.get(path).text


def test_what_may_be_done_is_said(visitor):
    assert visitor.get("/sign-out").headers["Allow"] == "OPTIONS, POST"


def test_a_page_open_too_long_says_so(visitor):
    page = visitor.client.post("/sign-out")
    part = visitor.client.post("/sign-out", headers={"HX-Request": "true"})
    assert "This page was open too long" in page.text
    assert "This page was open too long. Please try again." in part.text


def test_a_database_that_is_gone_is_no_failure_of_ours(visitor, app):
    with app.app_context():
        engine = db.engine()

    def refuse(*_given):
        raise OperationalError("BEGIN", {}, Exception("the database is gone"))

    event.listen(engine, "begin", refuse)
    answer = visitor.get("/readyz")
    assert (answer.status_code, visitor.get("/healthz").status_code) == (503, 200)
    assert visitor.get("/sign-in/link/made-up").status_code == 503
