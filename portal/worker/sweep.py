"""The sweep writes down what time has done, and drops what is of no use any more. Nobody waits for it."""

import logging
from dataclasses import dataclass
from datetime import datetime

from portal.core.base import Work
from portal.core.claims import expiry, granting
from portal.core.club import proofs
from portal.core.codes import pools
from portal.core.points import balances, ladder, lots
from portal.core.records import limits, outbox
from portal.web import db

BATCH = 200

log = logging.getLogger("portal.worker")


@dataclass(frozen=True)
class Swept:
    """How much there was to do."""

    claims: int
    balances: int


def once(session: Work, now: datetime) -> Swept:
    """One pass, in short transactions; two passes at once do each thing once."""
    _tiers(session, now)
    done = Swept(claims=_claims(session, now), balances=_points(session, now))
    _grants(session, now)
    db.begin_writing(session)
    limits.sweep(session, now)
    outbox.sweep(session, now)
    proofs.forget_old(session, now)
    for name, left in pools.note_levels(session, now):
        log.warning("pool %s is low: %s codes left", name, left)
    session.commit()
    return done


def _claims(session: Work, now: datetime) -> int:
    closed = 0
    while True:
        db.begin_writing(session)
        batch = expiry.record_expired(session, now=now, batch=BATCH)
        session.commit()
        closed += batch
        if batch < BATCH:
            return closed


def _grants(session: Work, now: datetime) -> None:
    full = True
    while full:
        db.begin_writing(session)
        full = granting.record_expired(session, now=now, batch=BATCH) == BATCH
        session.commit()


def _points(session: Work, now: datetime) -> int:
    """One member a transaction: each holds that member's lock, and no claim should wait for the others."""
    swept = 0
    while due := lots.members_with_dead_points(session, now, most=BATCH):
        session.rollback()
        for member_id in due:
            db.begin_writing(session)
            balances.lock(session, member_id)
            lots.write_off_due(session, member_id, now)
            session.commit()
        swept += len(due)
    session.rollback()
    return swept


def _tiers(session: Work, now: datetime) -> None:
    """Who has not earned their tier again stands lower from the year's end on."""
    while True:
        db.begin_writing(session)
        late = ladder.unjudged(session, now, most=BATCH)
        if late:
            ladder.judge(session, late, now=now)
        session.commit()
        if len(late) < BATCH:
            return
