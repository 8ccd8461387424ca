"""The counter's blueprint: staff only, at the till where the device stands, and nobody without a PIN."""

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue

from portal.core.club import sign_ins, stores
from portal.core.club.accounts import Role
from portal.core.club.sign_ins import Face
from portal.core.refusals import Refusal
from portal.counter import answering
from portal.web import clock, db, doors
from portal.web.answers import found

bp = Blueprint("counter", __name__, url_prefix="/counter")
doors.hang(bp, doors.staff_door, Face.STAFF)

# Where a device may be before somebody has said who they are.
_NOBODY_ACTS = frozenset(
    {"counter.tills", "counter.stand", "counter.pin", "counter.lock", "counter.presence_code"}
)
# Where nobody acts either, and what only those see who run the club: they sign in on a device of their own.
_FOR_MANAGERS = frozenset({"counter.posters", "counter.poster"})


def tills_here() -> list[tuple[stores.Till, stores.Store]]:
    """The tills where whoever signed this device in may stand; an admin may stand anywhere."""
    here = doors.staff()
    everywhere = here.role is Role.ADMIN
    rows = stores.tills_for(db.session(), here.account_id, all_stores=everywhere)
    return [(till, store) for till, store in rows]


def is_managed_here() -> bool:
    """Whether this device is signed in by a manager or an admin."""
    return doors.staff().role in (Role.MANAGER, Role.ADMIN)


@bp.before_request
def managers_only() -> None:
    """Other staff are told that it is not for them."""
    if request.endpoint in _FOR_MANAGERS and not is_managed_here():
        abort(403)


@bp.before_request
def stands_here() -> ResponseReturnValue | None:
    """A till elsewhere is chosen first; one of a store that is not theirs is not there."""
    asked = (request.view_args or {}).get("till_id")
    if asked is None or request.endpoint in _NOBODY_ACTS or asked == doors.staff().till_id:
        return None
    found(next((till for till, _ in tills_here() if till.id == asked), None))
    db.session().rollback()
    return answering.go_first("counter.tills")


@bp.before_request
def somebody_acts() -> ResponseReturnValue | None:
    """Ask for the PIN when nobody acts here, or nobody has for a while; every act pushes that lock out."""
    if request.endpoint in _NOBODY_ACTS | _FOR_MANAGERS:
        return None
    here, now = doors.staff(), clock.now()
    if here.is_locked(now):
        db.session().rollback()
        return answering.go_first("counter.tills" if here.till_id is None else "counter.pin")
    if request.method in doors.UNSAFE:
        sign_ins.still_acting(db.session(), here.sign_in_id, here.acted_at, now)
    return None


@bp.errorhandler(Refusal)
def refuse(refusal: Refusal) -> ResponseReturnValue:
    """Nothing moved: say why on the bench, with what is true of the scan."""
    db.session().rollback()
    return answering.refused(refusal)
