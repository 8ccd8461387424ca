"""Who may know whom, and what may not be done where."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.plumbing import project

CORE_MAY_IMPORT = {"sqlalchemy", "pydantic", "cryptography", "portal.core"}

MAY_COMMIT = tuple(
    f"portal/{face}/" for face in ("signin", "members", "counter", "worker", "importing", "holding")
)
MAY_COMMIT_TOO = {
    "portal/app.py",
    "portal/cli.py",
    "portal/demo.py",
    "portal/worker.py",
    "portal/importing.py",
    "portal/web/giving.py",
}

# file -> why it may know SQLAlchemy outside of the core
HOLDS_THE_DATABASE = {
    "portal/config.py": "tells an address that cannot be a database's",
    "portal/migrating.py": "looks up the revision",
    "portal/web/db.py": "holds the engine and the session",
    "portal/web/limits.py": "is the storage of the rate limits",
}

# Time, chance and identity come in as arguments. `secrets.compare_digest` has a twin in hmac.
CLOCKS = ("datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "time.monotonic")
CHANCE = {"random", "secrets", "uuid"}


def test_layers_hold():
    linter = Path(sys.executable).parent / "lint-imports"
    result = subprocess.run([linter, "--no-logo"], cwd=project.ROOT, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout


def test_the_core_imports_from_a_short_list():
    strange = [
        f"{project.name(file)}:{line} {module}"
        for file in project.files("portal/core", "*.py")
        for line, module in project.imports(file)
        if not is_among(module, CORE_MAY_IMPORT | sys.stdlib_module_names)
    ]
    assert strange == []


def test_the_core_has_no_clock():
    found = [
        f"{project.name(file)}:{line} {call}"
        for file in project.files("portal/core", "*.py")
        for line, call in project.calls(file)
        if call.endswith(CLOCKS)
    ]
    assert found == []


def test_the_core_has_no_chance():
    found = [
        f"{project.name(file)}:{line} {module}"
        for file in project.files("portal/core", "*.py")
        for line, module in project.imports(file)
        if is_among(module, CHANCE)
    ]
    assert found == []


def test_only_the_outer_rooms_commit():
    found = [
        f"{project.name(file)}:{line}"
        for file in project.files("portal", "*.py")
        for line, call in project.calls(file)
        if call.endswith(".commit") and not may_commit(project.name(file))
    ]
    assert found == []


def test_sql_is_written_in_the_core():
    found = [
        f"{project.name(file)}:{line} {what}"
        for file in project.files("portal", "*.py")
        if "core" not in file.parts and project.name(file) not in HOLDS_THE_DATABASE
        for line, what in [*project.imports(file), *project.calls(file)]
        if is_among(what, {"sqlalchemy", "flask_sqlalchemy"}) or what == "text" or what.endswith(".execute")
    ]
    assert found == []


@pytest.mark.parametrize("name", HOLDS_THE_DATABASE)
def test_the_list_of_those_who_hold_the_database_is_true(name):
    modules = [module for _, module in project.imports(project.ROOT / name)]
    assert [module for module in modules if is_among(module, {"sqlalchemy"})] != []


def test_the_package_itself_imports_nothing():
    assert list(project.imports(project.ROOT / "portal" / "__init__.py")) == []


def is_among(module: str, roots: set[str] | frozenset[str]) -> bool:
    return any(module == root or module.startswith(f"{root}.") for root in roots)


def may_commit(name: str) -> bool:
    return name.startswith(MAY_COMMIT) or name in MAY_COMMIT_TOO
