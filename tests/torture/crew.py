"""Rivals in processes of their own: each with its own interpreter, its own engine, its own connections."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from multiprocessing.synchronize import Barrier

import pytest
from sqlalchemy import Engine

from portal.web import db
from tests import build
from tests.plumbing import canary
from tests.races import spoiling
from tests.races.racing import Deed, come_to
from tests.races.scenes import Crowd

SIZE = 8
PATIENCE = 60.0


@dataclass(frozen=True)
class Task:
    """What one process does: where, which deeds one after the other, and what it takes away from itself."""

    url: str
    deeds: tuple[Deed, ...]
    spoiled: str


class Crew:
    """Eight processes that wait for one another, then set off."""

    def __init__(self, lines: Sequence[Connection]) -> None:
        self._lines = lines

    def crowd(self, spoiled: str = "") -> Crowd:
        """The crew as the crowd of a scene."""
        return Crowd(SIZE, partial(self.race, spoiled=spoiled))

    def race(self, engine: Engine, deeds: Sequence[Deed], spoiled: str = "") -> Counter[str]:
        """Deal the deeds out, let the processes loose at once, and count what each deed came to."""
        url = engine.url.render_as_string(hide_password=False)
        for place, line in enumerate(self._lines):
            line.send(Task(url, tuple(deeds[place::SIZE]), spoiled))
        came: Counter[str] = Counter()
        for line in self._lines:
            assert line.poll(PATIENCE), "a process of the crew does not come back"
            came += line.recv()
        canary.learn(url, build.KEYRING)
        return came


@contextmanager
def assembled() -> Iterator[Crew]:
    """Eight processes, gone afterwards; they would also go with this one."""
    context = get_context("spawn")
    start = context.Barrier(SIZE)
    lines: list[Connection] = []
    members: list[BaseProcess] = []
    for _ in range(SIZE):
        ours, theirs = context.Pipe()
        member = context.Process(target=_work, args=(theirs, start), daemon=True)
        member.start()
        theirs.close()
        lines.append(ours)
        members.append(member)
    try:
        yield Crew(lines)
    finally:
        _dismiss(lines, members)


def _dismiss(lines: Sequence[Connection], members: Sequence[BaseProcess]) -> None:
    """They hold nothing between two tasks, so they need not be asked."""
    for line in lines:
        line.close()
    for member in members:
        member.kill()
    for member in members:
        member.join()


def _work(line: Connection, start: Barrier) -> None:
    """The life of one process of the crew."""
    with suppress(EOFError):
        while True:
            line.send(_run(line.recv(), start))


def _run(task: Task, start: Barrier) -> Counter[str]:
    engine = db.make_engine(task.url)
    if task.spoiled in spoiling.CHECKS:
        spoiling.ignore_checks(engine)
    try:
        with pytest.MonkeyPatch.context() as patch:
            spoiling.SPOILERS[task.spoiled](patch)
            # Connected before the start, so that nobody comes late.
            engine.connect().close()
            start.wait(PATIENCE)
            return Counter(come_to(engine, deed) for deed in task.deeds)
    finally:
        engine.dispose()
