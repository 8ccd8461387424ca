"""What a person sees of an import: a bar on a terminal, then the remarks and the counts."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

import click
from rich.console import Console
from rich.progress import Progress, TaskID

from portal.importing.reports import Remark, ReportFile, Tally

SHOWN = 100


@dataclass
class Told:
    """Hears of each batch and says at the end what came of all."""

    file: TextIO
    bar: Progress
    task: TaskID
    report: ReportFile | None
    total: Tally = field(default_factory=Tally)
    first: list[Remark] = field(default_factory=list)
    remarks: int = 0

    @classmethod
    @contextmanager
    def of(cls, file: TextIO, path: Path, report: Path | None) -> Iterator["Told"]:
        """The bar follows the bytes read of `file`; also after a fault, what was done until then is said."""
        console = Console(stderr=True)
        with ExitStack() as stack:
            bar = stack.enter_context(Progress(console=console, disable=not console.is_terminal))
            told = cls(file, bar, bar.add_task(path.name, total=path.stat().st_size), None)
            stack.callback(told.say, path, report)
            if report is not None:
                # With the mark that spreadsheets know UTF-8 by.
                told.report = ReportFile(
                    stack.enter_context(report.open("w", encoding="utf-8-sig", newline=""))
                )
            yield told

    def hear(self, tally: Tally) -> None:
        """One batch more is safe."""
        self.total.add(tally)
        self.remarks += len(tally.remarks)
        self.first += tally.remarks[: SHOWN - len(self.first)]
        if self.report is not None:
            self.report.write(tally.remarks)
        self.bar.update(self.task, completed=self.file.buffer.tell())

    def say(self, path: Path, report: Path | None) -> None:
        """The first remarks, where the rest is, and the counts."""
        self.bar.stop()
        for remark in self.first:
            click.echo(str(remark))
        if self.remarks > len(self.first):
            rest = report or "a file with --report FILE.csv"
            click.echo(f"… and {self.remarks - len(self.first):,} more: see {rest}.")
        click.echo(f"{path.name}: {self.total}.")
