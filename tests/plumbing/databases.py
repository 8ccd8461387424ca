"""The databases a test can ask for. TEST_DATABASES chooses among them; nothing is left out in silence."""

import functools
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.plumbing import postgres

KNOWN = ("sqlite", "postgresql")


def chosen() -> list[str]:
    """The names in TEST_DATABASES, both when it is not set."""
    names = [name.strip() for name in os.environ.get("TEST_DATABASES", ",".join(KNOWN)).split(",")]
    if unknown := [name for name in names if name not in KNOWN]:
        raise ValueError(f"TEST_DATABASES knows {' and '.join(KNOWN)}, not {unknown}")
    return names


def migrated(kind: str, folder: Path) -> str:
    """The address of a migrated database that holds nothing yet."""
    if kind == "postgresql":
        return postgres.emptied()
    return _sqlite(Path(shutil.copy(_migrated_file(folder.parent), folder / "portal.sqlite")))


@contextmanager
def blank(kind: str, folder: Path) -> Iterator[str]:
    """The address of a database that nobody has migrated."""
    if kind == "postgresql":
        with postgres.blank() as url:
            yield url
    else:
        yield _sqlite(folder / "blank.sqlite")


@functools.cache
def _migrated_file(folder: Path) -> Path:
    from portal import migrating

    file = folder / "migrated.sqlite"
    migrating.upgrade(_sqlite(file))
    return file


def _sqlite(file: Path) -> str:
    return f"sqlite:///{file}"
