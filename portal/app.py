"""The table of contents: what the app is put together from, in order."""

from flask import Flask
from jinja2 import StrictUndefined

from portal import config, migrating
from portal.config import Settings
from portal.counter import counter
from portal.members import members
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
    keys,
    limits,
    logs,
    pages,
    security,
)
from portal.web import clock as clocks
from portal.web.clock import Clock


def create_app(settings: Settings | None = None, *, clock: Clock | None = None) -> Flask:
    """The app on these settings; refuses a database of another schema and keys that are not its own."""
    settings = settings or config.read()
    app = Flask("portal", static_folder=None, template_folder=str(pages.folder()))
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.config["PORTAL"] = settings
    keyring = keys.read(settings.keys_path)
    security.configure(app, settings, keyring)
    clocks.install(app, clock)
    keys.install(app, keyring)
    db.install(app, settings.database_url, sqlite_synchronous=settings.sqlite_synchronous)
    _require_ready(app)
    for room in (i18n, filters, assets, limits, doors, forms, pages, logs, errors, security):
        room.install(app)
    for blueprint in (health.bp, signin.bp, members.bp, counter.bp):
        app.register_blueprint(blueprint)
    doors.require_all(app)
    return app


def _require_ready(app: Flask) -> None:
    with app.app_context():
        migrating.require_current(db.engine())
        keys.match(db.session(), app.extensions["keyring"])
        db.require_durable()
        db.session().commit()
