"""The loop works until it is told to stop, and trouble in one task leaves the others alone."""

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime
from threading import Event, Thread

import pytest

from portal import config
from portal.worker import delivering, loop, sweep
from tests.plumbing import canary
from tests.plumbing.project import ROOT


def test_one_round_sends_sweeps_and_reminds(app, claimed, post, clock):
    claimed(valid_days=30)
    clock.forward(days=24)
    claimed(valid_days=30)
    stop = Event()
    worker = Thread(target=loop.run, args=(app, stop), kwargs={"pause": 0.02})
    worker.start()
    while len(post.box.mails) < 2:
        assert worker.is_alive()
        stop.wait(0.02)
    stop.set()
    worker.join(10)
    assert not worker.is_alive()
    assert {mail["Subject"].partition(" coffee")[2] for mail in post.box.mails} == {
        " is in your wallet",
        ": still yours, not for long",
    }


def test_trouble_in_the_sweep_does_not_stop_the_mail(app, claimed, post, monkeypatch, caplog):
    claimed()
    stop = Event()

    def broken(*_):
        stop.set()
        raise RuntimeError("no")

    monkeypatch.setattr(sweep, "once", broken)
    monkeypatch.setattr(stop, "is_set", iter([False, True, True, True]).__next__)
    loop.run(app, stop)
    assert ("sweep failed" in caplog.text, len(post.box.mails)) == (True, 1)


def test_trouble_with_the_mail_does_not_stop_the_loop(app, monkeypatch, caplog):
    monkeypatch.setattr(delivering, "once", lambda _app: 1 / 0)
    stop = Event()
    monkeypatch.setattr(stop, "is_set", iter([False, False, True]).__next__)
    loop.run(app, stop, pause=0)
    assert caplog.text.count("deliver failed") == 2


def test_the_command_sends_what_waits_and_stops_when_told(environment, claimed, post, clock):
    clock.instant = datetime.now(UTC)
    claimed()
    command = [sys.executable, "-c", "from portal.cli import main; main()", "worker"]
    worker = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    while worker.poll() is None and not post.box.arrived.wait(0.1):
        pass
    worker.send_signal(signal.SIGTERM)
    said, _ = worker.communicate(timeout=30)
    canary.keep("workers", said)
    assert (worker.returncode, said.splitlines()[-1], len(post.box.mails)) == (0, "Stopped.", 1)


@pytest.fixture
def environment(app, post):
    """The app's own settings, for a process beside it."""
    return {**os.environ, **config.environment(app.config["PORTAL"])}
