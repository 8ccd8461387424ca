"""What every page may call: the club's name, the reader's theme, the hidden fields of its forms."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from flask import Flask, current_app, g, request
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup

from portal.config import Settings
from portal.core.club import club as clubs
from portal.core.reading.people import MemberHere
from portal.web import clock, db

THEMES = frozenset({"light", "dark"})
_HIDDEN = Markup('<input type="hidden" name="%s" value="%s">')


@dataclass(frozen=True)
class ClubHere:
    """The club as pages speak of it."""

    name: str
    zone: str
    currency: str


def folder() -> Path:
    """Where the templates are: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "_templates"
    return inside if inside.is_dir() else package.parent / "templates"


def install(app: Flask) -> None:
    """Give the templates `club_name()`, `theme()`, `form_token()`, `once(key)` and `now`."""
    app.jinja_env.globals.update(
        club_name=lambda: club().name,
        club_zone=lambda: club().zone,
        form_token=form_token,
        once=once,
        theme=theme,
    )
    app.context_processor(_now)


def club() -> ClubHere:
    """The club, read once in the life of a process; what the settings call it where it cannot be read."""
    known: ClubHere | None = current_app.extensions.get("club")
    if known is not None:
        return known
    settings: Settings = current_app.config["PORTAL"]
    stand_in = ClubHere(settings.club_name, settings.club_zone, settings.club_currency)
    if g.get("without_database"):
        return stand_in
    try:
        row = clubs.find(db.session())
    except db.UNREACHABLE:
        return stand_in
    if row is None:
        return stand_in
    read = ClubHere(row.name, row.zone, row.currency)
    current_app.extensions["club"] = read
    return read


@contextmanager
def without_database() -> Iterator[None]:
    """Draw a page that asks the database nothing: it may be what is broken."""
    g.without_database = True
    try:
        yield
    finally:
        g.without_database = False


def form_token() -> Markup:
    """The hidden field that shows a form to be ours."""
    if "form_token" not in g:
        g.form_token = _HIDDEN % ("csrf_token", generate_csrf())
    token: Markup = g.form_token
    return token


def once(key: str = "") -> Markup:
    """The hidden field by which a form that is sent twice acts once."""
    return _HIDDEN % ("key", key or fresh_key())


def fresh_key() -> str:
    """A key that no other form has."""
    return secrets.token_urlsafe(18)


def theme() -> str:
    """`light` or `dark` as the member chose, or nothing: as the device says.

    Where nobody is at the door, the cookie remembers what the last member chose here.
    """
    here = g.get("here")
    chosen = here.theme if isinstance(here, MemberHere) else request.cookies.get("theme", "")
    return chosen if chosen in THEMES else ""


def _now() -> dict[str, datetime]:
    return {"now": clock.now()}
