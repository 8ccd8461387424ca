"""The columns `field:NAME` of a list of members: what they have told in the fields that the club declares."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any, TypeVar

from pydantic import BeforeValidator, Field, create_model

from portal.core.club.fields import DECIMALS, TEXT_LENGTH, FieldKind, ProfileField, Told
from portal.importing.cells import Mend, listed, yes_or_no
from portal.importing.rows import Row

PREFIX = "field:"
R = TypeVar("R", bound=Row)


def widened(row: type[R], declared: Sequence[ProfileField]) -> type[R]:
    """The row with a column more for each field; a file may lack them."""
    columns: dict[str, Any] = {
        f"field_{field.key}": (
            Annotated[Any, BeforeValidator(_reader(field))],
            Field(default=None, alias=PREFIX + field.key),
        )
        for field in declared
    }
    wide = create_model(row.__name__, __base__=row, **columns)
    wide.EXTRA = row.EXTRA | {PREFIX + field.key for field in declared}
    return wide


def told(row: Row) -> dict[str, Told]:
    """What the line says; an empty cell says nothing."""
    given = (name for name in row.model_fields_set if name.startswith("field_"))
    return {name.removeprefix("field_"): getattr(row, name) for name in given}


def differs(known: Mapping[str, Told], news: Mapping[str, Told]) -> bool:
    """Whether the line says anything that was not known so."""
    return any(known.get(key) != value for key, value in news.items())


def _reader(field: ProfileField) -> Callable[[str], Told]:
    mend = _mend(field)

    def read(text: str) -> Told:
        value = _value(field, text)
        if value is None or not field.takes(value):
            raise Mend(mend)
        return value

    return read


def _value(field: ProfileField, text: str) -> Told | None:
    """What was written, or None where it cannot be read as that kind at all."""
    match field.kind:
        case FieldKind.BOOLEAN:
            return yes_or_no(text)
        case FieldKind.INTEGER:
            return int(text) if re.fullmatch(r"-?[0-9]{1,10}", text) else None
        case FieldKind.NUMBER:
            return float(text) if re.fullmatch(r"-?[0-9]{1,10}([.][0-9]+)?", text) else None
        case FieldKind.CHOICES:
            chosen = listed(text)
            return field.in_order(chosen) if set(chosen) <= set(field.options) else None
    return text if text.isprintable() else None


def _mend(field: ProfileField) -> str:
    match field.kind:
        case FieldKind.INTEGER:
            return "use a whole number such as 2"
        case FieldKind.NUMBER:
            return f"use a number such as 1.5, with at most {DECIMALS} digits after the point"
        case FieldKind.DATE:
            return "use a day such as 1985-03-27"
        case FieldKind.CHOICE:
            return f"use one of: {', '.join(field.options)}"
        case FieldKind.CHOICES:
            return f"use some of: {', '.join(field.options)}, with | between them"
    return f"use one line of at most {TEXT_LENGTH} characters"
