"""Choosing a store and a till: where the device stands until somebody moves it."""

from itertools import groupby

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.core.club import sign_ins
from portal.counter.counter import bp, is_managed_here, tills_here
from portal.web import db, doors
from portal.web.answers import found


@bp.get("")
def tills() -> ResponseReturnValue:
    """The stores and tills of whoever signed this device in."""
    by_store = groupby(tills_here(), lambda row: row[1])
    places = [(store, [till for till, _ in rows]) for store, rows in by_store]
    return render_template("counter/tills.html", places=places, here=doors.staff(), posters=is_managed_here())


@bp.post("/tills/<int:till_id>")
def stand(till_id: int) -> ResponseReturnValue:
    """The device now stands at this till; whoever acts at it says so by PIN."""
    found(next((till for till, _ in tills_here() if till.id == till_id), None))
    sign_ins.stand_at(db.session(), doors.staff().sign_in_id, till_id)
    db.session().commit()
    return redirect(url_for("counter.pin"), 303)
