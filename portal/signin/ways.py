"""Where to go after signing in: only to a page of the face that was signed in to, and never off the site."""

from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urlencode

from flask import current_app, url_for
from werkzeug.exceptions import HTTPException

from portal.core.club.sign_ins import Face

_HOME = {Face.MEMBER: "members.offers", Face.STAFF: "counter.tills"}


@dataclass(frozen=True)
class Page:
    """A page of ours, and whose it is."""

    address: str
    face: Face | None


def onward(face: Face, asked: str) -> str:
    """The page that was asked for, if it is one of this face; else the face's first page."""
    page = _page(asked)
    return page.address if page is not None and page.face is face else url_for(_HOME[face])


def back(asked: str) -> str:
    """The page that was asked for, if it is one of ours; else the first of all."""
    page = _page(asked)
    return page.address if page is not None else url_for("members.home")


def _page(asked: str) -> Page | None:
    """The address made anew from the route and its values: what was typed is never sent back."""
    path, _, query = asked.partition("?")
    path = unquote(path)
    if not _is_plain(asked) or not _is_plain(path) or not path.startswith("/") or path.startswith("//"):
        return None
    try:
        endpoint, values = current_app.url_map.bind("localhost").match(path, method="GET")
    except HTTPException:
        return None
    pairs = parse_qsl(query, max_num_fields=20) if query.count("&") < 20 else []
    address = url_for(endpoint, **values) + (f"?{urlencode(pairs)}" if pairs else "")
    return Page(address, _face_of(endpoint))


def _is_plain(text: str) -> bool:
    return all(" " < letter != "\x7f" and letter != "\\" for letter in text)


def _face_of(endpoint: str) -> Face | None:
    room = current_app.blueprints.get(endpoint.rpartition(".")[0])
    face: Face | None = getattr(room, "door", (None, None))[1]
    return face
