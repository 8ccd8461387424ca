"""The one clock of a request: every reading of it within a request is the same instant."""

from collections.abc import Callable
from datetime import UTC, datetime

from flask import Flask, current_app, g

Clock = Callable[[], datetime]


def install(app: Flask, clock: Clock | None) -> None:
    """Let the app tell the time by `clock`; without one, by the machine's."""
    app.extensions["clock"] = clock or _utc_now


def now() -> datetime:
    """This request's instant, in UTC."""
    if "now" not in g:
        g.now = current_app.extensions["clock"]()
    instant: datetime = g.now
    return instant


def _utc_now() -> datetime:
    return datetime.now(UTC)
