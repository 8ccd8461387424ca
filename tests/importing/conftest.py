"""`portal import` as a person runs it, on each database."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from portal.core.codes import keyring as keyrings
from portal.importing import commands
from tests import build
from tests.plumbing.project import ROOT

Bring = Callable[..., Result]
SAMPLES = ROOT / "docs" / "samples"


@pytest.fixture
def bring(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bring:
    """Import a list: the kind, then its text or a file, then options."""
    (tmp_path / "portal.keys").write_text(keyrings.dumps(build.KEYRING))
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("PORTAL_KEYS_FILE", str(tmp_path / "portal.keys"))

    def run(kind: str, text: str | bytes | Path, *options: str) -> Result:
        file = text if isinstance(text, Path) else tmp_path / f"{kind}.csv"
        if not isinstance(text, Path):
            file.write_bytes(text.encode() if isinstance(text, str) else text)
        return CliRunner().invoke(commands.group, [kind, str(file), *options], catch_exceptions=False)

    return run


@pytest.fixture
def millpond(bring: Bring) -> None:
    """The stores and staff of the sample club."""
    for kind in ("stores", "staff"):
        assert bring(kind, SAMPLES / f"{kind}.csv").exit_code == 0
