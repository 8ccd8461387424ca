"""Proving an address by mail: six digits for the browser that asked, a link for any; either uses up both.

The digits and the link are made from a secret when the mail is sent. Of the secret only the seed is kept,
which is worth nothing without the keys.
"""

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from portal.core.club import links
from portal.core.club.joining import Joining
from portal.core.club.links import MailCode, WayIn
from portal.core.club.sign_ins import Face, hashed

DIGITS = 6
DIGITS_LAST = timedelta(minutes=10)
LINK_LASTS = timedelta(hours=1)
TRIES = 5
KEPT = timedelta(days=1)

SecretOf = Callable[[str, int], bytes]


@dataclass(frozen=True)
class Secret:
    """What the digits and the link come from, and what is kept in order to make it again."""

    seed: str
    key_version: int
    value: bytes


@dataclass(frozen=True)
class For:
    """Whose address is to be proved: an account's, or that of somebody who is joining."""

    account_id: int | None = None
    joining_id: int | None = None


def digits(secret: bytes) -> str:
    """The six digits of a mail."""
    drawn = int.from_bytes(hmac.digest(secret, b"digits", "sha256"))
    return f"{drawn % 10**DIGITS:0{DIGITS}d}"


def link_token(secret: bytes) -> str:
    """What stands in the link of a mail."""
    return hmac.digest(secret, b"link", "sha256").hex()


def begin(session: Session, whom: For, secret: Secret, *, browser: str, now: datetime) -> int:
    """Expect the digits from that browser, or the link from anywhere; answers the number for the outbox."""
    code = MailCode(
        account_id=whom.account_id,
        joining_id=whom.joining_id,
        face=Face.MEMBER,
        token_hash=hashed(link_token(secret.value)),
        made_at=now,
        ends_at=now + LINK_LASTS,
        seed=secret.seed,
        key_version=secret.key_version,
        browser_hash=hashed(browser),
        tries=0,
    )
    session.add(code)
    session.flush()
    return code.id


def by_digits(
    session: Session, browser: str, typed: str, *, now: datetime, secret_of: SecretOf
) -> WayIn | None:
    """What these digits open in this browser. Each try counts, also a wrong one: commit in any case."""
    counted = (
        update(MailCode)
        .where(
            MailCode.browser_hash == hashed(browser),
            MailCode.used_at.is_(None),
            MailCode.made_at > now - DIGITS_LAST,
            MailCode.tries < TRIES,
        )
        .values(tries=MailCode.tries + 1)
        .returning(MailCode.id, MailCode.seed, MailCode.key_version)
    )
    for row in session.execute(counted).all():
        if hmac.compare_digest(digits(secret_of(row.seed, row.key_version)), typed):
            return _use(session, row.id, now)
    return None


def forget_old(session: Session, now: datetime) -> None:
    """Drop codes that nobody can use any more, and what was typed by those who never came back."""
    session.execute(delete(MailCode).where(MailCode.ends_at < now - KEPT))
    waiting = select(MailCode.joining_id).where(MailCode.joining_id.is_not(None))
    session.execute(delete(Joining).where(Joining.asked_at < now - KEPT, Joining.id.not_in(waiting)))


def _use(session: Session, number: int, now: datetime) -> WayIn:
    row = session.execute(
        update(MailCode)
        .where(MailCode.id == number)
        .values(used_at=now)
        .returning(MailCode.id, MailCode.face, MailCode.account_id, MailCode.joining_id)
    ).one()
    return links.way_in(*row)
