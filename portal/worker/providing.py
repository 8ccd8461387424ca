"""Codes that an outside provider makes: asked for outside of any transaction, kept in one, known by a key."""

import logging
from datetime import timedelta

from flask import Flask

from portal.config import Settings
from portal.core.claims import holds
from portal.core.claims.holds import Due
from portal.web import clock, db, keys
from portal.worker import providers
from portal.worker.providers import CodeService, Never, NotNow, Provider

# Longer than a provider is waited for: after a crash the hold is free again then.
LEASE = timedelta(seconds=providers.PATIENCE * 6)
MOST = 50

log = logging.getLogger("portal.worker")


def once(app: Flask, provider: Provider | None = None) -> int:
    """Everything that is due, one after another; answers how many. Without a provider they wait."""
    settings: Settings = app.config["PORTAL"]
    if not settings.provider_url:
        return 0
    asked = provider or CodeService(settings)
    done = 0
    while done < MOST and (due := _take(app)) is not None:
        _provide(app, asked, due)
        done += 1
    return done


def _take(app: Flask) -> Due | None:
    with app.app_context():
        db.begin_writing()
        due = holds.lease(db.session(), now=clock.now(), lasts=LEASE)
        db.session().commit()
    return due


def _provide(app: Flask, provider: Provider, due: Due) -> None:
    code, trouble = _fetch(provider, due)
    with app.app_context():
        db.begin_writing()
        _note(due, code, trouble)
        db.session().commit()


def _fetch(provider: Provider, due: Due) -> tuple[str, Exception | None]:
    try:
        return provider.fetch(due.key, due.offer), None
    except (NotNow, Never) as trouble:
        log.warning("hold %s got no code, try %s: %s", due.id, due.attempts, trouble)
        return "", trouble


def _note(due: Due, code: str, trouble: Exception | None) -> None:
    session, now = db.session(), clock.now()
    if trouble is None and holds.capture(session, keys.keyring(), due, code, now=now, chance=keys.CHANCE):
        return
    if isinstance(trouble, NotNow):
        if not holds.put_off(session, due, now=now):
            log.error("hold %s is given up: what the claim took has returned", due.id)
        return
    # Refused for good, or no code that a till could know.
    holds.give_up(session, due, now=now)
    log.error("hold %s is given up: the provider made no usable code", due.id)
