"""Where a member is signed in, and ending a sign-in on a device that is not at hand."""

import re
from dataclasses import dataclass

from flask import abort, flash, get_flashed_messages, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.core.club import sign_ins as core_sign_ins
from portal.core.club.sign_ins import SignIn
from portal.members import members
from portal.members.members import bp
from portal.web import clock, dates, db, doors, pages
from portal.web.i18n import gettext as _

# The first that is found names it: others claim to be Chrome or Safari as well.
_BROWSERS = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox|FxiOS": "Firefox",
    "Chrome|CriOS": "Chrome",
    "Safari": "Safari",
}
_SYSTEMS = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "Mac OS X": "Mac",
    "CrOS": "Chromebook",
    "Linux": "Linux",
}


@dataclass(frozen=True)
class Device:
    """One line of the list."""

    id: int
    words: str
    since: str
    is_this: bool


@bp.get("/account/sign-ins")
def sign_ins() -> ResponseReturnValue:
    """Every device on which the member is signed in."""
    held = core_sign_ins.of_same_account(db.session(), doors.me().sign_in_id, clock.now())
    return render_template(
        "members/account/sign_ins.html",
        devices=[_device(one) for one in held],
        said=get_flashed_messages(),
        **members.frame(),
    )


@bp.post("/account/sign-ins/<int:sign_in_id>/end")
def end_sign_in(sign_in_id: int) -> ResponseReturnValue:
    """Sign out there; from then on that device is asked to sign in."""
    if not core_sign_ins.end_other(db.session(), doors.me().sign_in_id, sign_in_id, clock.now()):
        abort(404)
    db.session().commit()
    flash(_("Signed out there."))
    return redirect(url_for(".sign_ins"), 303)


def device_words(told: str | None) -> str:
    """Chrome on Android, as far as the device tells."""
    browser, system = _first(_BROWSERS, told), _first(_SYSTEMS, told)
    if browser and system:
        return _("%(browser)s on %(system)s", browser=browser, system=system)
    return browser or system or _("A device that does not say what it is")


def _device(one: SignIn) -> Device:
    since = dates.when_words(one.signed_in_at, clock.now(), pages.club().zone)
    return Device(one.id, device_words(one.device), since, one.id == doors.me().sign_in_id)


def _first(named: dict[str, str], told: str | None) -> str:
    return next((name for mark, name in named.items() if re.search(mark, told or "")), "")
