"""The command, run in this process on a database of its own."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from portal import cli
from portal.core.base import Work
from portal.web import db

Run = Callable[..., Result]


@pytest.fixture
def environment(database_url: str, tmp_path: Path) -> dict[str, str]:
    return {
        "DATABASE_URL": database_url,
        "PORTAL_KEYS_FILE": str(tmp_path / "portal.keys"),
        "PORTAL_PASSWORD_COST": "low",
    }


@pytest.fixture
def portal(environment: dict[str, str]) -> Run:
    """Runs `portal WORDS`; further settings as keywords, what is typed as `typed`."""

    def run(words: str, typed: str = "", **settings: str) -> Result:
        return CliRunner().invoke(
            cli.main, words.split(), input=typed, env={**environment, **settings}, catch_exceptions=False
        )

    return run


@pytest.fixture
def book(environment: dict[str, str]) -> Iterator[Work]:
    """The database as the command left it."""
    with db.alone(environment["DATABASE_URL"], writes=False) as session:
        yield session
