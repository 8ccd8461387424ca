"""The table of contents: what the app is put together from, in order."""

from types import TracebackType

from flask import Flask
from jinja2 import StrictUndefined

from portal import config, migrating
from portal.config import Mode, Settings
from portal.core.club import club as clubs
from portal.counter import counter
from portal.members import members
from portal.patterns import patterns
from portal.signin import signin
from portal.web import (
    assets,
    db,
    doors,
    errors,
    filters,
    forms,
    health,
    i18n,
    keeping,
    keys,
    languages,
    limits,
    logs,
    pages,
    security,
    tongues,
)
from portal.web import clock as clocks
from portal.web.clock import Clock
from portal.worker import shown

# In this order: what comes later may stand on what came before.
_MANNERS = (
    logs, languages, security, limits, i18n, filters, tongues, assets, doors, forms, pages, keeping, errors,
)  # fmt: skip


class Portal(Flask):
    """Flask, but a failure is logged by its rule: a path may hold what opens something."""

    def log_exception(
        self, exc_info: tuple[type, BaseException, TracebackType] | tuple[None, None, None]
    ) -> None:
        logs.failed(exc_info)


def create_app(settings: Settings | None = None, *, clock: Clock | None = None) -> Flask:
    """The app on these settings; refuses a database of another schema and keys that are not its own."""
    settings = settings or config.read()
    app = Portal("portal", static_folder=None, template_folder=str(pages.folder()))
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.config["PORTAL"] = settings
    clocks.install(app, clock)
    db.install(app, settings.database_url, sqlite_synchronous=settings.sqlite_synchronous)
    with app.app_context():
        try:
            _require_ready(app, settings)
        except Exception:
            db.engine().dispose()
            raise
    security.configure(app, settings, app.extensions["keyring"])
    for room in _MANNERS:
        room.install(app)
    health.install(app, _require_schema)
    for blueprint in (health.bp, signin.bp, members.bp, counter.bp):
        app.register_blueprint(blueprint)
    if settings.mode is Mode.DEVELOPMENT:
        app.register_blueprint(patterns.bp)
    if settings.mode is Mode.DEMO:
        app.register_blueprint(shown.bp)
    doors.require_all(app)
    return app


def _require_ready(app: Flask, settings: Settings) -> None:
    """The right schema, a database that keeps what it says, the club, and the keys of its codes."""
    migrating.require_current(db.engine())
    with db.session().begin():
        db.begin_writing()
        db.require_durable()
        is_new = clubs.find(db.session()) is None
        if is_new and settings.is_production:
            raise migrating.SchemaWrong("There is no club yet. Run: portal admin create MAIL --name NAME")
        if is_new:
            _found(settings)
        keyring = keys.of_club(db.session(), settings.keys_path, may_make=not settings.is_production)
    keys.install(app, keyring)


def _found(settings: Settings) -> None:
    name, zone, currency = settings.club_name, settings.club_zone, settings.club_currency
    clubs.found(db.session(), name=name, zone=zone, currency=currency, now=clocks.now())


def _require_schema() -> None:
    try:
        migrating.require_current(db.engine())
    except migrating.SchemaWrong as wrong:
        raise health.NotReady(str(wrong)) from None
