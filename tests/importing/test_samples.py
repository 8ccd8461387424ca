"""The sample club comes in whole, and a second time nothing changes."""

import pytest
from sqlalchemy import func, select

from portal.core.club import stores
from portal.core.points.balances import Balance
from portal.core.reading import audit
from portal.core.schema import metadata
from tests import build
from tests.importing.conftest import SAMPLES

KINDS = ("stores", "staff", "fields", "members", "offers")


def test_the_samples_come_in_and_the_books_agree(bring, session):
    said = [bring(kind, SAMPLES / f"{kind}.csv") for kind in KINDS]
    assert [result.output for result in said] == [
        "stores.csv: 3 new, 0 changed, 0 unchanged.\n",
        "staff.csv: 3 new, 0 changed, 0 unchanged.\n",
        "fields.csv: 5 new, 5 changed, 0 unchanged.\n",
        "members.csv: 6 new, 0 changed, 0 unchanged.\n",
        "offers.csv: 4 new, 0 changed, 0 unchanged.\n",
    ]
    assert list(audit.breaches(session, build.KEYRING)) == []
    assert session.scalar(select(func.sum(Balance.balance))) == 320 + 75 + 40 + 1250 + 15
    assert [store.name for store in stores.every(session)] == [
        "Millpond Barn",
        "Millpond Books",
        "Millpond Café",
    ]


def test_a_repeat_changes_nothing_at_all(bring, session):
    for kind in KINDS:
        bring(kind, SAMPLES / f"{kind}.csv")
    before = everything(session)
    said = [bring(kind, SAMPLES / f"{kind}.csv").output for kind in KINDS]
    assert [line.partition(": ")[2] for line in said] == [
        f"0 new, 0 changed, {count} unchanged.\n" for count in (3, 3, 10, 6, 4)
    ]
    assert everything(session) == before


@pytest.mark.parametrize("kind", KINDS)
def test_a_dry_run_says_the_same_and_writes_nothing(bring, session, kind):
    for earlier in KINDS[: KINDS.index(kind)]:
        bring(earlier, SAMPLES / f"{earlier}.csv")
    before = everything(session)
    tried = bring(kind, SAMPLES / f"{kind}.csv", "--dry-run").output
    assert everything(session) == before
    done = bring(kind, SAMPLES / f"{kind}.csv").output
    assert tried == done + "Nothing was written (--dry-run).\n"


def everything(session):
    session.rollback()
    return {table.name: sorted(map(repr, session.execute(select(table)))) for table in metadata.sorted_tables}
