"""One `portal serve` that is killed without warning and started again, always on the same port."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.plumbing import serving
from tests.plumbing.command import PORTAL, portal
from tests.plumbing.project import ROOT
from tests.plumbing.serving import Served


@dataclass
class Machine:
    """Where the club runs; what its servers write stands in one log."""

    folder: Path
    settings: dict[str, str]
    port: int = field(default_factory=serving.free_port)
    kills: int = 0
    server: Served | None = None

    def start(self) -> None:
        with (self.folder / "server.log").open("a") as log:
            process = subprocess.Popen(
                [*PORTAL, "serve"],
                cwd=self.folder,
                env={**os.environ, "PYTHONPATH": str(ROOT), "PORT": str(self.port), **self.settings},
                stdout=log,
                stderr=subprocess.STDOUT,
                text=True,
                start_new_session=True,
            )
        self.server = Served(process, self.port)
        self.server.wait_until_up()

    def kill(self) -> None:
        """As when the power goes: every process at once, in the middle of whatever it does."""
        assert self.server is not None
        self.server.kill()
        self.kills += 1

    def kill_and_start(self) -> None:
        self.kill()
        self.start()

    def audit(self) -> str:
        """What `portal audit` says; a difference fails here."""
        return portal("audit", folder=self.folder, **self.settings).stdout


@contextmanager
def running(folder: Path, **settings: str) -> Iterator[Machine]:
    """Started, and gone afterwards whatever happened."""
    machine = Machine(folder, settings)
    try:
        machine.start()
        yield machine
    finally:
        if machine.server is not None:
            machine.server.kill()
