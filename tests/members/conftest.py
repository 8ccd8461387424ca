"""Ada with 1,050 points, signed in."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests import build
from tests.members.ada import Ada
from tests.plumbing.clock import Clock


@pytest.fixture
def ada(app: Flask, session: Session, clock: Clock) -> Iterator[Ada]:
    app.extensions["keyring"] = build.KEYRING
    yield Ada(app, session, clock).join(points=1050)
    session.rollback()
