"""An import from first line to last: parse a batch, take it in one short transaction, tell, go on."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, ClassVar, Generic

from portal.core.base import Work
from portal.importing import rows
from portal.importing.files import Line, Sheet
from portal.importing.reports import Remark, Tally
from portal.importing.rows import R, Row
from portal.web import db

BATCH = 500
TRIES = 3


class Kind(ABC, Generic[R]):
    """A kind of list. `take` compares rows with the club and writes what differs; it never commits."""

    row: ClassVar[type[Any]]

    @abstractmethod
    def take(self, session: Work, batch: Sequence[R], tally: Tally, now: datetime) -> None:
        """Bring these rows in; those at fault are left out with remarks."""


@dataclass(frozen=True)
class Run(Generic[R]):
    """One import: the session it works in, what it is told of the club, and whether it may write."""

    session: Work
    kind: Kind[R]
    club: Mapping[str, Any]
    now: datetime
    dry: bool

    def over(self, sheet: Sheet, after: Callable[[Tally], None]) -> None:
        """Bring the whole file in; `after` hears of each batch once it is safe."""
        once = Once()
        for lines in _batches(sheet.lines()):
            after(self._batch(lines, once))

    def _batch(self, lines: Sequence[Line], once: "Once") -> Tally:
        for attempt in range(1, TRIES + 1):
            tally = Tally()
            good = list(self._good(lines, once, tally))
            try:
                db.begin_writing(self.session)
                self.kind.take(self.session, good, tally, self.now)
                self.end()
            except db.CLASH:  # somebody joined with one of these addresses just now: look again
                self.session.rollback()
                if attempt == TRIES:
                    raise
            else:
                break
        return tally

    def _good(self, lines: Sequence[Line], once: "Once", tally: Tally) -> Iterator[R]:
        for line in lines:
            row = rows.parse(self.kind.row, line, self.club)
            faults = row if isinstance(row, list) else once.faults(row)
            if faults:
                tally.leave_out(faults)
            elif not isinstance(row, list):
                yield row

    def end(self) -> None:
        """Make what was done last, or undo it in a dry run."""
        if self.dry:
            self.session.rollback()
        else:
            self.session.commit()
        self.session.expunge_all()


class Once:
    """Remembers where each unique value stood first, for a file that names somebody twice."""

    def __init__(self) -> None:
        self._lines: dict[int, int] = {}

    def faults(self, row: Row) -> list[Remark]:
        """A remark for each unique value of the row that an earlier line had."""
        wanted = list(row.unique())
        earlier = {column: self._lines.get(hash((column, value)), row.line) for column, value in wanted}
        faults = [
            row.remark(column, f"line {line} has the same; keep one of the two")
            for column, line in earlier.items()
            if line != row.line
        ]
        if not faults:
            self._lines.update((hash(pair), row.line) for pair in wanted)
        return faults


def _batches(lines: Iterator[Line]) -> Iterator[list[Line]]:
    while batch := list(islice(lines, BATCH)):
        yield batch
