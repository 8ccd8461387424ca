"""A store with two tills, somebody at the first of them, and a device that is signed in."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests import build
from tests.counter.town import Town
from tests.plumbing.clock import Clock


@pytest.fixture
def town(app: Flask, session: Session, clock: Clock) -> Iterator[Town]:
    """Ona stands at Till 1 of Pier Café; her PIN has been given."""
    app.extensions["keyring"] = build.KEYRING
    town = Town(app, session, clock)
    town.open()
    yield town
    session.rollback()
