"""The guards bite: a forbidden import and an untyped function, planted in a copy, are both seen."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.plumbing import project

BIN = Path(sys.executable).parent
LAYERS = [str(BIN / "lint-imports"), "--no-logo", "--no-cache"]
TYPES = [str(BIN / "mypy"), "portal/core/base.py"]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The code as it stands, free to be spoiled."""
    shutil.copytree(
        project.ROOT / "portal", tmp_path / "portal", ignore=shutil.ignore_patterns("__pycache__")
    )
    shutil.copy(project.ROOT / "pyproject.toml", tmp_path)
    if (project.ROOT / ".mypy_cache").exists():
        shutil.copytree(project.ROOT / ".mypy_cache", tmp_path / ".mypy_cache", symlinks=True)
    return tmp_path


def test_the_copy_is_clean(copy):
    assert [said(LAYERS, copy)[0], said(TYPES, copy)[0]] == [0, 0]


def test_a_forbidden_import_in_the_core_is_seen(copy):
    plant(copy, "import flask")
    code, words = said(LAYERS, copy)
    assert (code, "portal.core.base -> flask" in words) == (1, True)


def test_an_import_against_the_order_of_the_rooms_is_seen(copy):
    plant(copy, "from portal.core.claims import claims")
    code, words = said(LAYERS, copy)
    assert (code, "portal.core.base -> portal.core.claims" in words) == (1, True)


def test_sql_in_a_face_is_seen(copy):
    plant(copy, "import sqlalchemy", "portal/members/__init__.py")
    code, words = said(LAYERS, copy)
    assert (code, "portal.members -> sqlalchemy" in words) == (1, True)


def test_a_room_that_nobody_placed_is_seen(copy):
    plant(copy, '"""Nobody placed it."""', "portal/core/extras.py")
    code, words = said(LAYERS, copy)
    assert (code, "extras" in words) == (1, True)


def test_an_untyped_function_is_seen(copy):
    plant(copy, "def planted(x):\n    return x")
    code, words = said(TYPES, copy)
    assert (code, "Function is missing a type annotation" in words) == (1, True)


def plant(copy: Path, code: str, file: str = "portal/core/base.py") -> None:
    with (copy / file).open("a", encoding="utf-8") as opened:
        opened.write(f"\n{code}\n")


def said(command: list[str], folder: Path) -> tuple[int, str]:
    result = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120)
    return result.returncode, " ".join(result.stdout.split())
