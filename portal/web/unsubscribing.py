"""The mark in a reminder by which it can be ended: it names a member, and only we can make it."""

import hmac

from portal.core.codes.keyring import Keyring

_LENGTH = 32


def mark(keyring: Keyring, member_id: int, version: int | None = None) -> str:
    """What stands in the link; it opens nothing else, and works as long as the keys do."""
    return f"{member_id}-{keyring.mail_secret(f'reminders of {member_id}', version).hex()[:_LENGTH]}"


def whose(keyring: Keyring, given: str) -> int | None:
    """The member whom a mark names, or None where it is made up."""
    number = given.partition("-")[0]
    if not (number.isascii() and number.isdigit() and len(number) <= 18):
        return None
    marks = [mark(keyring, int(number), version) for version in keyring.versions]
    right = any(hmac.compare_digest(one.encode(), given.encode(errors="replace")) for one in marks)
    return int(number) if right else None
