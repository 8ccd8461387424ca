"""Stores and the tills in them. A till that a file leaves out stays: codes were redeemed there."""

from collections.abc import Sequence
from datetime import datetime

from portal.core.base import Work
from portal.core.club import stores
from portal.core.club.stores import Store
from portal.core.records import journal
from portal.importing.cells import Code, Names, Short, ZoneName
from portal.importing.reports import Tally
from portal.importing.rows import Row
from portal.importing.running import Kind


class StoreRow(Row):
    KEY, UNIQUE = "code", ("code",)

    code: Code
    name: Short
    zone: ZoneName = ""
    tills: Names = ()


class Stores(Kind[StoreRow]):
    """One line, one store."""

    row = StoreRow

    def __init__(self, zone: str) -> None:
        self._zone = zone

    def take(self, session: Work, batch: Sequence[StoreRow], tally: Tally, now: datetime) -> None:
        for row in batch:
            store = stores.by_code(session, row.code)
            if store is None:
                store = stores.open_store(session, row.code, row.name, zone=row.zone or self._zone, now=now)
                stores.add_tills(session, store, row.tills)
                _note(session, row, "store_opened", ["name", "zone", "tills"], now)
                tally.count(is_new=True, changed=False)
            else:
                changed = _change(session, store, row)
                if changed:
                    _note(session, row, "store_changed", changed, now)
                tally.count(is_new=False, changed=bool(changed))


def _change(session: Work, store: Store, row: StoreRow) -> list[str]:
    given = {"name": row.name, "zone": row.zone or store.zone}
    changed = [column for column, value in given.items() if getattr(store, column) != value]
    for column in changed:
        setattr(store, column, given[column])
    if stores.add_tills(session, store, row.tills):
        changed.append("tills")
    return changed


def _note(session: Work, row: StoreRow, act: str, columns: list[str], now: datetime) -> None:
    facts = {"columns": columns, "by": "import"}
    journal.add(session, act, f"store:{row.code}", now=now, facts=facts)
