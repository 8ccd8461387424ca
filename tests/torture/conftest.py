"""Torture is marked as such, and its crew is assembled once."""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Engine

from portal import migrating
from tests.races import spoiling
from tests.races.racing import engine_on
from tests.torture import crew as crews
from tests.torture.crew import Crew


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/torture" in str(item.path):
            item.add_marker(pytest.mark.torture)


@pytest.fixture(scope="session")
def crew() -> Iterator[Crew]:
    with crews.assembled() as crew:
        yield crew


@pytest.fixture
def lawless(blank_url: str) -> Iterator[Callable[[str], Engine]]:
    """A database without the check that a spoiler names."""
    migrating.upgrade(blank_url)
    with engine_on(blank_url) as engine:

        def without(what: str) -> Engine:
            if what not in dropped:
                spoiling.drop_check(engine, what)
                dropped.append(what)
            return engine

        dropped: list[str] = []
        yield without
