"""Scans at the bench: a code comes in, a verdict goes out, and a question or a slip is put right."""

from flask import request
from flask.typing import ResponseReturnValue

from portal.core.club import sign_ins
from portal.core.redeeming import reversals, scanning
from portal.core.redeeming.scans import Place, Scan
from portal.counter import answering, desks, sums, undoing
from portal.counter.counter import bp
from portal.web import clock, db, doors, keys, limits, pages
from portal.web.i18n import gettext as _


@bp.post("/<int:till_id>/scans")
def scan(till_id: int) -> ResponseReturnValue:
    """A code is scanned or typed; what came of it is recorded, whatever it is."""
    typed = request.form.get("code", "").strip()
    if not typed:
        return answering.at_box(_nothing_typed())
    made = _scanned(typed)
    db.session().commit()
    return answering.after(made.id)


@bp.get("/<int:till_id>/scans/<int:scan_id>")
def show_scan(till_id: int, scan_id: int) -> ResponseReturnValue:
    """The verdict on one scan."""
    return answering.show(desks.around(answering.look(scan_id)))


@bp.post("/<int:till_id>/scans/<int:scan_id>/redemption")
def redeem(till_id: int, scan_id: int) -> ResponseReturnValue:
    """Yes: the code is redeemed, if it is still good; of a value the sum that was typed."""
    look = answering.look(scan_id)
    try:
        part = sums.part(look, request.form)
        scanning.confirm(db.session(), _place(), scan_id, now=clock.now(), part=part)
    except sums.Unreadable as fault:
        return answering.show(desks.unfit(look, str(fault)), 422)
    db.session().commit()
    return answering.after(scan_id)


@bp.post("/<int:till_id>/scans/<int:scan_id>/more")
def more(till_id: int, scan_id: int) -> ResponseReturnValue:
    """Further uses of the claim that was just redeemed."""
    key = request.form.get("key") or pages.fresh_key()
    uses = sums.whole(request.form.get("uses", ""))
    made = scanning.take_more(db.session(), _place(), scan_id, uses=uses, key=key, now=clock.now())
    db.session().commit()
    return answering.after(made.id)


@bp.post("/<int:till_id>/scans/<int:scan_id>/refusal")
def leave(till_id: int, scan_id: int) -> ResponseReturnValue:
    """No: the code stays unused."""
    scanning.leave(db.session(), _place(), scan_id, now=clock.now())
    db.session().commit()
    return answering.after(scan_id)


@bp.get("/<int:till_id>/scans/<int:scan_id>/reversal")
def undoing_it(till_id: int, scan_id: int) -> ResponseReturnValue:
    """How a redemption can still be taken back; htmx asks when the first minute is over."""
    return answering.undoing(desks.around(answering.look(scan_id)))


@bp.post("/<int:till_id>/scans/<int:scan_id>/reversal")
def undo(till_id: int, scan_id: int) -> ResponseReturnValue:
    """The redemption is taken back; after the first minute a reason is asked for."""
    look = answering.look(scan_id)
    reason = undoing.reason(request.form.get("reason", ""), look, clock.now())
    if reason is None:
        return answering.show(desks.around(look), 422)
    reversals.undo(db.session(), _place(), scan_id, reason, now=clock.now())
    db.session().commit()
    return answering.after(scan_id)


def _scanned(typed: str) -> Scan:
    here, now = doors.staff(), clock.now()
    made = scanning.scan(
        db.session(),
        keys.keyring(),
        typed,
        _place(),
        key=request.form.get("key") or pages.fresh_key(),
        now=now,
        acting_since=here.acting_since,
    )
    if made.facts.get("fresh_sign_in"):
        sign_ins.lock(db.session(), here.sign_in_id)
    return made


def _nothing_typed() -> str:
    if desks.waiting().seen.yes:
        return _("Scan a code, or choose Yes or No.")
    return _("Scan a code, or type its 12 letters.")


def _place() -> Place:
    here = doors.staff()
    assert here.store_id is not None
    assert here.acting_id is not None
    return Place(here.store_id, desks.till_id(), here.acting_id, here.store_auto_redeem, limits.address())
