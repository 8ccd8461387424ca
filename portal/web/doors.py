"""Doors: every face names who may pass; a face without a door does not start, and nobody passes unnamed."""

from collections.abc import Callable
from typing import cast

from flask import Blueprint, Flask, Request, current_app, g, request
from flask.typing import ResponseReturnValue
from flask_login import LoginManager

from portal.core.club.sign_ins import Face
from portal.core.reading import people
from portal.core.reading.people import MemberHere, StaffHere
from portal.web import answers, clock, db, i18n

UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})
Door = Callable[[], ResponseReturnValue | None]


class HouseOpen(Exception):
    """A blueprint was registered without a door."""


class Person:
    """What Flask-Login needs of whoever is here."""

    is_active = True
    is_anonymous = False
    is_authenticated = True

    def __init__(self, here: MemberHere | StaffHere) -> None:
        self.here = here

    def get_id(self) -> str:
        """The sign-in, not the person: the row is what can be ended."""
        return str(self.here.sign_in_id)


def install(app: Flask) -> None:
    """Read the cookie of the face that is asked for; no other session says who somebody is."""
    manager = LoginManager()
    manager.session_protection = None
    manager.init_app(app, add_context_processor=False)
    manager.request_loader(_load)
    # It would open the session of every answer to look for a cookie that we never set: none could be shared.
    app.after_request_funcs[None].remove(manager._update_remember_cookie)


def member_door() -> ResponseReturnValue | None:
    """Members only; what they change is written in one transaction that begins before the first read."""
    return _pass(Face.MEMBER, "signin.sign_in")


def guest_or_member_door(*for_guests: str) -> Door:
    """Members as at their own door; a guest may look into the rooms named here, and touch nothing.

    What a guest sees there is for the room to say: ask `is_guest()` before `me()`.
    """

    def door() -> ResponseReturnValue | None:
        if request.endpoint not in for_guests or request.method in UNSAFE:
            return member_door()
        _enter(Face.MEMBER)
        return None

    return door


def staff_door() -> ResponseReturnValue | None:
    """Staff of the club only."""
    return _pass(Face.STAFF, "signin.staff_sign_in")


def public_door() -> ResponseReturnValue | None:
    """Everybody."""
    return None


def hang(blueprint: Blueprint, door: Door, face: Face | None = None) -> None:
    """Give a blueprint its door."""
    blueprint.before_request(door)
    blueprint.door = (door, face)  # type: ignore[attr-defined]


def require_all(app: Flask) -> None:
    """Refuse to start with a room that has no door."""
    open_rooms = [name for name, room in app.blueprints.items() if not hasattr(room, "door")]
    if open_rooms:
        raise HouseOpen(f"no door on: {', '.join(sorted(open_rooms))}")


def knows(face: Face) -> bool:
    """Whether this browser is signed in to that face, asked where its door does not stand."""
    return _person(request, face) is not None


def me() -> MemberHere:
    """The member at the door; behind a member door only."""
    return cast(MemberHere, g.here)


def is_guest() -> bool:
    """Whether nobody is signed in at a door that lets guests look."""
    return g.get("here") is None


def staff() -> StaffHere:
    """The device and person at the counter; behind a staff door only."""
    return cast(StaffHere, g.here)


def cookie_name(face: Face) -> str:
    """The name of the face's cookie; in production the browser itself keeps it to this host and to https."""
    prefix = "__Host-" if current_app.config["SESSION_COOKIE_SECURE"] else ""
    return f"{prefix}{face.value}"


def face_here() -> Face | None:
    """Which face the request is for."""
    room = current_app.blueprints.get(request.blueprint or "")
    return None if room is None else cast("tuple[Door, Face | None]", room.door)[1]  # type: ignore[attr-defined]


def _pass(face: Face, sign_in: str) -> ResponseReturnValue | None:
    if request.method in UNSAFE:
        db.begin_writing()
    if _enter(face):
        return None
    db.session().rollback()
    return answers.sign_in_first(sign_in)


def _enter(face: Face) -> bool:
    here = _person(request, face)
    if here is None:
        return False
    g.here = here
    if isinstance(here, MemberHere):
        i18n.choose(here.language)
    return True


def _load(asked: Request) -> Person | None:
    here = g.get("here")
    return None if here is None else Person(here)


def _person(asked: Request, face: Face) -> MemberHere | StaffHere | None:
    token = asked.cookies.get(cookie_name(face))
    if not token:
        return None
    look = people.member_here if face is Face.MEMBER else people.staff_here
    return look(db.session(), token, clock.now())
