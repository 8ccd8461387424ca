"""How the counter answers: the bench as a page, the parts that a scan changes for htmx, or the PIN first."""

from flask import Response, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal.core.reading import bench
from portal.core.reading.bench import Look
from portal.core.refusals import Refusal
from portal.counter import desks, digits
from portal.counter.desks import Desk
from portal.counter.undoing import REASONS
from portal.web import answers, db, doors, refusing


def show(desk: Desk, status: int = 200, problem: str = "", part: str = "counter/_bench.html") -> Response:
    """The bench; `problem` is what was wrong with the code box."""
    return answers.page_or_fragment(
        "counter/bench.html",
        part,
        status,
        desk=desk,
        here=doors.staff(),
        problem=problem or desk.seen.at_box,
        reasons=REASONS,
        **digits.parts(),
    )


def undoing(desk: Desk) -> Response:
    """The bench, or only the buttons that take a redemption back."""
    return show(desk, part="counter/_undo.html")


def after(scan_id: int) -> ResponseReturnValue:
    """After a deed is committed: the scan's verdict for htmx, else a 303 to it."""
    if answers.is_htmx():
        return show(desks.around(look(scan_id)))
    return redirect(url_for("counter.show_scan", till_id=desks.till_id(), scan_id=scan_id), 303)


def look(scan_id: int) -> Look:
    """One scan of this device's till; another till's is not there."""
    return answers.found(bench.look(db.session(), desks.till_id(), scan_id))


def at_box(problem: str) -> Response:
    """The code box was sent with nothing in it: the verdict stays as it is."""
    if not answers.is_htmx():
        return show(desks.waiting(), 422, problem)
    answer = answers.page_or_fragment("counter/bench.html", "counter/_at_box.html", 422, problem=problem)
    answer.headers["HX-Retarget"] = "#at-box"
    answer.headers["HX-Reswap"] = "outerHTML"
    return answer


def refused(refusal: Refusal) -> Response:
    """A deed said no and nothing moved."""
    scan_id = (request.view_args or {}).get("scan_id")
    seen = None if scan_id is None else bench.look(db.session(), desks.till_id(), scan_id)
    return show(desks.refused(refusal, seen), refusing.status(refusal.code))


def go_first(endpoint: str) -> ResponseReturnValue:
    """Somewhere else comes first: the PIN, or the choice of a till."""
    if not answers.is_htmx():
        return redirect(url_for(endpoint), 303)
    answer = make_response("", 401)
    answer.headers["HX-Redirect"] = url_for(endpoint)
    return answer
