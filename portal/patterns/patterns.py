"""The pattern page: look here before building a component that is there already."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from portal.patterns import samples
from portal.web import doors

bp = Blueprint("patterns", __name__)
doors.hang(bp, doors.public_door)


@bp.get("/patterns")
def patterns() -> ResponseReturnValue:
    """Everything at once, with people and offers that do not exist."""
    return render_template("patterns/index.html", **samples.every())
