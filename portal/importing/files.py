"""A CSV file as lines of text by column: UTF-8, any of three separators, read as it comes."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import IO

MOST_LINES = 1_000_000
_SEPARATORS = ",;\t"


class FileWrong(Exception):
    """The file as a whole cannot be used; the message says the mend."""


@dataclass(frozen=True)
class Line:
    """One line: its number in the file, or of the first where it spans several, and its cells by column."""

    number: int
    cells: dict[str, str] = field(default_factory=dict)
    fault: str = ""


@dataclass(frozen=True)
class Sheet:
    """An open file whose headers are known."""

    text: Iterator[str]
    separator: str
    headers: Sequence[str]

    def lines(self) -> Iterator[Line]:
        """Every line that is not blank; one that is no CSV comes with its fault."""
        reader = csv.reader(self.text, delimiter=self.separator, strict=True)
        number = 0
        while True:
            first = reader.line_num + 2  # the header stands above
            try:
                cells = next(reader, None)
            except csv.Error as error:
                yield Line(first, fault=f"mend the quotation marks ({error})")
                continue
            if cells is None:
                return
            if any(cell.strip() for cell in cells):
                number += 1
                if number > MOST_LINES:
                    raise FileWrong(f"The file has more than {MOST_LINES:,} lines: split it.")
                yield self._line(first, cells)

    def _line(self, number: int, cells: list[str]) -> Line:
        extra = [cell for cell in cells[len(self.headers) :] if cell.strip()]
        if extra or len(cells) < len(self.headers):
            few = f"the header has {len(self.headers)} columns, this line {len(cells)}"
            return Line(number, fault=f"{few}: put quotation marks around text that holds {self._spoken}")
        return Line(number, dict(zip(self.headers, cells, strict=False)))

    @property
    def _spoken(self) -> str:
        return "a tab" if self.separator == "\t" else f"a {self.separator}"


def open_sheet(file: IO[str], *, required: Sequence[str], allowed: frozenset[str]) -> Sheet:
    """Find the separator and check the headers; raises FileWrong."""
    text = _text(file)
    first = next(text, "")
    separator = max(_SEPARATORS, key=first.count)
    headers = [header.strip().casefold() for header in next(csv.reader([first], delimiter=separator), [])]
    while headers and not headers[-1]:
        headers.pop()
    _check(headers, required, allowed)
    return Sheet(text, separator, headers)


def _check(headers: Sequence[str], required: Sequence[str], allowed: frozenset[str]) -> None:
    known = [*required, *sorted(allowed)]
    strange = [header or "(without a name)" for header in headers if header not in known]
    missing = [header for header in required if header not in headers]
    twice = sorted({header for header in headers if headers.count(header) > 1})
    faults = (
        (strange, "Unknown column", f"take it out; the columns are {', '.join(known)}"),
        (missing, "Missing column", "add it; its cells may stay empty where the format says so"),
        (twice, "Column that stands twice", "keep one"),
    )
    said = [f"{what}: {', '.join(which)}: {mend}." for which, what, mend in faults if which]
    if said:
        raise FileWrong("\n".join(said))


def _text(file: IO[str]) -> Iterator[str]:
    try:
        yield from file
    except UnicodeDecodeError:
        raise FileWrong("The file is not UTF-8: save it once more as “CSV UTF-8”.") from None
