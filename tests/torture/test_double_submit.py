"""Two server processes on PostgreSQL: a form that is sent many times at once is one claim."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import func, select

from portal.core.claims.claims import Claim
from portal.web import db
from tests import build
from tests.plumbing import canary, databases
from tests.torture import machine, town
from tests.torture.caller import Caller

ROUNDS, AT_ONCE = 5, 8


@pytest.mark.skipif("postgresql" not in databases.chosen(), reason="TEST_DATABASES leaves PostgreSQL out")
def test_one_form_sent_eight_times_at_once_is_one_claim(tmp_path: Path) -> None:
    url = databases.migrated("postgresql", tmp_path)
    place = town.opened(url, tmp_path)
    [(_, token)] = town.members(url, 1)
    with machine.running(tmp_path, **place.settings, PORTAL_WORKERS="2") as server:
        sent = [at_once(Caller(server.port, {"member": token}), number) for number in range(ROUNDS)]
        assert server.audit().startswith("All ")
    canary.learn(url, build.KEYRING)
    assert [[*answers.values()] for answers in sent] == [[AT_ONCE]] * ROUNDS
    with db.alone(url, writes=False) as session:
        assert session.scalar(select(func.count(Claim.id))) == ROUNDS


def at_once(who: Caller, number: int) -> Counter[tuple[int, str]]:
    """The same form of the same member, over eight lines."""
    form = who.form(f"/offers/{town.FREE}/claims", f"/offers/{town.FREE}", key=f"tap {number}")
    with ThreadPoolExecutor(AT_ONCE) as threads:
        answers = threads.map(lambda _: who.send(form), range(AT_ONCE))
        return Counter((answer.status, answer.location) for answer in answers)
