"""A TCP proxy of ours on this machine: told to cut, it drops the line when the answer has come, unheard."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

CHUNK = 65536


class Proxy:
    """Passes on what it hears, but for the answers that it is told to keep to itself."""

    def __init__(self, server_port: int) -> None:
        self._server_port = server_port
        self._ear = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._ear.getsockname()[1]
        self.cuts_next = False
        self.cuts = 0
        threading.Thread(target=self._listen, daemon=True).start()

    def cut_next(self) -> None:
        """The next answer does not reach whoever asked."""
        self.cuts_next = True

    def close(self) -> None:
        with suppress(OSError):
            self._ear.shutdown(socket.SHUT_RDWR)
        self._ear.close()

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                caller, _ = self._ear.accept()
                threading.Thread(target=self._carry, args=(caller,), daemon=True).start()

    def _carry(self, caller: socket.socket) -> None:
        with caller, suppress(OSError), socket.create_connection(("127.0.0.1", self._server_port)) as server:
            threading.Thread(target=_pump, args=(caller, server), daemon=True).start()
            while heard := server.recv(CHUNK):
                if self.cuts_next:
                    # The first byte of an answer is written after the commit: the deed is done by now.
                    self.cuts_next, self.cuts = False, self.cuts + 1
                    break
                caller.sendall(heard)
            # To close is not enough while the other thread listens on the same lines.
            caller.shutdown(socket.SHUT_RDWR)
            server.shutdown(socket.SHUT_RDWR)


def _pump(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while heard := source.recv(CHUNK):
            target.sendall(heard)


@contextmanager
def before(port: int) -> Iterator[Proxy]:
    """A proxy before that port, gone afterwards."""
    proxy = Proxy(port)
    try:
        yield proxy
    finally:
        proxy.close()
