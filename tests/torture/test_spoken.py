"""One journey with everything listening: each statement and what it was given, on both sides of the line.

Nothing that SQLAlchemy says of its statements, that PostgreSQL writes down of each, or that is logged and
shown of a view that fails with the code in its hands, may have the code.
"""

import logging
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from flask import Flask
from psycopg import sql
from sqlalchemy import make_url

from portal.app import create_app
from portal.config import Settings
from portal.web import qr
from tests.plumbing import clubs, postgres
from tests.plumbing.needles import Haystack
from tests.plumbing.visitor import Visitor
from tests.torture import town
from tests.torture.test_kills import spelled
from tests.torture.town import Town

WRITES_THE_CODE = "INSERT INTO codes"


@pytest.fixture
def place(database_url: str, tmp_path: Path) -> Town:
    return town.opened(database_url, tmp_path)


@pytest.fixture
def echo(tmp_path: Path) -> Iterator[Path]:
    """Where SQLAlchemy says all that it does, before anything is left out."""
    engine, handler = logging.getLogger("sqlalchemy.engine"), logging.FileHandler(tmp_path / "sql.log")
    before = engine.level
    engine.addHandler(handler)
    engine.setLevel(logging.INFO)
    yield tmp_path / "sql.log"
    engine.setLevel(before)
    engine.removeHandler(handler)
    handler.close()


@pytest.fixture
def app(place: Town, echo: Path) -> Iterator[Flask]:
    keys_file = Path(place.settings["PORTAL_KEYS_FILE"])
    settings = Settings(database_url=place.url, keys_file=keys_file, password_cost="low")
    with written_down(place.url), clubs.closing(create_app(settings)) as app:
        yield app


def test_no_statement_and_no_failure_tells_the_code(
    app: Flask, place: Town, echo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = Visitor(app)
    code, path = claimed(ada)
    monkeypatch.setattr(qr, "qr_svg", fails_with_it)
    broken = ada.get(f"{path}/full-screen")
    redeemed(Visitor(app), place, code)
    said = [echo.read_bytes(), broken.data]
    if "postgresql" in place.url:
        said.append((Path(os.environ[postgres.FOLDER]) / "data" / "log").read_bytes())
    assert (broken.status_code, [Haystack({code}).found(each) for each in said]) == (500, [set()] * len(said))
    assert [WRITES_THE_CODE.encode() in each for each in said] == [True, False, True][: len(said)]


def claimed(ada: Visitor) -> tuple[str, str]:
    """The code, and the address of the page that shows it."""
    ada.post("/sign-in", {"email": "ada@example.com", "password": town.PASSWORD})
    path = str(ada.post(f"/offers/{town.ASKED}/claims", {"key": "tap"}).location)
    return spelled(ada.get(path).text), path


def redeemed(ona: Visitor, place: Town, code: str) -> None:
    bench = f"/counter/{place.till_id}"
    ona.post("/staff/sign-in", {"email": "ona@example.com", "password": town.PASSWORD})
    ona.post(f"/counter/tills/{place.till_id}")
    ona.post("/counter/pin", {"pin": town.PIN})
    scan = ona.post(f"{bench}/scans", {"code": code, "key": "tap"}).location
    assert ona.post(f"{scan}/redemption").status_code == 303
    assert re.search(r'data-v="go"', ona.get(str(scan)).text)


def fails_with_it(letters: str, **_: str) -> str:
    raise RuntimeError(f"cannot draw {letters}")


@contextmanager
def written_down(url: str) -> Iterator[None]:
    """PostgreSQL writes down each statement of this database, with what it was given."""
    if "postgresql" not in url:
        yield
        return
    _let(url, "all")
    yield
    _let(url, "none")


def _let(url: str, what: str) -> None:
    parsed = make_url(url)
    host, name = str(parsed.query["host"]), parsed.database or ""
    setting = sql.SQL("ALTER DATABASE {} SET log_statement = {}")
    with psycopg.connect(host=host, user="postgres", dbname=name, autocommit=True) as connection:
        connection.execute(setting.format(sql.Identifier(name), sql.Literal(what)))
