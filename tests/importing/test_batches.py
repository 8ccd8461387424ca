"""An import works in short transactions: what it was killed in the middle of, a repeat finishes."""

from contextlib import contextmanager

import pytest
from sqlalchemy import Engine, event, func, select

from portal.core.club.members import Member
from portal.core.points.balances import Balance
from portal.core.reading import audit
from portal.importing import running
from portal.importing.members import Members
from tests import build

HEADER = "external_id,email,name,tier,points,card\n"


def test_what_was_killed_half_way_is_finished_by_a_repeat(bring, session, monkeypatch):
    monkeypatch.setattr(running, "BATCH", 10)
    take = Members.take
    monkeypatch.setattr(Members, "take", killed_at(3, take))
    with pytest.raises(Killed):
        bring("members", people(45))
    monkeypatch.setattr(Members, "take", take)
    assert counted(session) == (20, 20 * 5)
    said = bring("members", people(45)).output
    assert said == "members.csv: 25 new, 0 changed, 20 unchanged.\n"
    assert counted(session) == (45, 45 * 5)
    assert list(audit.breaches(session, build.KEYRING)) == []


def test_a_batch_of_new_members_takes_a_fixed_number_of_statements(bring):
    bring("members", people(1))
    counts = []
    for size in (50, 100):
        with heard() as statements:
            bring("members", people(size, since=size))
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_an_address_taken_meanwhile_is_looked_at_again(bring, session, monkeypatch):
    calm, calls = Members.take, []

    def take(self, work, batch, tally, now):
        calls.append(len(batch))
        if len(calls) == 1:
            work.add_all(Member(external_id="x0", name="Rival", joined_at=now) for _ in range(2))
            work.flush()
        calm(self, work, batch, tally, now)

    monkeypatch.setattr(Members, "take", take)
    assert bring("members", people(3)).output == "members.csv: 3 new, 0 changed, 0 unchanged.\n"
    assert (calls, counted(session)) == ([3, 3], (3, 15))


class Killed(BaseException):
    """The process is gone."""


@contextmanager
def heard():
    statements = []

    def hear(connection, cursor, statement, *rest):
        statements.append(statement)

    event.listen(Engine, "before_cursor_execute", hear)
    yield statements
    event.remove(Engine, "before_cursor_execute", hear)


def people(count, since=0):
    lines = [f"x{n},x{n}@example.com,Member {n},,5,card-{n}\n" for n in range(since, since + count)]
    return HEADER + "".join(lines)


def counted(session):
    session.rollback()
    return session.execute(select(func.count(), func.sum(Balance.balance)).select_from(Balance)).one()


def killed_at(call, take):
    calls = []

    def dying(self, session, batch, tally, now):
        take(self, session, batch, tally, now)
        calls.append(len(batch))
        if len(calls) == call:
            raise Killed

    return dying
