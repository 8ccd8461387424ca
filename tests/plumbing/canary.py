"""The canary: every code that a test run issues is looked for, at its end, in all that the run left behind.

What tests leave lies in files below their temporary folder anyway: databases, key files, logs of servers,
exports. What does not is kept here beside them: log records before anything was redacted, what handlers
wrote, the headers, titles, addresses and error pages of every answer, mails, what commands said, what a
browser kept. One code is planted in each disguise, and must be all that is found.
"""

import gzip
import logging
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.plumbing import postgres

if TYPE_CHECKING:
    from click.testing import Result
    from flask import Flask, Response

    from portal.core.codes.keyring import Keyring

_TITLES_AND_ADDRESSES = re.compile(
    r'<title>.*?</title>|\b(?:href|src|action|(?:data-)?hx-[a-z]+)="[^"]*"', re.DOTALL
)
FAILED = 400
# A refusal and a faulty form keep the page, which may show its owner the code.
_KEEPS_THE_PAGE = {409, 422}
# Hashed files of the project, the same for everybody.
_OURS_ALONE = {"text/css", "text/javascript", "font/woff2", "image/png"}


class Canary:
    """What is known and kept in this process."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.codes: set[str] = set()
        self.told = ""

    def keep(self, name: str, text: str) -> None:
        with (self.folder / name).open("a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(f"{text}\n")

    def search(self, *folders: Path) -> list[str]:
        """Where a code was found, but for those that are planted here first; they must be."""
        from tests.plumbing import needles

        planted = self._plant(needles.forms(min(self.codes))) if self.codes else set()
        haystack = needles.Haystack(self.codes)
        files = (file for folder in folders for file in _files(folder)) if self.codes else ()
        found = {file for file in files if haystack.found_in(file)}
        self.told = (
            f"{len(self.codes)} codes in {len(needles.FORMS)} disguises, {haystack.files} files, "
            f"{haystack.bytes / 1e6:.0f} MB: {len(found - planted)} found; {len(planted)} planted, "
            f"{len(found & planted)} found"
        )
        missed = [f"planted in vain: {file.name}" for file in planted - found]
        return [*map(str, found - planted), *missed]

    def _plant(self, forms: dict[str, bytes]) -> set[Path]:
        place = self.folder / "planted"
        place.mkdir()
        for name, disguised in forms.items():
            (place / name).write_bytes(b"before " + disguised + b" after")
        return {place / name for name in forms}


_at_work: Canary | None = None
_TOLD = pytest.StashKey[list[str]]()


def keep(name: str, text: str) -> None:
    """Remember something that the run says or stores elsewhere than in a file."""
    if _at_work is not None:
        _at_work.keep(name, text)


def kept(name: str) -> str:
    """What was remembered under that name so far."""
    assert _at_work is not None
    file = _at_work.folder / name
    return file.read_text(encoding="utf-8") if file.exists() else ""


def known() -> set[str]:
    """The codes that are looked for, as far as they are known by now."""
    return set() if _at_work is None else set(_at_work.codes)


def learn(url: str, keyring: "Keyring") -> None:
    """The codes in a database that another process has filled."""
    from sqlalchemy import select

    from portal.core.claims.claims import Claim
    from portal.core.codes.store import Code
    from portal.web import db

    with db.alone(url, writes=False) as session:
        rows = session.execute(select(Code.sealed, Claim.reference).join(Claim, Claim.id == Code.claim_id))
        learnt = {keyring.open(sealed, reference) for sealed, reference in rows if sealed is not None}
    if _at_work is not None:
        _at_work.codes |= learnt


@pytest.fixture(scope="session", autouse=True)
def canary(tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> Iterator[None]:
    """At work from the first test to the last; the last one's teardown tells what was found."""
    global _at_work
    _at_work = bird = Canary(tmp_path_factory.mktemp("canary"))
    with pytest.MonkeyPatch.context() as patch, _listening(bird, patch):
        yield
    _at_work = None
    server = os.environ.get(postgres.FOLDER)
    found = bird.search(tmp_path_factory.getbasetemp(), *([Path(server)] if server else []))
    pytestconfig.stash.setdefault(_TOLD, []).append(bird.told)
    assert found == [], "a code lies where none may be"


@contextmanager
def _listening(bird: Canary, patch: pytest.MonkeyPatch) -> Iterator[None]:
    """Hears of codes that are issued, of what commands say, of answers, and of log records."""
    from click.testing import CliRunner
    from flask import request_finished

    from portal.core.codes import store

    issue, invoke = store.issue, CliRunner.invoke

    def issued(*given: Any, **named: Any) -> str:
        code = issue(*given, **named)
        bird.codes.add(code)
        return code

    def invoked(*given: Any, **named: Any) -> "Result":
        result = invoke(*given, **named)
        bird.keep("commands", result.output)
        return result

    patch.setattr(store, "issue", issued)
    patch.setattr(CliRunner, "invoke", invoked)
    with request_finished.connected_to(answered), _listening_to_logs(bird):
        yield


@contextmanager
def _listening_to_logs(bird: Canary) -> Iterator[None]:
    """Hears of records before anything is redacted, and of what a handler writes of them."""
    record, handler = logging.getLogRecordFactory(), logging.FileHandler(bird.folder / "log")

    def recorded(*given: Any, **named: Any) -> logging.LogRecord:
        made = record(*given, **named)
        bird.keep("records", f"{made.name} {made.getMessage()}")
        return made

    logging.setLogRecordFactory(recorded)
    logging.getLogger().addHandler(handler)
    yield
    logging.getLogger().removeHandler(handler)
    handler.close()
    logging.setLogRecordFactory(record)


def answered(sender: "Flask", response: "Response", **_: Any) -> None:
    """Of each answer what a browser, a proxy or a history would keep; of an error page all of it."""
    keep("headers", f"{response.status_code} {response.headers}")
    if response.direct_passthrough or response.mimetype in _OURS_ALONE:
        return
    body = _unpacked(response).decode(errors="backslashreplace")
    has_failed = response.status_code >= FAILED and response.status_code not in _KEEPS_THE_PAGE
    is_whole = has_failed or response.mimetype != "text/html"
    keep("answers", body if is_whole else "\n".join(_TITLES_AND_ADDRESSES.findall(body)))


def _unpacked(response: "Response") -> bytes:
    held: bytes = response.get_data()
    return gzip.decompress(held) if response.content_encoding == "gzip" else held


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    for name, text in report.sections:
        keep("reports", f"{name}\n{text}")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["canary"] = session.config.stash.get(_TOLD, [])


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    node.config.stash.setdefault(_TOLD, []).extend(getattr(node, "workeroutput", {}).get("canary", []))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    for told in config.stash.get(_TOLD, []):
        terminalreporter.write_line(f"canary: {told}")


def _files(folder: Path) -> Iterator[Path]:
    """Every file there that is still there; links lead to what is looked at anyway."""
    for place, _, names in os.walk(folder):
        for name in names:
            file = Path(place, name)
            if file.is_file() and not file.is_symlink():
                yield file
