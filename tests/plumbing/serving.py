"""`portal serve` as a process of its own, on a port of its own."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path

from tests.plumbing import canary
from tests.plumbing.command import PORTAL
from tests.plumbing.project import ROOT

PATIENCE = 40.0


class Served:
    """A server that runs until it is stopped."""

    def __init__(self, process: "subprocess.Popen[str]", port: int) -> None:
        self.process, self.port, self.asked_to_stop = process, port, False

    def get(self, path: str, patience: float = PATIENCE) -> int:
        """The status of a page."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=patience)
        try:
            connection.request("GET", path)
            return connection.getresponse().status
        finally:
            connection.close()

    def wait_until_up(self) -> None:
        ends = time.monotonic() + PATIENCE
        while self.process.poll() is None and time.monotonic() < ends:
            try:
                self.get("/healthz")
            except OSError:
                time.sleep(0.05)
            else:
                return
        raise AssertionError(f"it did not come up: {self.stop()}")

    def ask_to_stop(self) -> None:
        """A second time would end it while it takes its leave."""
        self.asked_to_stop = True
        self.process.send_signal(signal.SIGTERM)

    def stop(self) -> tuple[int, str]:
        """Ask it to stop and wait: what it answered, and what it wrote."""
        if self.process.poll() is None and not self.asked_to_stop:
            self.ask_to_stop()
        try:
            written, _ = self.process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            self.kill()
            written, _ = self.process.communicate()
        canary.keep("servers", written or "")
        return self.process.returncode, written

    def kill(self) -> None:
        """No manners at all: the server and every process of it are gone at once."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@contextmanager
def served(folder: Path, **environment: str) -> Iterator[Served]:
    """Start it in a folder; stopped afterwards whatever happens."""
    port = free_port()
    process = subprocess.Popen(
        [*PORTAL, "serve"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PORT": str(port), **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    server = Served(process, port)
    try:
        server.wait_until_up()
        yield server
    finally:
        server.stop()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
        return port
