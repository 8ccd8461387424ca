"""The six digits of the store, on the bench and on a screen of their own that the customers see."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal.counter import digits
from portal.counter.counter import bp
from portal.web import answers, doors

NOTHING_NEW = 204


@bp.get("/presence")
def presence_code() -> ResponseReturnValue:
    """What members type when they use something alone. The page turns by itself; nobody needs to act."""
    here = doors.staff()
    if here.store_code is None:
        return redirect(url_for("counter.tills"), 303)
    if answers.is_htmx() and request.args.get("seen") == digits.minute():
        return "", NOTHING_NEW
    template, part = "counter/presence.html", "counter/_presence.html"
    return answers.page_or_fragment(template, part, 200, here=here, **digits.parts())
