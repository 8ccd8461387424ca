"""A code service of our own: real HTTP on this machine, the same code for the same key, and moods."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

SECRET = "between the club and the code service"


@dataclass
class CodeService:
    """What it was asked, what it made, and how it will answer next: a status each, else 201 with a code."""

    url: str = ""
    asked: list[dict[str, Any]] = field(default_factory=list)
    made: dict[str, str] = field(default_factory=dict)
    moods: list[int] = field(default_factory=list)
    body: bytes | None = None
    waits: bool = False
    hold_on: Event = field(default_factory=Event)
    go_on: Event = field(default_factory=Event)
    served: Event = field(default_factory=Event)

    def answer(self, headers: dict[str, str], asked: dict[str, Any]) -> tuple[int, bytes]:
        self.asked.append(asked | {"header": headers.get("Idempotency-Key"), "path": headers[":path"]})
        if headers.get("Authorization") != f"Bearer {SECRET}":
            return 401, b"{}"
        if self.moods:
            return self.moods.pop(0), b"{}"
        code = self.made.setdefault(asked["key"], f"GIFT-{len(self.made):04}-{asked['key'][:6].upper()}")
        return 201, self.body or json.dumps({"code": code}).encode()


@contextmanager
def serving() -> Iterator[CodeService]:
    service = CodeService()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if service.waits:
                service.hold_on.set()
                service.go_on.wait(60)
            status, body = service.answer({**self.headers, ":path": self.path}, asked)
            self.send_response(status)
            if status in (301, 302, 307):
                self.send_header("Location", service.url + "/elsewhere")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
            service.served.set()

        def log_message(self, *_said: Any) -> None:
            """Quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        service.url = f"http://127.0.0.1:{server.server_port}/codes"
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield service
        server.shutdown()
        thread.join()
