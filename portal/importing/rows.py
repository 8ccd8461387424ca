"""A line of a file as typed values, or as the list of what is wrong with it."""

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from portal.importing.files import Line
from portal.importing.reports import Remark

LONGEST_CELL = 10_000


class Row(BaseModel):
    """One line. A subclass has a field for each column; an empty cell is a field that was not given."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    KEY: ClassVar[str]
    UNIQUE: ClassVar[tuple[str, ...]] = ()
    EXTRA: ClassVar[frozenset[str]] = frozenset()

    line: int

    @classmethod
    def must_have(cls) -> list[str]:
        """The columns that the file must have."""
        named = (name for name, field in cls.model_fields.items() if field.alias is None)
        return [name for name in named if name != "line" and name not in cls.EXTRA]

    def says(self, column: str) -> bool:
        """Whether the file gives a value here; else what the club has stays."""
        return column in self.model_fields_set

    def unique(self) -> Iterator[tuple[str, Any]]:
        """What no other line of the file may have, with the column that holds it."""
        for column in self.UNIQUE:
            value = getattr(self, column)
            yield from ((column, one) for one in (value if isinstance(value, tuple) else (value,)) if one)

    def remark(self, column: str, words: str, *, is_fault: bool = True) -> Remark:
        """Something to say about this line."""
        return Remark(self.line, str(getattr(self, self.KEY, "") or ""), column, words, is_fault)


R = TypeVar("R", bound=Row)


def parse(kind: type[R], line: Line, club: Mapping[str, Any]) -> R | list[Remark]:
    """The line as a row of that kind, or a remark for every cell at fault."""
    if line.fault:
        return [Remark(line.number, "", "", line.fault)]
    cells = {column: text.strip() for column, text in line.cells.items()}
    given = {column: text for column, text in cells.items() if text}
    key = given.get(kind.KEY, "")[:120]
    if wrong := [Remark(line.number, key, column, mend) for column, mend in _unfit(given)]:
        return wrong
    try:
        return kind.model_validate({"line": line.number, **given}, context=dict(club))
    except ValidationError as errors:
        return [
            Remark(line.number, key, str(error["loc"][0]), _mend(error))
            for error in errors.errors(include_url=False)
        ]


def _unfit(cells: Mapping[str, str]) -> list[tuple[str, str]]:
    wrong = []
    for column, text in cells.items():
        if len(text) > LONGEST_CELL:
            wrong.append((column, f"shorten it to at most {LONGEST_CELL:,} characters"))
        elif not text.isprintable() and any(_is_control(letter) for letter in text):
            wrong.append((column, "type it again: it holds an invisible control character"))
    return wrong


def _is_control(letter: str) -> bool:
    return unicodedata.category(letter) == "Cc" and letter not in "\t\r\n"


def _mend(error: ErrorDetails) -> str:
    if error["type"] == "missing":
        return "fill it in"
    said = error.get("ctx", {}).get("error")
    return str(said) if said is not None else "write it as docs/importing.md shows"
