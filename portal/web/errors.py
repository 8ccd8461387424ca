"""When it does not work: one table of answers, a page each, or for htmx a sentence that keeps the page."""

from http import HTTPStatus
from math import ceil

from flask import Flask, Response, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from portal.web import answers, db, limits, logs, pages
from portal.web.i18n import gettext as _
from portal.web.i18n import lazy, ngettext

SENTENCES = {
    400: lazy("We couldn’t read that. Reload the page and try again."),
    403: lazy("This isn’t open to you."),
    404: lazy("We can’t find that. It may have ended, or it belongs to another account."),
    405: lazy("That can’t be done here. Reload the page and try again."),
    409: lazy("Something changed since you opened the page. Reload it and choose once more."),
    413: lazy("That is too large to send."),
    422: lazy("Something on the form needs another look."),
    429: lazy("That’s a lot of tries."),
    500: lazy("Something failed on our side. No points were taken."),
    503: lazy("We can’t check this right now. Nothing was changed."),
}
_COUNTER = ("/counter", "/staff")


def install(app: Flask) -> None:
    """Answer every error, also of addresses that lead to no room."""
    app.register_error_handler(HTTPException, _answer)
    app.register_error_handler(db.CLASH, _clash)
    for kind in db.UNREACHABLE:
        app.register_error_handler(kind, _no_answer)


def answer(status: int, *, title: str = "", words: str = "") -> Response:
    """The page of that status, or its sentence for htmx; `words` say more than the table does."""
    known = _in_table(status)
    if known >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return _broken(known, status)
    if answers.is_htmx():
        return answers.into_alarm(words or str(SENTENCES[known]), status)
    said = {name: text for name, text in (("title", title), ("words", words)) if text}
    return _page(known, status, **said)


def _answer(error: HTTPException) -> Response:
    if isinstance(error, CSRFError):
        return _stale()
    if error.code == HTTPStatus.TOO_MANY_REQUESTS:
        return too_many(limits.wait())
    response = answer(error.code or 500)
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        response.headers["Allow"] = ", ".join(sorted(error.valid_methods))
    return response


def too_many(seconds: int) -> Response:
    """Too often: how long to wait, in words and for programs."""
    minutes = ceil(seconds / 60)
    words = ngettext("Wait a minute, then try again.", "Wait %(num)s minutes, then try again.", minutes)
    response = answer(429, words=f"{SENTENCES[429]} {words}" if answers.is_htmx() else words)
    response.headers["Retry-After"] = str(seconds)
    return response


def _stale() -> Response:
    title, words = _("This page was open too long"), _("Go back, reload the page and try again.")
    if answers.is_htmx():
        words = _("This page was open too long. Please try again.")
    return answer(400, title=title, words=words)


def _clash(error: Exception) -> Response:
    logs.failed((type(error), error, error.__traceback__))
    return answer(409)


def _no_answer(error: Exception) -> Response:
    logs.unanswered(error)
    return answer(503)


def _broken(known: int, status: int) -> Response:
    """Neither the session nor the database is touched: either may be what broke. Scripts keep the page."""
    if answers.is_htmx():
        return make_response(str(SENTENCES[known]), status, {"Content-Type": "text/plain; charset=utf-8"})
    with pages.without_database():
        return _page(known, status)


def _page(known: int, status: int, **said: str) -> Response:
    at_counter = request.path.startswith(_COUNTER)
    way_on = "/counter" if at_counter else "/"
    return make_response(render_template(f"errors/{known}.html", way_on=way_on, home=way_on, **said), status)


def _in_table(status: int) -> int:
    if status in SENTENCES:
        return status
    return 400 if status < HTTPStatus.INTERNAL_SERVER_ERROR else 500
