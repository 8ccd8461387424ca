"""`python -m tests.bench`: the figures of docs/performance.md, measured here and now."""

import argparse
import json
import logging
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from portal.web import logs
from tests.bench import measuring, scenarios
from tests.bench.measuring import Figure
from tests.plumbing import databases, postgres
from tests.plumbing.project import ROOT

PACKAGES = ("flask", "jinja2", "pydantic", "psycopg", "sqlalchemy", "werkzeug")


def main() -> int:
    """Measure, print a line for each scenario, and answer 1 where a gate is missed."""
    asked = _arguments().parse_args()
    keeper = postgres.watch_over_the_run() if asked.database == "postgresql" else None
    try:
        with Path(os.devnull).open("w") as nowhere, tempfile.TemporaryDirectory() as folder:
            # The log is written as it would be, and read by nobody.
            handler = logging.StreamHandler(nowhere)
            handler.setFormatter(logs.JsonLines())
            logging.getLogger().addHandler(handler)
            with scenarios.opened(asked.database, Path(folder)) as opened:
                figures = measuring.measure(opened, asked.rounds)
            logging.getLogger().removeHandler(handler)
    finally:
        if keeper is not None:
            keeper.communicate()
    _say(figures, asked.database, asked.json)
    return int(any(figure.is_missed for figure in figures))


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--database", choices=databases.KNOWN, default="sqlite")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--json", type=Path, help="write the figures to this file as well")
    return parser


def _say(figures: Sequence[Figure], database: str, file: Path | None) -> None:
    for figure in figures:
        print(figure)
    if file is not None:
        told = {**_here(), "database": database, "figures": [figure.row() for figure in figures]}
        file.write_text(json.dumps(told, indent=2) + "\n")


def _here() -> dict[str, Any]:
    """What was measured, and on what."""
    asked = ["git", "-C", str(ROOT), "describe", "--always", "--dirty"]
    return {
        "revision": subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        **{name: version(name) for name in PACKAGES},
    }


if __name__ == "__main__":
    sys.exit(main())
