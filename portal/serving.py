"""The portal behind Granian: many threads in a few processes, and a stop that finishes what it has begun."""

import os
import signal
import socket
import time
from multiprocessing import parent_process
from threading import Thread
from typing import Any

from flask import Flask
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels
from granian.server import Server

from portal import config, working
from portal.app import create_app
from portal.config import Settings, SettingsWrong
from portal.web import db

# Longer than the database may let any request wait.
_LAST_CALL = 30
_LOOK_AFTER = 0.5
_LOGS: dict[str, Any] = {
    "formatters": {"json": {"()": "portal.web.logs.JsonLines"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "json", "stream": "ext://sys.stdout"}
    },
    "loggers": {"_granian": {"handlers": ["console"], "propagate": False}},
}


def serve(settings: Settings) -> None:
    """Serve until told to stop. What is wrong with settings, keys or schema is raised at once."""
    _try(settings)
    _try_port(settings)
    os.environ.update(config.environment(settings))
    Server(
        "portal.serving:make_app",
        factory=True,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        address=settings.host,
        port=settings.port,
        workers=settings.workers,
        blocking_threads=settings.threads,
        workers_kill_timeout=_LAST_CALL,
        respawn_failed_workers=True,
        log_level=LogLevels.error,
        log_dictconfig=_LOGS,
    ).serve()


def make_app() -> Flask:
    """What each process serves, on the settings in its environment."""
    if parent := parent_process():
        Thread(target=_stop_with, args=(parent.pid,), name="parent", daemon=True).start()
    return working.beside(create_app(config.read()))


def _stop_with(parent: int | None) -> None:
    """A process whose parent was killed would keep the port, and nobody could stop or restart the club."""
    while os.getppid() == parent:
        time.sleep(_LOOK_AFTER)
    os.kill(os.getpid(), signal.SIGTERM)


def _try(settings: Settings) -> None:
    """Once here, where a person reads what is wrong, before the processes start."""
    app = create_app(settings)
    with app.app_context():
        db.session().rollback()
        db.engine().dispose()


def _try_port(settings: Settings) -> None:
    where = f"{settings.host}, port {settings.port}"
    try:
        family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
        socket.create_server((settings.host, settings.port), family=family).close()
    except OSError as refused:
        raise SettingsWrong(f"PORT: nothing can listen on {where}: {refused.strerror}") from None
