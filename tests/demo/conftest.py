"""The town, loaded at noon."""

import pytest
from sqlalchemy.orm import Session

from portal.town import people, town
from portal.town.calendar import Calendar
from tests import build
from tests.plumbing.clock import NOON


@pytest.fixture
def harbour_lane(session: Session) -> Session:
    people.open_club(session, Calendar(NOON))
    town.load(session, build.KEYRING, NOON, lambda password: f"hash of {password}")
    session.commit()
    return session
