"""A club that is open: founded, with keys of its own, its app ready for requests."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from sqlalchemy.orm import Session

from portal.app import create_app
from portal.config import Mode, Settings
from portal.core.club import club as clubs
from portal.web import db, keys
from tests.plumbing.clock import Clock


@contextmanager
def opened(database_url: str, folder: Path, clock: Clock, mode: Mode = Mode.DEVELOPMENT) -> Iterator[Flask]:
    """The app on a migrated database, with cheap passwords; closed again afterwards."""
    settings = Settings(
        mode=mode,
        database_url=database_url,
        keys_file=folder / "portal.keys",
        sqlite_synchronous="NORMAL",
        password_cost="low",
    )
    keys.make(settings.keys_path)
    found(settings, clock)
    with closing(create_app(settings, clock=clock)) as app:
        yield app


@contextmanager
def closing(app: Flask) -> Iterator[Flask]:
    """An app whose connections are closed afterwards."""
    yield app
    with app.app_context():
        db.engine().dispose()


def found(settings: Settings, clock: Clock) -> None:
    """Start the club in the database, unless a test has done so already."""
    engine = db.make_engine(settings.database_url, sqlite_synchronous="NORMAL")
    with Session(engine) as session:
        clubs.found(
            session,
            name=settings.club_name,
            zone=settings.club_zone,
            currency=settings.club_currency,
            now=clock(),
        )
        session.commit()
    engine.dispose()
