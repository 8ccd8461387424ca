"""A worker is killed after the code was made and before it was kept: the next one gets the same code."""

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine, text, update
from sqlalchemy.orm import Session

from portal.core.claims.claims import Claim
from portal.core.claims.holds import Hold
from portal.core.codes import pool_codes
from portal.core.codes.pool_codes import PoolCode
from portal.core.reading import audit
from portal.worker import providing
from tests import build
from tests.plumbing import code_service
from tests.plumbing.clock import NOON
from tests.plumbing.code_service import SECRET, CodeService
from tests.plumbing.command import PORTAL
from tests.plumbing.project import ROOT


@pytest.fixture
def service() -> Iterator[CodeService]:
    with code_service.serving() as service:
        yield service


def test_killed_between_fetch_and_store(
    app: Flask,
    engine: Engine,
    session: Session,
    service: CodeService,
    database_url: str,
) -> None:
    gift = a_gift(session)
    keys = app.config["PORTAL"].keys_path
    kill_after_the_fetch(engine, gift, service, keys, database_url)
    [made] = service.made.values()
    assert session.query(PoolCode).count() == 0
    session.rollback()
    free_the_lease(session)
    finish(app, service)
    session.expire_all()
    assert (gift.state, pool_codes.shown(session, app.extensions["keyring"], gift.id)) == ("claimed", made)
    assert (len(service.asked), len(service.made)) == (2, 1)
    assert list(audit.breaches(session, app.extensions["keyring"])) == []


def a_gift(session: Session) -> Claim:
    pool = build.a_pool(session, name="gifts", case_matters=True)
    offer = build.an_offer(session, code_mode="provider", pool_id=pool.id, points_cost=200)
    claim = build.claim(session, build.a_member(session, points=200), offer)
    session.commit()
    return claim


def kill_after_the_fetch(engine: Engine, gift: Claim, service: CodeService, keys: Path, url: str) -> None:
    """The worker asks, and then finds the member's books locked: there it is killed."""
    with worker(service, keys, url) as process, engine.connect() as connection:
        service.hold_on.wait(30)
        if engine.dialect.name == "sqlite":
            connection = connection.execution_options(sqlite_begin="IMMEDIATE")
        connection.execute(text("UPDATE balances SET seq = seq WHERE member_id = :m"), {"m": gift.member_id})
        service.go_on.set()
        assert service.served.wait(60)
        process.send_signal(signal.SIGKILL)
        process.wait(60)
        connection.rollback()


@contextmanager
def worker(service: CodeService, keys: Path, url: str) -> Iterator["subprocess.Popen[bytes]"]:
    settings = {
        "DATABASE_URL": url,
        "PORTAL_KEYS_FILE": str(keys),
        "PORTAL_PROVIDER_URL": service.url,
        "PORTAL_PROVIDER_SECRET": SECRET,
        "PYTHONPATH": str(ROOT),
    }
    service.hold_on.clear()
    service.waits = True
    process = subprocess.Popen([*PORTAL, "worker"], cwd=keys.parent, env={**os.environ, **settings})
    try:
        yield process
    finally:
        process.kill()
        process.wait(60)
        service.waits = False


def free_the_lease(session: Session) -> None:
    """As if its time had passed."""
    session.execute(
        update(Hold).values(leased_until=NOON - timedelta(days=1), due_at=NOON - timedelta(days=1))
    )
    session.commit()


def finish(app: Flask, service: CodeService) -> None:
    more = {"provider_url": service.url, "provider_secret": SECRET}
    app.config["PORTAL"] = app.config["PORTAL"].model_copy(update=more)
    assert providing.once(app) == 1
