"""What came of an import: counts, and remarks that name line, column and mend."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import IO

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Remark:
    """A fault, whose line was left out, or a note about a line that was taken."""

    line: int
    key: str
    column: str
    words: str
    is_fault: bool = True

    def __str__(self) -> str:
        where = f"Line {self.line}, {self.column}" if self.column else f"Line {self.line}"
        return f"{where}: {self.words}." if self.is_fault else f"{where}: note: {self.words}."


@dataclass
class Tally:
    """Counts by line."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    left_out: int = 0
    remarks: list[Remark] = field(default_factory=list)

    def leave_out(self, remarks: Iterable[Remark]) -> None:
        """A line is not imported, for these reasons."""
        self.left_out += 1
        self.remarks.extend(remarks)

    def count(self, *, is_new: bool, changed: bool) -> None:
        """A line is imported."""
        self.new += is_new
        self.changed += changed and not is_new
        self.unchanged += not is_new and not changed

    def add(self, other: "Tally") -> None:
        """Take over another tally's counts; its remarks are told as they come and not kept."""
        self.new += other.new
        self.changed += other.changed
        self.unchanged += other.unchanged
        self.left_out += other.left_out

    def __str__(self) -> str:
        counts = f"{self.new:,} new, {self.changed:,} changed, {self.unchanged:,} unchanged"
        return f"{counts}, {self.left_out:,} left out" if self.left_out else counts


class ReportFile:
    """All remarks as a CSV file, in which no cell can be taken for a formula."""

    def __init__(self, file: IO[str]) -> None:
        self._writer = csv.writer(file)
        self._writer.writerow(["line", "key", "column", "remark", "is_fault"])

    def write(self, remarks: Iterable[Remark]) -> None:
        """Add a line for each remark."""
        for one in remarks:
            cells = [str(one.line), one.key, one.column, one.words, "yes" if one.is_fault else "no"]
            self._writer.writerow([guarded(cell) for cell in cells])


def guarded(cell: str) -> str:
    """The cell with a mark before it where a spreadsheet would run it."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
