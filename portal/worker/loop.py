"""The loop of `portal worker`: mail every few seconds, sweep and reminders each minute, until stopped."""

import logging
import time
from collections.abc import Callable
from threading import Event

from flask import Flask

from portal.web import clock, db, giving
from portal.worker import delivering, providing, reminding, sweep

PAUSE = 2.0
MINUTE = 60.0

log = logging.getLogger("portal.worker")


def run(app: Flask, stop: Event, *, pause: float = PAUSE) -> None:
    """Work until `stop`; what has begun is finished. Trouble in one task is logged, and the others go on."""
    swept_at = float("-inf")
    while not stop.is_set():
        if time.monotonic() - swept_at >= MINUTE:
            swept_at = time.monotonic()
            _try("sweep", lambda: by_the_minute(app))
        while _try("deliver", lambda: delivering.once(app)) == delivering.BATCH and not stop.is_set():
            pass
        _try("provide", lambda: providing.once(app))
        stop.wait(pause)


def by_the_minute(app: Flask) -> int:
    """What time has done, what the club gives by event, and whom to remind of what time will do."""
    with app.app_context():
        now = clock.now()
        sweep.once(db.session(), now)
        giving.due()
        return reminding.once(db.session(), now)


def _try(task: str, work: Callable[[], int]) -> int:
    try:
        return work()
    except db.UNREACHABLE:
        log.warning("the database gave no answer: %s waits", task)
    except Exception:
        log.exception("%s failed", task)
    return 0
