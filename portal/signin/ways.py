"""Where to go after signing in: only to a page of the face that was signed in to, and never off the site."""

from urllib.parse import parse_qsl, unquote, urlencode

from flask import current_app, url_for
from werkzeug.exceptions import HTTPException

from portal.core.club.sign_ins import Face

_HOME = {Face.MEMBER: "members.offers", Face.STAFF: "counter.tills"}


def onward(face: Face, asked: str) -> str:
    """The page that was asked for, if it is one of this face; else the face's first page."""
    return _page(face, asked) or url_for(_HOME[face])


def _page(face: Face, asked: str) -> str | None:
    """The address made anew from the route and its values: what was typed is never sent back."""
    path, _, query = asked.partition("?")
    path = unquote(path)
    if not _is_plain(asked) or not _is_plain(path) or not path.startswith("/") or path.startswith("//"):
        return None
    try:
        endpoint, values = current_app.url_map.bind("localhost").match(path, method="GET")
    except HTTPException:
        return None
    if _face_of(endpoint) is not face:
        return None
    pairs = parse_qsl(query, max_num_fields=20) if query.count("&") < 20 else []
    return url_for(endpoint, **values) + (f"?{urlencode(pairs)}" if pairs else "")


def _is_plain(text: str) -> bool:
    return all(" " < letter != "\x7f" and letter != "\\" for letter in text)


def _face_of(endpoint: str) -> Face | None:
    room = current_app.blueprints.get(endpoint.rpartition(".")[0])
    face: Face | None = getattr(room, "door", (None, None))[1]
    return face
