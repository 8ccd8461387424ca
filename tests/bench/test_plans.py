"""At a hundred thousand rows no hot path reads a whole table: PostgreSQL says how it would answer."""

import re
from typing import Any

from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from portal.core.claims.claims import Claim
from portal.core.club.accounts import Account
from portal.core.club.members import Member
from portal.core.codes.store import Code
from portal.core.points.balances import Balance
from portal.core.points.ledger import Entry
from portal.core.points.lots import Lot, LotEntry
from portal.core.records.journal import JournalEntry
from portal.core.records.receipts import Receipt
from portal.core.records.timeline import TimelineEvent
from portal.core.redeeming.redemptions import Redemption
from portal.core.redeeming.scans import Scan
from portal.web import db
from tests import crowds
from tests.bench import asking, scenarios
from tests.bench.club import BenchClub
from tests.bench.scenarios import Scenario

MANY = 100_000
EARLIER = "t.{} - n * interval '1 minute'"
# How the copies differ where a key asks for it; what they share with the first is not looked at.
MADE: dict[type[Any], dict[str, str]] = {
    Account: {"id": "n", "email": "'m' || n"},
    Member: {"id": "n", "account_id": "n", "external_id": "'x' || n"},
    Balance: {"member_id": "n"},
    Claim: {"id": "n", "reference": "'r' || n", "member_id": "n"},
    Code: {"id": "n", "claim_id": "n", "lookup": "sha256(n::text::bytea)"},
    Entry: {"id": "n", "member_id": "n", "claim_id": "n"},
    Lot: {"id": "n", "member_id": "n"},
    LotEntry: {"id": "n", "lot_id": "n", "entry_id": "n"},
    TimelineEvent: {"id": "n", "member_id": "n", "claim_id": "n"},
    JournalEntry: {"id": "n", "happened_at": EARLIER.format("happened_at")},
    Receipt: {"id": "n", "key": "'k' || n"},
    Scan: {"id": "n", "key": "'k' || n", "claim_id": "n", "scanned_at": EARLIER.format("scanned_at")},
    Redemption: {"id": "n", "claim_id": "n", "scan_id": "n"},
}
TABLES = "|".join(model.__tablename__ for model in MADE)
WHOLE = {
    "postgresql": ("EXPLAIN", re.compile(rf"Seq Scan on ({TABLES})\b")),
    "sqlite": ("EXPLAIN QUERY PLAN", re.compile(rf"SCAN ({TABLES})\b")),
}


def test_no_hot_path_reads_a_whole_table(app, session, database):
    club = BenchClub(app, session)
    club.furnish(5)
    paths = [*scenarios.pages(club), *scenarios.claims(club), *scenarios.till(club)]
    for path in paths:
        asking.answer(app, path.ask())  # so that there is something to multiply
    if database == "postgresql":  # SQLite plans by the indexes alone, whatever the tables hold
        fill(session)
    found = {path.name: whole_reads(app, path, database) for path in paths}
    assert found == {path.name: [] for path in paths}


def fill(session: Session) -> None:
    """A club with a long history, and a planner that knows it."""
    session.execute(text("SET LOCAL session_replication_role = replica"))  # no key or trigger looks on
    for model, columns in MADE.items():
        first = session.scalars(select(model).limit(1)).one()
        crowds.multiplied(session, first, MANY, **columns)
    session.commit()
    session.connection(execution_options={"isolation_level": "AUTOCOMMIT"}).execute(text("ANALYZE"))
    session.close()


def whole_reads(app: Flask, path: Scenario, database: str) -> list[str]:
    """The statements of that path which the database would answer by reading a whole table."""
    explain, whole = WHOLE[database]
    request = path.ask()
    with asking.counting(app) as sent:
        asking.answer(app, request)
    with app.app_context(), db.engine().connect() as connection:
        plans = [
            (statement, connection.exec_driver_sql(f"{explain} {statement}", given).all())
            for statement, given in sent
            # For an insert SQLite also lists what it would do if keys were checked late; ours never are.
            if not statement.startswith("INSERT")
        ]
    return [statement for statement, plan in plans if whole.search(str(plan))]
