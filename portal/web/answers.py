"""How every face answers: a page or its fragment, a 303 after a deed, and a "no" that keeps the page."""

from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Response, get_template_attribute, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

T = TypeVar("T")


def is_htmx() -> bool:
    """Whether htmx asks for a part; a restored history entry wants the whole page."""
    restores = request.headers.get("HX-History-Restore-Request") == "true"
    return request.headers.get("HX-Request") == "true" and not restores


def page_or_fragment(page: str, fragment: str, status: int = 200, **context: Any) -> Response:
    """The page, or only its fragment when htmx asks."""
    answer = make_response(render_template(fragment if is_htmx() else page, **context), status)
    answer.vary.add("HX-Request")
    return answer


def fragment_or_redirect(fragment: str, location: str, **context: Any) -> Response:
    """After a deed: the fresh fragment for htmx, else a 303 to where the result can be seen."""
    if not is_htmx():
        return make_response(redirect(location, 303))
    answer = make_response(render_template(fragment, **context))
    answer.vary.add("HX-Request")
    return answer


def into_alarm(words: str, status: int) -> Response:
    """A sentence for htmx that is read out at once; the page stays as it is."""
    notice = get_template_attribute("components/notice.html", "notice")
    return _alarm(str(notice(words, level="problem")), status)


def sign_in_first(endpoint: str) -> ResponseReturnValue:
    """Nobody is signed in: a page goes to the sign-in and back; a part keeps what was typed and says so."""
    if not is_htmx():
        came_from = request.full_path.rstrip("?") if request.method == "GET" else ""
        return redirect(url_for(endpoint, next=came_from or None), 303)
    url = url_for(endpoint, next=page_of_part() or None)
    if request.method == "GET":
        answer = make_response("", 401)
        answer.headers["HX-Redirect"] = url
        return answer
    return _alarm(render_template("signin/_again.html", url=url), 401)


def _alarm(body: str, status: int) -> Response:
    answer = make_response(body, status)
    answer.headers["HX-Retarget"] = "#alarm"
    answer.headers["HX-Reswap"] = "innerHTML"
    answer.vary.add("HX-Request")
    return answer


def page_of_part() -> str:
    """The page, with its query, that htmx asks from; where it leads to is checked when it is used."""
    try:
        parts = urlsplit(request.headers.get("HX-Current-URL", ""))
    except ValueError:
        return ""
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def found(thing: T | None) -> T:
    """The thing, or a 404 where it is not there for this person."""
    if thing is None:
        raise NotFound
    return thing
