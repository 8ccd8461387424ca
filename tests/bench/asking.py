"""Requests as a test client sends them, hello's the same way: without a server, so that ratios compare."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from sqlalchemy import event

from portal.web import db


@dataclass(frozen=True)
class Request:
    """A page, or with `form` what is sent, as somebody's browser asks for it."""

    path: str
    cookies: dict[str, str] = field(default_factory=dict)
    form: dict[str, str] | None = None
    is_htmx: bool = True

    @property
    def sent(self) -> dict[str, Any]:
        """The same, as the client takes it."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if self.form is None:
            return {"path": self.path, "method": "GET", "headers": headers}
        headers |= {"Sec-Fetch-Site": "same-origin"} | ({"HX-Request": "true"} if self.is_htmx else {})
        return {"path": self.path, "method": "POST", "headers": headers, "data": self.form}


def answer(app: Flask, request: Request) -> bytes:
    """What comes back."""
    return _answers(app, [request.sent])


def cpu(app: Flask, requests: Sequence[Request]) -> float:
    """The processor's seconds for each of these requests, on average."""
    sent = [request.sent for request in requests]
    began = time.process_time()
    _answers(app, sent)
    return (time.process_time() - began) / len(sent)


def _answers(app: Flask, sent: Sequence[dict[str, Any]]) -> bytes:
    """The last answer; a refusal is a mistake of the bench."""
    client, body = app.test_client(use_cookies=False), b""
    for one in sent:
        got = client.open(**one)
        assert got.status_code in (200, 303), (one["path"], got.status)
        body = got.data
    return body


@contextmanager
def counting(app: Flask) -> Iterator[list[tuple[str, Any]]]:
    """The statements that the app sends meanwhile and what they are given, but for BEGIN and COMMIT."""
    sent: list[tuple[str, Any]] = []

    def note(_c: Any, _k: Any, statement: str, given: Any, _context: Any, many: bool) -> None:
        if not statement.startswith("BEGIN"):
            sent.append((statement, given[0] if many else given))

    with app.app_context():
        engine = db.engine()
    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)
