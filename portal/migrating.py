"""The schema of the database: brought up, taken down, and compared with what this version needs."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine
from sqlalchemy.engine import make_url

from portal.web import db


class SchemaWrong(Exception):
    """The database is not at the schema that this version needs."""


def is_blank(url: str) -> bool:
    """Whether nothing of ours is in the database yet."""
    path = _file(url)
    if path and not path.exists():
        return True
    engine = db.make_engine(url)
    try:
        with engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision() is None
    finally:
        engine.dispose()


def upgrade(url: str, revision: str = "head") -> None:
    """Bring the database up; an SQLite file's folder is made if need be."""
    if path := _file(url):
        path.parent.mkdir(parents=True, exist_ok=True)
    command.upgrade(_config(url), revision)


def downgrade(url: str, revision: str) -> None:
    """Take the database down to a revision ("base" for nothing at all)."""
    command.downgrade(_config(url), revision)


def head() -> str:
    """The revision that this version of the program needs."""
    found = ScriptDirectory.from_config(_config("")).get_current_head()
    assert found is not None
    return found


def require_current_at(url: str) -> None:
    """Refuse a database of another schema, outside of the app."""
    if is_blank(url):
        raise SchemaWrong("The database is empty. Run: portal upgrade")
    engine = db.make_engine(url)
    try:
        require_current(engine)
    finally:
        engine.dispose()


def require_current(engine: Engine) -> None:
    """Refuse to work on a database of another schema."""
    with engine.connect() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
    if found != head():
        state = "is empty" if found is None else f"has schema {found}, this version needs {head()}"
        raise SchemaWrong(f"The database {state}. Run: portal upgrade")


def folder() -> Path:
    """Where the migrations are: inside the installed package, or beside it in a checkout."""
    inside = Path(__file__).parent / "_migrations"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "migrations"


def _file(url: str) -> Path | None:
    parsed = make_url(url)
    is_file = parsed.get_backend_name() == "sqlite" and parsed.database not in {None, "", ":memory:"}
    return Path(parsed.database or "") if is_file else None


def _config(url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(folder()))
    config.attributes["url"] = db.driver_url(url) if url else ""
    return config
