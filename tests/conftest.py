"""What every test may ask for: a database of each kind that TEST_DATABASES names, a clock, the app."""

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest

from tests.plumbing import databases, postgres
from tests.plumbing.clock import NOON, Clock

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient
    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

    from tests.plumbing.post import Post

pytest_plugins = ["tests.plumbing.canary"]

# The same examples on every machine; a nightly run may look further with HYPOTHESIS_PROFILE=default.
hypothesis.settings.register_profile("house", derandomize=True, deadline=None)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "house"))


def pytest_configure(config: pytest.Config) -> None:
    for name in [*os.environ]:
        if name.startswith("PORTAL_") or name in {"DATABASE_URL", "PORT"}:
            del os.environ[name]  # a developer's own settings are no part of a test
    in_a_worker = hasattr(config, "workerinput")
    if "postgresql" in databases.chosen() and not in_a_worker:
        config.stash[KEEPER] = postgres.watch_over_the_run()


def pytest_unconfigure(config: pytest.Config) -> None:
    if keeper := config.stash.get(KEEPER, None):
        keeper.communicate()


@pytest.fixture(params=databases.chosen())
def database(request: pytest.FixtureRequest) -> str:
    """The kind of database: sqlite or postgresql."""
    return str(request.param)


@pytest.fixture
def database_url(database: str, tmp_path: Path) -> str:
    """A migrated database that holds nothing yet."""
    return databases.migrated(database, tmp_path)


@pytest.fixture
def blank_url(database: str, tmp_path: Path) -> Iterator[str]:
    """A database that nobody has migrated."""
    with databases.blank(database, tmp_path) as url:
        yield url


@pytest.fixture
def engine(database_url: str) -> Iterator["Engine"]:
    from portal.web import db

    # Tests do not pull the plug, so SQLite need not wait for the disk at each commit.
    engine = db.make_engine(database_url, sqlite_synchronous="NORMAL")
    yield engine
    engine.dispose()


@pytest.fixture
def session(engine: "Engine") -> Iterator["Session"]:
    from sqlalchemy.orm import Session

    with Session(engine, expire_on_commit=False) as session:
        yield session


@pytest.fixture
def now() -> datetime:
    """Noon in the demo club, a Wednesday in June."""
    return NOON


@pytest.fixture
def clock() -> Clock:
    """Stands at `now` until it is moved."""
    return Clock()


@pytest.fixture
def app(database_url: str, clock: Clock, tmp_path: Path) -> Iterator["Flask"]:
    from tests.plumbing import clubs

    with clubs.opened(database_url, tmp_path, clock) as app:
        yield app


@pytest.fixture
def client(app: "Flask") -> "FlaskClient":
    return app.test_client()


@pytest.fixture
def post(app: "Flask") -> Iterator["Post"]:
    """The club mails to a server of our own."""
    from tests.plumbing import post, smtp

    with smtp.listening() as box:
        yield post.Post(app, box)


KEEPER = pytest.StashKey["postgres.Keeper"]()
