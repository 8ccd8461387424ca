"""The club's commands run in this process, on the test's own database and keys."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from portal.cli import main
from portal.web import keys
from tests import build

Portal = Callable[..., Result]


@pytest.fixture
def portal(database_url: str, session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Portal:
    """`portal …`, answered with what it said and how it ended."""
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("PORTAL_KEYS_FILE", str(tmp_path / "keys"))
    build.a_club(session)
    session.commit()
    keys.make(tmp_path / "keys")
    return lambda *words: CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)
