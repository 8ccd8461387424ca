"""Whoever opens the database knows every table: each way in is tried in a fresh process of its own."""

import subprocess
import sys

import pytest

from tests.plumbing import project

WAYS_IN = [
    "portal.app",
    "portal.cli",
    "portal.demo",
    "portal.serving",
    "portal.web.db",
    "portal.worker.sweep",
]
RESOLVE = """
import {way_in}
from sqlalchemy.orm import configure_mappers
from portal.core.base import Base
configure_mappers()
print(all(key.column is not None for table in Base.metadata.tables.values() for key in table.foreign_keys))
"""


@pytest.mark.parametrize("way_in", WAYS_IN)
def test_every_foreign_key_leads_somewhere(way_in):
    asked = [sys.executable, "-c", RESOLVE.format(way_in=way_in)]
    answer = subprocess.run(asked, cwd=project.ROOT, capture_output=True, text=True, timeout=60)
    assert (answer.returncode, answer.stdout) == (0, "True\n"), answer.stderr
