"""Keys are changed under a server that runs: nobody notices, neither before its restart nor after it."""

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.core.codes import keyring as keyrings
from portal.web import keys
from tests.plumbing import canary, serving
from tests.plumbing.command import PORTAL, portal
from tests.plumbing.project import ROOT
from tests.torture import machine, town
from tests.torture.caller import Caller
from tests.torture.machine import Machine
from tests.torture.test_kills import code_in, sign_in
from tests.torture.town import Town


@pytest.fixture
def place(database_url: str, tmp_path: Path) -> Town:
    return town.opened(database_url, tmp_path)


@pytest.fixture
def server(place: Town, tmp_path: Path) -> Iterator[Machine]:
    with machine.running(tmp_path, **place.settings) as server:
        yield server


def test_nobody_notices_a_change_of_keys(place: Town, server: Machine) -> None:
    ada, ona = Caller(server.port), Caller(server.port)
    ada.send(sign_in(ada, "/sign-in", "ada"))
    at_the_till(ona, place)
    first, second = claimed(ada, "before"), claimed(ada, "before too")
    codes = [shown(ada, first), shown(ada, second)]
    said = portal("keys", "rotate", folder=server.folder, **server.settings).stdout
    third = claimed(ada, "after, at the same server")
    assert [shown(ada, first), shown(ada, second)] == codes
    assert verdict(ona, place, codes[0]) == "go"
    server.kill_and_start()
    fourth = claimed(ada, "after the restart")
    codes = [codes[1], shown(ada, third), shown(ada, fourth)]
    assert (shown(ada, second), len({*codes})) == (codes[0], 3)
    assert [verdict(ona, place, code) for code in codes] == ["go"] * 3
    assert (server.audit().startswith("All "), "restart every process" in said) == (True, True)
    canary.learn(place.url, keys.read(key_file(place)))


def test_without_an_old_key_it_does_not_start(place: Town, tmp_path: Path) -> None:
    settings = {**place.settings, "PORT": str(serving.free_port())}
    portal("keys", "rotate", folder=tmp_path, **settings)
    without(key_file(place), 1)
    answer = subprocess.run(
        [*PORTAL, "serve"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), **settings},
        capture_output=True,
        text=True,
        timeout=60,
    )
    lacks = "The key file lacks version 1 of this database's keys. Mount the right file"
    assert (answer.returncode, answer.stderr.startswith(lacks), answer.stderr.count("\n")) == (2, True, 1)


def claimed(ada: Caller, key: str) -> str:
    """The address of what she claims."""
    offer = f"/offers/{town.FREE}"
    return ada.send(ada.form(f"{offer}/claims", offer, key=key)).location


def shown(ada: Caller, path: str) -> str:
    code = code_in(ada.get(path))
    assert code != ""
    return code


def at_the_till(ona: Caller, place: Town) -> None:
    ona.send(sign_in(ona, "/staff/sign-in", "ona"))
    ona.send(ona.form(f"/counter/tills/{place.till_id}", "/counter"))
    ona.send(ona.form("/counter/pin", "/counter/pin", pin=town.PIN))


def verdict(ona: Caller, place: Town, code: str) -> str:
    """What the till reads of that code, which is redeemed if it is good."""
    bench = f"/counter/{place.till_id}"
    scan = ona.send(ona.form(f"{bench}/scans", bench, code=code, key=ona.get(bench).key))
    return ona.get(scan.location).verdict


def key_file(place: Town) -> Path:
    return Path(place.settings["PORTAL_KEYS_FILE"])


def without(file: Path, removed: int) -> None:
    """Somebody takes one version out of the key file."""
    held = json.loads(file.read_text())
    held["keys"] = [key for key in held["keys"] if key["version"] != removed]
    file.write_text(json.dumps(held))
    assert removed not in keyrings.loads(file.read_text()).versions
