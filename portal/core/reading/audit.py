"""Recounts stock, places, balances, lots and states from the rows that are only ever added."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core.claims.claims import Claim
from portal.core.codes import pool_codes
from portal.core.codes.keyring import Keyring, SealBroken
from portal.core.codes.pool_codes import PoolCode
from portal.core.codes.store import Code
from portal.core.reading.recounts import CHECKS


@dataclass(frozen=True)
class Breach:
    """One row that does not agree: which promise it breaks, whose it is, and what both sides say."""

    promise: str
    subject: str
    kept: int
    counted: int


CODES_OPEN = "a live code opens and is found again"
PARTNERS_OPEN = "a partner's code opens in its own row"


def breaches(session: Session, keyring: Keyring) -> Iterator[Breach]:
    """Every disagreement, promise by promise; an honest database yields nothing."""
    for promise, statement in CHECKS.items():
        for row in session.execute(statement):
            yield Breach(promise, row.subject, int(row.kept), int(row.counted))
    yield from _codes(session, keyring)
    yield from _partners(session, keyring)


def _codes(session: Session, keyring: Keyring) -> Iterator[Breach]:
    live = (
        select(Code.lookup, Code.sealed, Claim.reference)
        .join(Claim, Claim.id == Code.claim_id)
        .where(Code.ended_at.is_(None))
        .execution_options(yield_per=1000)
    )
    for lookup, sealed, reference in session.execute(live):
        if sealed is not None and not _opens(keyring, lookup, sealed, reference):
            yield Breach(CODES_OPEN, f"claim {reference}", 1, 0)


def _partners(session: Session, keyring: Keyring) -> Iterator[Breach]:
    kept = select(PoolCode.id, PoolCode.lookup, PoolCode.sealed).execution_options(yield_per=1000)
    for number, lookup, sealed in session.execute(kept):
        try:
            pool_codes.opens(keyring, lookup, sealed)
        except SealBroken:
            yield Breach(PARTNERS_OPEN, f"pool code {number}", 1, 0)


def _opens(keyring: Keyring, lookup: bytes, sealed: bytes, reference: str) -> bool:
    try:
        return lookup in keyring.lookups(keyring.open(sealed, reference))
    except SealBroken:
        return False
