"""Many people at once on a real database: a barrier, a thread and a transaction for each."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier

from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Engine, bindparam, event, update
from sqlalchemy.orm import Session

from portal.core.claims.claims import Claim, State
from portal.core.points import balances
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
        with Session(engine, expire_on_commit=False) as session:
            start.wait(30)
            session.connection(execution_options={"sqlite_begin": "IMMEDIATE"})
            try:
                answer = deed(session)
                session.commit()
            except Refusal as refusal:
                session.rollback()
                answer = refusal.code
            return answer

    with ThreadPoolExecutor(len(deeds)) as threads:
        return Counter(threads.map(run, deeds))


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


def drop_check(engine: Engine, table: str, constraint: str) -> None:
    """Take a rule out of the database: the last line that a negative control must remove."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", lambda raw, _: raw.execute("PRAGMA ignore_check_constraints=ON"))
        engine.dispose()
        return
    with engine.begin() as connection:
        operations = Operations(MigrationContext.configure(connection))
        operations.drop_constraint(constraint, table, type_="check")


UNGUARDED_CHANGE = (
    update(balances.Balance)
    .where(balances.Balance.member_id == bindparam("of_member"))
    .values(balance=balances.Balance.balance + bindparam("amount"), seq=balances.Balance.seq + 1)
    .returning(balances.Balance.balance, balances.Balance.seq)
)
UNGUARDED_USE = (
    update(Claim)
    .where(Claim.id == bindparam("of_claim"))
    .values(uses_left=Claim.uses_left - 1, version=Claim.version + 1, state=State.CLAIMED)
    .returning(Claim.uses_left)
    .execution_options(synchronize_session=False)
)
