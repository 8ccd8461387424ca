"""`portal worker`: the loop as a process of its own, or beside the demo's server."""

import signal
from threading import Event, Thread

import click
from flask import Flask

from portal import config
from portal.app import create_app
from portal.config import Mode, Settings
from portal.worker import loop


@click.command()
def command() -> None:
    """Send mail, remind, and record what has expired, until told to stop."""
    settings = config.read()
    app = create_app(settings)
    stop = Event()
    for told in (signal.SIGTERM, signal.SIGINT):
        signal.signal(told, lambda *_: stop.set())
    click.echo(_greeting(settings))
    loop.run(app, stop)
    click.echo("Stopped.")


def beside(app: Flask) -> Flask:
    """In the demo one command is everything: the loop runs in a thread of the server."""
    settings: Settings = app.config["PORTAL"]
    if settings.mode is Mode.DEMO:
        Thread(target=loop.run, args=(app, Event()), name="worker", daemon=True).start()
    return app


def _greeting(settings: Settings) -> str:
    if settings.smtp_host:
        return f"Working. Mail goes to {settings.smtp_host}, port {settings.smtp_port}."
    return "Working, but no mail server is set (PORTAL_SMTP_HOST): mail waits."
