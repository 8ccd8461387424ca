"""What the commands of this room share: the club's database with its keys, and a refusal in a line."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from portal import config, migrating
from portal.core.base import Work
from portal.core.codes.keyring import Keyring
from portal.core.refusals import Refusal
from portal.web import db, keys, refusing


class No(click.ClickException):
    """What was asked cannot be done; the message says why."""

    exit_code = 2


@contextmanager
def opened() -> Iterator[tuple[Work, Keyring]]:
    """The database, which must be at our schema, and the keys that fit it."""
    settings = config.read()
    migrating.require_current_at(settings.database_url)
    with db.alone(settings.database_url) as session:
        yield session, keys.of_club(session, settings.keys_path, may_make=False)


def said(refusal: Refusal) -> str:
    """Why not, in a line."""
    words = refusing.staff_words(refusal.code, {})
    return f"{words.headline} ({refusal.code})"
