"""The key file: read once at start, made where nothing can be lost by it, matched with the database."""

import os
import secrets
from pathlib import Path

from flask import Flask, current_app

from portal.core.base import Chance, Work
from portal.core.club import club as clubs
from portal.core.codes import keyring as keyrings
from portal.core.codes.keyring import KeyFileBroken, Keyring

CHANCE = Chance(secrets.choice, os.urandom)


class KeysWrong(Exception):
    """The keys are missing, unreadable, or not those of this database; the message says the mend."""


def read(path: Path) -> Keyring:
    """The keyring in that file."""
    if not path.is_file():
        raise KeysWrong(f"There is no key file at {path}. Run: portal keys init (or restore its backup).")
    try:
        return keyrings.loads(path.read_text())
    except KeyFileBroken as broken:
        raise KeysWrong(f"{path}: {broken}") from None


def make(path: Path) -> Keyring:
    """Write new keys, readable by their owner only; an existing file is never overwritten."""
    keyring = keyrings.new(os.urandom)
    write(path, keyring)
    return keyring


def write(path: Path, keyring: Keyring) -> None:
    """Put a keyring into a file that does not exist yet."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise KeysWrong(f"{path} exists already and is left as it is.") from None
    with os.fdopen(handle, "w") as file:
        file.write(keyrings.dumps(keyring))
        file.flush()
        os.fsync(file.fileno())


def replace(path: Path, keyring: Keyring) -> None:
    """Put a keyring in the place of the one in that file, in one step."""
    beside = path.with_suffix(".new")
    beside.unlink(missing_ok=True)
    write(beside, keyring)
    beside.replace(path)


def of_club(session: Work, path: Path, *, may_make: bool) -> Keyring:
    """The keys of this database; made only where no club has any yet and it `may` be so."""
    if may_make and not path.exists() and not clubs.the(session).key_fingerprints:
        make(path)
    held = read(path)
    match(session, held)
    return held


def match(session: Work, keyring: Keyring) -> None:
    """Refuse keys that are not those the club's codes were made with; a new club takes these as its own."""
    club = clubs.the(session)
    known = dict(club.key_fingerprints)
    held = {str(version): mark for version, mark in keyring.fingerprints().items()}
    strange = [version for version, mark in known.items() if held.get(version) != mark]
    if strange:
        raise KeysWrong(
            f"The key file lacks version {', '.join(strange)} of this database's keys. "
            "Mount the right file; new keys would open none of the codes that exist."
        )
    if held != known:
        club.key_fingerprints = held
        session.flush()


def install(app: Flask, keyring: Keyring) -> None:
    """Give the running app its keys."""
    app.extensions["keyring"] = keyring


def keyring() -> Keyring:
    """The keys of the running app."""
    held: Keyring = current_app.extensions["keyring"]
    return held
