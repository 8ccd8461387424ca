"""For whoever watches over the process: is it up, and may it be sent visitors?"""

from collections.abc import Callable

from flask import Blueprint, Flask, current_app, jsonify
from flask.typing import ResponseReturnValue

from portal.web import db, doors

bp = Blueprint("health", __name__)
doors.hang(bp, doors.public_door)


class NotReady(Exception):
    """The process is up but should get no visitors; the message says why."""


def install(app: Flask, require_ready: Callable[[], None]) -> None:
    """`require_ready` raises NotReady when the database is not what this version needs."""
    app.extensions["require_ready"] = require_ready


@bp.get("/healthz")
def healthz() -> ResponseReturnValue:
    """The process is up; nothing else is asked."""
    return jsonify(status="ok")


@bp.get("/readyz")
def readyz() -> ResponseReturnValue:
    """The database answers and has the schema of this version."""
    try:
        current_app.extensions["require_ready"]()
    except NotReady as reason:
        return jsonify(status="not ready", reason=str(reason)), 503
    except db.UNREACHABLE:
        return jsonify(status="not ready", reason="the database gives no answer"), 503
    return jsonify(status="ready")
