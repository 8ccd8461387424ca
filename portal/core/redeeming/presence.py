"""The six digits that a store's counter shows for a minute: who types them is there."""

import hmac
from datetime import datetime, timedelta

from portal.core.codes.keyring import Keyring
from portal.core.offers.offers import Presence
from portal.core.refusals import PresenceTokenInvalid, PresenceTokenMissing

DIGITS = 6
STEP = timedelta(seconds=60)
# Whoever has read it may queue for a while before they type it.
STILL_GOOD = timedelta(minutes=5)


def shown(keyring: Keyring, store_code: str, now: datetime) -> str:
    """What the store's counter shows now."""
    return _digits(keyring.presence_secrets(store_code)[0], _step(now))


def changes_at(now: datetime) -> datetime:
    """When the counter shows the next one."""
    return now + STEP - timedelta(seconds=now.timestamp() % STEP.total_seconds())


def is_shown(keyring: Keyring, store_code: str, typed: str, now: datetime) -> bool:
    """Whether the counter has shown that lately: it counts for five minutes after it went."""
    given = "".join(letter for letter in typed if not letter.isspace())
    steps = range(_step(now - STILL_GOOD), _step(now) + 1)
    good = [
        hmac.compare_digest(_digits(secret, step), given)
        for secret in keyring.presence_secrets(store_code)
        for step in steps
        if given.isascii()
    ]
    return any(good)


def proved(wanted: str, keyring: Keyring, store_code: str, typed: str, now: datetime) -> bool | None:
    """Whether the use is verified; None where the offer does not ask.

    Raises PresenceTokenMissing where it is required and absent, PresenceTokenInvalid where it is wrong.
    """
    if wanted == Presence.NONE:
        return None
    if not typed.strip():
        if wanted == Presence.REQUIRED:
            raise PresenceTokenMissing
        return False
    if not is_shown(keyring, store_code, typed, now):
        raise PresenceTokenInvalid
    return True


def _step(now: datetime) -> int:
    return int(now.timestamp() // STEP.total_seconds())


def _digits(secret: bytes, step: int) -> str:
    drawn = int.from_bytes(hmac.digest(secret, step.to_bytes(8), "sha256"))
    return f"{drawn % 10**DIGITS:0{DIGITS}d}"
