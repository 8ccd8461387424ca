"""`python -m tests.bench.importing`: a large roll brought in, and again by a process that is killed."""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.core.base import Base
from portal.core.club.accounts import Account
from portal.core.club.cards import Card
from portal.core.club.members import Member
from portal.core.points.balances import Balance
from portal.core.points.ledger import Entry
from portal.core.points.lots import Lot, LotEntry
from portal.core.records.timeline import TimelineEvent
from portal.web import db
from tests.plumbing import command, databases, postgres
from tests.plumbing.project import ROOT

HEADER = "external_id,email,name,tier,points,card\n"
_points = TimelineEvent.facts["points"].as_integer()
CONTENTS = {
    "accounts": select(Account.email, Account.name, Account.role),
    "members": select(Member.external_id, Member.name, Account.email, Balance.balance, Balance.seq)
    .outerjoin(Account, Account.id == Member.account_id)
    .outerjoin(Balance, Balance.member_id == Member.id),
    "cards": select(Card.number, Member.external_id).join(Member, Member.id == Card.member_id),
    "entries": select(Member.external_id, Entry.seq, Entry.kind, Entry.amount, Entry.balance_after).join(
        Member, Member.id == Entry.member_id
    ),
    "lots": select(Member.external_id, Lot.amount, Lot.remaining, LotEntry.amount)
    .join(Member, Member.id == Lot.member_id)
    .outerjoin(LotEntry, LotEntry.lot_id == Lot.id),
    "timeline": select(Member.external_id, TimelineEvent.kind, _points).join(
        Member, Member.id == TimelineEvent.member_id
    ),
}


def roll(file: Path, members: int) -> Path:
    """A file of that many members; most bring points along, every third has a second card."""
    with file.open("w", encoding="utf-8") as lines:
        lines.write(HEADER)
        for n in range(members):
            cards = f"C{n:07}" if n % 3 else f"C{n:07}|D{n:07}"
            lines.write(f"x{n},member.{n}@example.com,Member {n},,{n % 5 * 50},{cards}\n")
    return file


@dataclass(frozen=True)
class Took:
    """How long the command took from start to end, and how long it had the processor."""

    seconds: float
    cpu: float

    def __str__(self) -> str:
        return f"{self.seconds:.1f} s ({self.cpu:.1f} s of its own)"


def bring_in(url: str, file: Path, kind: str = "members") -> Took:
    """Bring the file in, to its end."""
    began, before = time.monotonic(), _cpu_of_children()
    with running(url, file, kind) as process:
        assert process.wait(600) == 0
    return Took(time.monotonic() - began, _cpu_of_children() - before)


def kill_at(url: str, file: Path, lines: int, kind: str = "members", of: type[Base] = Member) -> int:
    """Kill the command once that many are in; answers how many it left behind."""
    with running(url, file, kind) as process, looking(url) as session:
        while present(session, of) < lines:
            assert process.poll() is None, "it was done before it could be killed"
            time.sleep(0.03)
        process.kill()
        process.wait()
        return present(session, of)


@contextmanager
def running(url: str, file: Path, kind: str) -> Iterator[subprocess.Popen[bytes]]:
    """The command at work."""
    asked = [*command.PORTAL, "import", kind, str(file)]
    settings = {**os.environ, "PYTHONPATH": str(ROOT), "DATABASE_URL": url}
    with file.with_suffix(".said").open("wb") as told:
        process = subprocess.Popen(asked, cwd=file.parent, env=settings, stdout=told, stderr=told)
        try:
            yield process
        finally:
            process.kill()
            process.wait()


@contextmanager
def looking(url: str) -> Iterator[Session]:
    """A look at the database from outside of the command."""
    engine = db.make_engine(url)
    try:
        with Session(engine) as session:
            yield session
    finally:
        engine.dispose()


def present(session: Session, of: type[Base]) -> int:
    """How many of them there are by now."""
    session.rollback()
    return session.scalar(select(func.count()).select_from(of)) or 0


def contents(url: str, of: Mapping[str, Any] = CONTENTS) -> dict[str, list[tuple[Any, ...]]]:
    """Everything that an import writes but for numbers and times, in an order of its own."""
    with looking(url) as session:
        found = {name: session.execute(rows).all() for name, rows in of.items()}
    return {name: sorted(map(tuple, rows), key=str) for name, rows in found.items()}


def _cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> int:
    """Bring them in, then again half and whole; print the seconds, and answer 1 where the rows differ."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.importing", description=__doc__)
    parser.add_argument("--database", choices=databases.KNOWN, default="sqlite")
    parser.add_argument("--members", type=int, default=100_000)
    asked = parser.parse_args()
    keeper = postgres.watch_over_the_run() if asked.database == "postgresql" else None
    try:
        with tempfile.TemporaryDirectory() as folder:
            return _compare(asked.database, Path(folder), asked.members)
    finally:
        if keeper is not None:
            keeper.communicate()


def _compare(database: str, folder: Path, members: int) -> int:
    file = roll(folder / "members.csv", members)
    whole = databases.migrated(database, made(folder / "whole"))
    print(f"{members:,} members on {database}: {bring_in(whole, file)}")
    wanted = contents(whole)
    killed = databases.migrated(database, made(folder / "killed"))
    left = kill_at(killed, file, members // 2)
    print(f"killed with {left:,} in, and repeated: {bring_in(killed, file)}")
    same = contents(killed) == wanted
    print(f"{sum(map(len, wanted.values())):,} rows: {'the same' if same else 'NOT the same'}")
    return int(not same)


def made(folder: Path) -> Path:
    """A folder that was not there."""
    folder.mkdir()
    return folder


if __name__ == "__main__":
    sys.exit(main())
