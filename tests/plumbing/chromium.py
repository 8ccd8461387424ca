"""Finds a Chromium that starts, or fetches one, or says what to type."""

import fcntl
import functools
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.plumbing import apt

HELP = """No Chromium was found that starts. One of these lines brings one:
  apt-get install -y chromium                    (Debian, as root)
  .venv/bin/python -m playwright install chromium
or name yours: CHROMIUM=/path/to/chromium make test"""

ASK_PLAYWRIGHT = """
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
"""

# Chromium's own sandbox refuses root; the rest keeps it from calling home.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@functools.cache
def path() -> str:
    """The browser to drive. It is looked for once a process, and fetched by one process at a time."""
    with (Path(sys.prefix) / ".chromium.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for candidate in _candidates():
            if candidate and _starts(candidate):
                return candidate
    pytest.fail(HELP, pytrace=False)


def _candidates() -> Iterator[str | None]:
    if named := os.environ.get("CHROMIUM"):
        yield named
        pytest.fail(f"CHROMIUM={named} does not start.", pytrace=False)
    for name in ("chromium", "chromium-browser", "google-chrome"):
        yield shutil.which(name)
    yield _playwrights_own()
    for fetch in (_by_playwright, _by_apt):
        fetch()
        yield shutil.which("chromium")
        yield _playwrights_own()


def _starts(candidate: str) -> bool:
    """A browser that lies there but lacks a library does not count."""
    try:
        return subprocess.run([candidate, "--version"], capture_output=True, timeout=30).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _playwrights_own() -> str | None:
    # In a process of its own: Playwright's synchronous interface may already be at work in this one.
    found = subprocess.run([sys.executable, "-c", ASK_PLAYWRIGHT], capture_output=True, text=True, timeout=60)
    return found.stdout.strip() or None


def _by_playwright() -> None:
    apt.attempt([sys.executable, "-m", "playwright", "install", "chromium"])


def _by_apt() -> None:
    apt.install("chromium")
