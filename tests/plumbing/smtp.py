"""A mail server of our own: real SMTP on a real socket, which keeps what it is sent."""

import socketserver
import ssl
import threading
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import cast

from tests.plumbing import canary


class Box(socketserver.ThreadingTCPServer):
    """What has come; `says` is what it answers the next recipients with, before it takes mail again.

    Where it knows encryption it offers STARTTLS, or `encrypts_at_once`, before the first word.
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.mails: list[EmailMessage] = []
        self.connections = 0
        self.says: list[str] = []
        self.arrived = threading.Event()
        self.encryption: ssl.SSLContext | None = None
        self.encrypts_at_once = False
        self.names: list[str] = []

    @property
    def port(self) -> int:
        return int(self.server_address[1])


class _Talk(socketserver.StreamRequestHandler):
    def setup(self) -> None:
        box = cast(Box, self.server)
        if box.encryption and box.encrypts_at_once and not isinstance(self.request, ssl.SSLSocket):
            self.request = box.encryption.wrap_socket(self.request, server_side=True)
        super().setup()

    def handle(self) -> None:
        box = cast(Box, self.server)
        box.connections += 1
        self._say("220 ready")
        while line := self.rfile.readline().decode().strip():
            verb = line[:4].upper()
            if verb == "RCPT" and box.says:
                self._say(box.says.pop(0))
            elif verb == "EHLO" and box.encryption:
                self._say("250-box\r\n250-STARTTLS\r\n250 AUTH PLAIN")
            elif verb == "STAR" and box.encryption:
                self._encrypt(box.encryption)
            elif verb == "AUTH":
                box.names.append(b64decode(line.split()[-1]).decode().split("\0")[1])
                self._say("235 welcome")
            elif verb == "DATA":
                self._say("354 go on")
                box.mails.append(self._read())
                canary.keep("mails", told(box.mails[-1]))
                self._say("250 taken")
                box.arrived.set()
            elif verb == "QUIT":
                return self._say("221 bye")
            else:
                self._say("250 ok")
        return None

    def finish(self) -> None:
        super().finish()
        self.request.close()

    def _encrypt(self, with_: ssl.SSLContext) -> None:
        self._say("220 go on")
        self.rfile.close()
        self.request = self.connection = with_.wrap_socket(self.request, server_side=True)
        self.setup()

    def _read(self) -> EmailMessage:
        lines = iter(self.rfile.readline, b".\r\n")
        whole = b"".join(line.removeprefix(b".") if line.startswith(b"..") else line for line in lines)
        return message_from_bytes(whole, policy=policy.default)

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


@contextmanager
def listening() -> Iterator[Box]:
    with Box() as box:
        thread = threading.Thread(target=box.serve_forever, daemon=True)
        thread.start()
        yield box
        box.shutdown()
        thread.join()


def told(mail: EmailMessage) -> str:
    """Headers and parts as they were sent, and the parts as they are read."""
    parts = [part for part in mail.walk() if not part.is_multipart()]
    return "\n".join([mail.as_string(), *(str(part.get_content()) for part in parts)])
