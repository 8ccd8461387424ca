"""The database as the faces meet it: one engine, one session a request, and honest transactions on SQLite."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import IntegrityError, InterfaceError, InternalError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

# Not only a name: a process that lacks one table cannot write a row that points to it.
from portal.core import schema  # noqa: F401
from portal.core.base import Base

# What a face meets when the database cannot answer now: gone, locked too long, full, read-only.
UNREACHABLE = (OperationalError, InterfaceError, InternalError, PoolTimeout)
# A unique key or a check said no where no deed expected it.
CLASH = IntegrityError

_holder = SQLAlchemy(
    metadata=Base.metadata, disable_autonaming=True, session_options={"expire_on_commit": False}
)


def install(app: Flask, url: str, *, sqlite_synchronous: str) -> None:
    """Give the app its engine and its session per request."""
    app.config["SQLALCHEMY_DATABASE_URI"] = driver_url(url)
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(url)
    _holder.init_app(app)
    with app.app_context():
        tune(_holder.engine, sqlite_synchronous=sqlite_synchronous)


def session() -> Session:
    """This request's session; the view that changes something commits it."""
    return _holder.session()


def engine() -> Engine:
    """The engine of the running app."""
    return _holder.engine


def begin_writing(work: Session | None = None) -> None:
    """Open a transaction that will write: on SQLite it takes the writer's place before the first read."""
    (work or session()).connection(execution_options={"sqlite_begin": "IMMEDIATE"})


@contextmanager
def alone(url: str, *, writes: bool = True) -> Iterator[Session]:
    """A session outside of the app, for a command; what it does not commit is undone."""
    engine = make_engine(url)
    try:
        with Session(engine, expire_on_commit=False) as session:
            if writes:
                begin_writing(session)
            yield session
    finally:
        engine.dispose()


class NotDurable(Exception):
    """The database may forget what it has confirmed."""


def require_durable() -> None:
    """Refuse a PostgreSQL that answers before a commit is on disk: the member has seen the code by then."""
    if engine().dialect.name != "postgresql":
        return
    found = session().execute(text("SHOW synchronous_commit")).scalar_one()
    if found == "off":
        raise NotDurable("PostgreSQL runs with synchronous_commit=off; set it to on for this database.")


def make_engine(url: str, *, sqlite_synchronous: str = "FULL") -> Engine:
    """An engine outside of the app, for commands, the worker and tests."""
    made = create_engine(driver_url(url), **engine_options(url))
    tune(made, sqlite_synchronous=sqlite_synchronous)
    return made


def driver_url(url: str) -> str:
    """The address with the driver we ship: psycopg 3 for PostgreSQL."""
    parsed = make_url(url)
    if parsed.drivername in {"postgres", "postgresql"}:
        parsed = parsed.set(drivername="postgresql+psycopg")
    return parsed.render_as_string(hide_password=False)


def engine_options(url: str) -> dict[str, Any]:
    """Pool and patience: a lost connection is noticed, a lock is not waited for longer than a queue would."""
    # What a failing statement was given is nobody's to read: neither a log's nor an error page's.
    always: dict[str, Any] = {"hide_parameters": True}
    if make_url(url).get_backend_name() == "sqlite":
        return {**always, "connect_args": {"timeout": 10}}
    limits = "-c lock_timeout=4000 -c statement_timeout=15000 -c idle_in_transaction_session_timeout=15000"
    pool = {"pool_size": 8, "max_overflow": 16, "pool_pre_ping": True}
    return {**always, **pool, "connect_args": {"options": limits}}


def tune(made: Engine, *, sqlite_synchronous: str) -> None:
    """SQLite: explicit transactions, write-ahead log, foreign keys. Other databases are left as they are."""
    if made.dialect.name != "sqlite":
        return

    def on_connect(raw: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
        # The driver would open transactions late and by itself: savepoints and IMMEDIATE need it not to.
        raw.isolation_level = None
        cursor = raw.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute(f"PRAGMA synchronous={sqlite_synchronous}")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute("PRAGMA busy_timeout=10000")
        cursor.close()

    def on_begin(connection: Connection) -> None:
        mode = connection.get_execution_options().get("sqlite_begin", "DEFERRED")
        connection.exec_driver_sql(f"BEGIN {mode}")

    event.listen(made, "connect", on_connect)
    event.listen(made, "begin", on_begin)
