"""A fresh database for each run of the machine."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Engine

from portal.web import db
from tests.plumbing import databases

Fresh = Callable[[], Engine]


@pytest.fixture
def fresh(database: str, tmp_path: Path) -> Iterator[Fresh]:
    """Makes an engine on a migrated database that holds nothing yet; the one before is closed."""
    with _one_after_another(database, tmp_path) as again:
        yield again


@pytest.fixture
def fresh_file(tmp_path: Path) -> Iterator[Fresh]:
    """The same on SQLite, for what is asked of the machine and not of the database."""
    with _one_after_another("sqlite", tmp_path) as again:
        yield again


@contextmanager
def _one_after_another(kind: str, folder: Path) -> Iterator[Fresh]:
    made: list[Engine] = []
    runs = count(1)

    def again() -> Engine:
        for engine in made:
            engine.dispose()
        own = folder / f"run-{next(runs)}"
        own.mkdir()
        made[:] = [db.make_engine(databases.migrated(kind, own), sqlite_synchronous="OFF")]
        return made[0]

    yield again
    for engine in made:
        engine.dispose()
