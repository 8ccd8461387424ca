"""Queues the reminders that are due, by day, each once."""

from datetime import datetime

from portal.core.base import Work
from portal.core.claims import reminders
from portal.web import db

BATCH = 200


def once(session: Work, now: datetime) -> int:
    """One pass, in short transactions; answers how many claims were looked after."""
    done = 0
    while True:
        db.begin_writing(session)
        batch = reminders.write_due(session, now=now, batch=BATCH)
        session.commit()
        done += batch
        if batch == 0:
            return done
