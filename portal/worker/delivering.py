"""Delivery: messages are taken on lease, written, sent and settled; trouble waits for its next turn."""

import logging
from datetime import timedelta

from flask import Flask

from portal.config import Settings
from portal.core.records import outbox
from portal.core.records.outbox import Leased
from portal.web import clock, db
from portal.worker import letters, mail
from portal.worker.letters import Later, Letter, Written
from portal.worker.mail import NotNow, Post, Undeliverable

BATCH = 20
# Longer than a batch can take while the mail server does not answer.
LEASE = timedelta(seconds=mail.PATIENCE * BATCH * 2)

log = logging.getLogger("portal.worker")


def once(app: Flask) -> int:
    """One batch; answers how many messages it held. Without a mail server they wait."""
    settings: Settings = app.config["PORTAL"]
    if not settings.smtp_host:
        return 0
    batch = take(app)
    with Post(settings) as post:
        for one in batch:
            _deliver(app, post, one)
    return len(batch)


def take(app: Flask) -> list[Leased]:
    """Lease what is due; after a crash it is free again when the lease ends."""
    with app.app_context():
        db.begin_writing()
        batch = outbox.lease(db.session(), now=clock.now(), lasts=LEASE, most=BATCH)
        db.session().commit()
    return batch


def _deliver(app: Flask, post: Post, one: Leased) -> None:
    with app.app_context():
        if clock.now() >= one.leased_until:
            return
        written, trouble = _try(app, post, one)
        db.session().rollback()
        db.begin_writing()
        _note(one, written, trouble)
        db.session().commit()


def _try(app: Flask, post: Post, one: Leased) -> tuple[Written, Exception | None]:
    """One letter that cannot be written must not hold up those behind it."""
    try:
        written = letters.write(one.kind, one.facts, one.due_at)
        db.session().rollback()
        return written, _send(app, post, one, written) if isinstance(written, Letter) else None
    except db.UNREACHABLE:
        raise
    except Exception as broken:
        log.exception("message %s (%s) could not be written", one.id, one.kind)
        return None, NotNow(type(broken).__name__)


def _send(app: Flask, post: Post, one: Leased, letter: Letter) -> Exception | None:
    settings: Settings = app.config["PORTAL"]
    try:
        post.send(mail.compose(letter, settings, name=mail.message_id(one, settings), now=clock.now()))
    except (Undeliverable, NotNow, ValueError) as trouble:
        log.warning("message %s (%s) was not sent, try %s: %s", one.id, one.kind, one.attempts, trouble)
        return trouble
    return None


def _note(one: Leased, written: Written, trouble: Exception | None) -> None:
    session, now = db.session(), clock.now()
    if isinstance(written, Later):
        outbox.put_off(session, one, written.until)
    elif trouble is None:
        outbox.settle(session, one, now)
    elif not isinstance(trouble, NotNow):
        outbox.bury(session, one, now)
    elif not outbox.retry_or_bury(session, one, now):
        log.error("message %s (%s) is given up", one.id, one.kind)
