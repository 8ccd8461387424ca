"""Whom an offer is for: the columns of the file, and the conditions read against the club's fields."""

from collections.abc import Iterator, Set
from typing import Any

from portal.core.offers.audience import reading
from portal.core.offers.audience.fitting import Fields
from portal.core.offers.audience.reading import Fault
from portal.importing.cells import AtLeastOne, Switch
from portal.importing.reports import Remark
from portal.importing.rows import Row

CONDITIONS = ("view_condition", "audience")
COLUMNS = frozenset({*CONDITIONS, "new_member_days", "birthday_month"})


class ForWhom(Row):
    """These columns of a line."""

    view_condition: str | None = None
    audience: str | None = None
    new_member_days: AtLeastOne | None = None
    birthday_month: Switch = False


def faults(row: ForWhom, fields: Fields) -> Iterator[Remark]:
    """Conditions that cannot be meant, each with the place and the mend."""
    for column in CONDITIONS:
        try:
            _accepted(row, column, fields)
        except Fault as fault:
            yield row.remark(column, f"at {fault.path}: {fault.mend}")


def terms(row: ForWhom, columns: Set[str], fields: Fields) -> dict[str, Any]:
    """Those columns of the offer, of `columns`, which the file has."""
    asked = COLUMNS & columns
    return {
        name: _accepted(row, name, fields) if name in CONDITIONS else getattr(row, name) for name in asked
    }


def _accepted(row: ForWhom, column: str, fields: Fields) -> str | None:
    text: str | None = getattr(row, column)
    return None if text is None else reading.accept(text, fields)
