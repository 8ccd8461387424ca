"""Who acts at the till: a PIN names the person, and nobody scans without one."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.core.club import accounts, sign_ins
from portal.counter.counter import bp
from portal.web import clock, db, doors, keys, limits
from portal.web.i18n import gettext as _
from portal.web.i18n import ngettext

SHORTEST, LONGEST = 4, 8
ONE_MINUTE = 60


@bp.route("/pin", methods=["GET", "POST"])
def pin() -> ResponseReturnValue:
    """The PIN form, or what is typed into it."""
    here = doors.staff()
    if here.till_id is None:
        return redirect(url_for("counter.tills"), 303)
    if request.method == "GET":
        return _form() if here.is_locked(clock.now()) else _to_the_bench()
    typed = request.form.get("pin", "").strip()
    if not _looks_like_a_pin(typed):
        return _form(_("Enter your PIN: 4 to 8 digits."), 422)
    if not limits.try_pin(here.sign_in_id):
        return _form(_wait(limits.pin_wait(here.sign_in_id)), 429)
    return _enter(typed)


@bp.post("/lock")
def lock() -> ResponseReturnValue:
    """Nobody acts here any more; the next one gives a PIN."""
    sign_ins.lock(db.session(), doors.staff().sign_in_id)
    db.session().commit()
    return redirect(url_for("counter.pin"), 303)


def _enter(typed: str) -> ResponseReturnValue:
    here = doors.staff()
    assert here.store_id is not None
    person = accounts.by_pin(db.session(), keys.keyring().pin_lookups(typed), store_id=here.store_id)
    if person is None:
        return _form(_("No one at this store has that PIN. Try again."), 422)
    sign_ins.act_as(db.session(), here.sign_in_id, person.id, clock.now())
    db.session().commit()
    limits.forget_pin(here.sign_in_id)
    return _to_the_bench()


def _form(problem: str = "", status: int = 200) -> ResponseReturnValue:
    return render_template("counter/pin.html", here=doors.staff(), problem=problem), status


def _to_the_bench() -> ResponseReturnValue:
    return redirect(url_for("counter.bench", till_id=doors.staff().till_id), 303)


def _looks_like_a_pin(typed: str) -> bool:
    return typed.isascii() and typed.isdigit() and SHORTEST <= len(typed) <= LONGEST


def _wait(seconds: int) -> str:
    if seconds <= ONE_MINUTE:
        left = ngettext("Wait %(num)s second.", "Wait %(num)s seconds.", seconds)
    else:
        left = ngettext("Wait %(num)s minute.", "Wait %(num)s minutes.", -(-seconds // ONE_MINUTE))
    return _("That’s a lot of tries. %(wait)s", wait=left)
