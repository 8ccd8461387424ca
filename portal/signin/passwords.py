"""Passwords: argon2id, two at a time, and never while a transaction is open."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from werkzeug.exceptions import ServiceUnavailable

from portal.web.i18n import gettext as _

MIN_LENGTH = 8
MAX_LENGTH = 128
# What everybody tries first, of eight letters and more.
_TRIED_FIRST = (
    "password password1 password12 password123 passw0rd p@ssw0rd 12345678 123456789 1234567890 123123123 "
    "87654321 11111111 00000000 88888888 qwertyui qwerty12 qwerty123 qwertyuiop 1q2w3e4r 1q2w3e4r5t q1w2e3r4 "
    "1qaz2wsx zaq12wsx asdfghjk asdfghjkl abcd1234 abc12345 a1b2c3d4 iloveyou iloveyou1 sunshine sunshine1 "
    "princess princess1 football football1 baseball superman starwars michelle trustno1 whatever computer "
    "internet letmein1 welcome1 welcome123 changeme changeme1 administrator counterfoil slaptazodis"
)
_COMMON = frozenset(_TRIED_FIRST.split())
_AT_ONCE = BoundedSemaphore(2)
_PATIENCE = 8.0


def hash(password: str, cost: str) -> str:  # noqa: A001 - read as passwords.hash
    """The form in which a password is kept."""
    with _one_of_two():
        return _hasher(cost).hash(password)


def verify(kept: str | None, password: str, cost: str) -> bool:
    """Whether it is that password; where none is kept the answer takes as long and is no."""
    with _one_of_two():
        try:
            _hasher(cost).verify(kept or _nobodys(cost), password)
        except (VerificationError, InvalidHashError):
            return False
    return bool(kept)


def needs_rehash(kept: str, cost: str) -> bool:
    """Whether it was kept at another cost than today's."""
    return _hasher(cost).check_needs_rehash(kept)


def objection(password: str, email: str) -> str:
    """Why this cannot be the password of that account, or nothing."""
    if not MIN_LENGTH <= len(password) <= MAX_LENGTH:
        return _("Use %(least)s to %(most)s characters.", least=MIN_LENGTH, most=MAX_LENGTH)
    if password.casefold() in {*_COMMON, email.strip().casefold()}:
        return _("That is among the first that anybody would try. Choose another.")
    return ""


@cache
def _hasher(cost: str) -> PasswordHasher:
    if cost == "low":
        return PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    return PasswordHasher(time_cost=3, memory_cost=65536, parallelism=1)


@cache
def _nobodys(cost: str) -> str:
    return _hasher(cost).hash("nobody has this password")


@contextmanager
def _one_of_two() -> Iterator[None]:
    """Each takes 64 MiB for a while; who waits too long is asked to come back."""
    if not _AT_ONCE.acquire(timeout=_PATIENCE):
        raise ServiceUnavailable
    try:
        yield
    finally:
        _AT_ONCE.release()
