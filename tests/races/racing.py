"""Many people at once on a real database: a barrier, a thread and a transaction for each."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from portal.core.reading import audit
from portal.core.refusals import Refusal
from portal.web import db
from tests import build

RIVALS = 20
Deed = Callable[[Session], str]


def race(engine: Engine, deeds: Sequence[Deed]) -> Counter[str]:
    """What each came to, counted: the deed's own answer, or the code of its refusal."""
    start = Barrier(len(deeds))

    def run(deed: Deed) -> str:
        start.wait(30)
        return come_to(engine, deed)

    with ThreadPoolExecutor(len(deeds)) as threads:
        return Counter(threads.map(run, deeds))


def come_to(engine: Engine, deed: Deed) -> str:
    """One deed in a transaction of its own: its answer, or the code of its refusal."""
    with Session(engine, expire_on_commit=False) as session:
        db.begin_writing(session)
        try:
            answer = deed(session)
            session.commit()
        except Refusal as refusal:
            session.rollback()
            answer = refusal.code
        return answer


def broken_promises(engine: Engine) -> set[str]:
    """What the audit finds."""
    with Session(engine) as session:
        return {breach.promise for breach in audit.breaches(session, build.KEYRING)}


@contextmanager
def engine_on(url: str) -> Iterator[Engine]:
    """An engine of its own, for a database whose rules a negative control takes away."""
    engine = db.make_engine(url, sqlite_synchronous="NORMAL")
    yield engine
    engine.dispose()
