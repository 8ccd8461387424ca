"""Codes kept on a member's phone, where they asked for it: by which browser, which pages, and until when.

The copies lie in the browser, with the service worker. The server only says what may be kept, and says
it of nothing else: a page without these words is not kept, and one that was is thrown away.
"""

import hashlib
import hmac
from datetime import datetime, timedelta

from flask import Blueprint, Flask, Response, current_app, render_template, request
from flask.typing import ResponseReturnValue

from portal.core.club.sign_ins import Face
from portal.web import assets, clock, doors, security

IDLE = timedelta(days=30)
OFFLINE = "/offline"
_SHELL = ("member.css", "member.js", "art.svg")

bp = Blueprint("keeping", __name__)
doors.hang(bp, doors.public_door)


def install(app: Flask) -> None:
    """Serve the worker and what it shows without a connection; teach the templates `keeping()`."""
    app.jinja_env.globals["keeping"] = is_on
    app.register_blueprint(bp)


def is_on() -> bool:
    """Whether codes are kept in this browser: asked for in this very sign-in, and looked at of late."""
    mark = _mark()
    return mark is not None and hmac.compare_digest(
        request.cookies.get(_cookie(), "").encode(), mark.encode()
    )


def turn_on(answer: Response) -> None:
    """Keep them from now on, until nobody has looked for 30 days."""
    if mark := _mark():
        answer.set_cookie(_cookie(), mark, IDLE, **security.cookie())


def turn_off(answer: Response) -> None:
    """Keep nothing more; the page that follows tells the worker."""
    answer.delete_cookie(_cookie(), **security.cookie())


def may_keep(answer: Response, ends_at: datetime | None = None) -> Response:
    """Say that this page may be kept, where the member asked for it."""
    if is_on():
        answer.headers["Copy-Made"] = str(int(clock.now().timestamp()))
        answer.headers["Copy-Until"] = str(until(ends_at))
        turn_on(answer)
    return answer


def until(ends_at: datetime | None = None) -> int:
    """When a copy made now is worth nothing more, in seconds as scripts count them."""
    idle = clock.now() + IDLE
    return int(min(ends_at or idle, idle).timestamp())


@bp.get("/service-worker.js")
def service_worker() -> ResponseReturnValue:
    """The script that keeps the copies; browsers ask for it anew each time."""
    files = (OFFLINE, *(assets.url(name) for name in _SHELL))
    answer = Response(assets.worker(files), content_type="text/javascript; charset=utf-8")
    answer.headers["Cache-Control"] = "no-cache"
    answer.headers["Content-Security-Policy"] = security.WORKER_POLICY
    return answer


@bp.get(OFFLINE)
def offline() -> ResponseReturnValue:
    """What stands in place of a page that was not kept; it holds nothing of anybody."""
    return render_template("errors/offline.html")


def _mark() -> str | None:
    """What the cookie holds: it fits one sign-in only, so that the next one here begins with it off."""
    token = request.cookies.get(doors.cookie_name(Face.MEMBER))
    return hashlib.sha256(f"keep {token}".encode()).hexdigest() if token else None


def _cookie() -> str:
    return "__Host-keep" if current_app.config["SESSION_COOKIE_SECURE"] else "keep"
