"""Logs: one JSON line a request, by rule and never by path, and nothing in any line that opens something."""

import json
import logging
import re
import secrets
import sys
import time
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

from flask import Flask, Response, g, request

from portal.core.codes.alphabet import ALPHABET, LENGTH
from portal.core.reading.people import MemberHere, StaffHere

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]

access = logging.getLogger("portal.access")
faults = logging.getLogger("portal.faults")

_LETTER = f"[{ALPHABET}]"
_BETWEEN = r"(?:[\s,.+_\-'\"\u2010-\u2015]|%20){0,4}"
# Twelve of our letters in a row, however they are set apart, and no letter before or after them.
_CODE = re.compile(rf"(?<![A-Z])(?:{_LETTER}{_BETWEEN}){{{LENGTH - 1}}}{_LETTER}(?![A-Z])", re.IGNORECASE)
_TOKEN = re.compile(r"\b[0-9a-f]{64}\b", re.IGNORECASE)


def redacted(text: str) -> str:
    """The text without anything that reads as a code of ours, right or mistyped, or as a one-use token."""
    return _TOKEN.sub("[token]", _CODE.sub("[code]", text))


class Redact(logging.Filter):
    """On every handler: what it passes on has been redacted, the traceback too."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = redacted(record.getMessage()), None
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = redacted(record.exc_text)
        return True


class JsonLines(logging.Formatter):
    """A record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line: dict[str, Any] = {"time": at, "level": record.levelname.lower(), "logger": record.name}
        line["message"] = record.getMessage()
        line |= getattr(record, "fields", {})
        if record.exc_text:
            line["traceback"] = record.exc_text
        return json.dumps(line, ensure_ascii=False, default=str)


REDACT = Redact()


def listen() -> None:
    """Write to standard output unless the process has handlers of its own; these redact from now on, too."""
    root = logging.getLogger()
    if not root.handlers:
        ours = logging.StreamHandler(sys.stdout)
        ours.setFormatter(JsonLines())
        root.addHandler(ours)
    for handler in root.handlers:
        handler.addFilter(REDACT)
    logging.getLogger("portal").setLevel(logging.INFO)


def install(app: Flask) -> None:
    """Number every request, time it, and write its line."""
    listen()
    app.before_request(_begin)
    app.after_request(_end)


def failed(exc_info: ExcInfo) -> None:
    """A view failed: what and where in the code, at which rule, in which request."""
    faults.error("a view failed", exc_info=exc_info, extra={"fields": _place()})


def warned(message: str) -> None:
    """Something is probably not set as it should be."""
    faults.warning(message)


def unanswered(error: BaseException) -> None:
    """The database gave no answer."""
    faults.error("the database gave no answer: %s", error, extra={"fields": _place()})


def _begin() -> None:
    g.request_id, g.began = secrets.token_hex(8), time.perf_counter()


def _end(response: Response) -> Response:
    if "request_id" not in g:
        _begin()
    response.headers["X-Request-Id"] = g.request_id
    ms = round((time.perf_counter() - g.began) * 1000, 1)
    access.info("request", extra={"fields": {**_place(), "status": response.status_code, "ms": ms}})
    return response


def _place() -> dict[str, Any]:
    rule = request.url_rule.rule if request.url_rule else None
    return {"method": request.method, "rule": rule, "request": g.get("request_id"), "face": _face()}


def _face() -> str | None:
    here = g.get("here")
    if isinstance(here, StaffHere):
        return "staff"
    return "member" if isinstance(here, MemberHere) else None
