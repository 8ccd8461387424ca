"""The `portal` command. What a person can mend is said in a line, with the mend, and answered with 2."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib import import_module
from typing import Any

import click

from portal import config, elsewhere, migrating
from portal.config import Settings
from portal.core.base import Work
from portal.core.club import accounts, links, members
from portal.core.club import club as clubs
from portal.core.club.accounts import Account, Role
from portal.core.club.sign_ins import Face
from portal.core.codes.keyring import Keyring
from portal.core.records import journal
from portal.signin import passwords
from portal.web import db, keys

MENDABLE = (config.SettingsWrong, keys.KeysWrong, migrating.SchemaWrong, db.NotDurable)


class No(click.ClickException):
    """What was asked cannot be done; the message says why."""

    exit_code = 2


class Portal(click.Group):
    """The commands, also those that live elsewhere; no traceback where a sentence does."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted([*super().list_commands(ctx), *elsewhere.COMMANDS])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in elsewhere.COMMANDS:
            return super().get_command(ctx, cmd_name)
        room, _, name = elsewhere.COMMANDS[cmd_name].partition(":")
        found: click.Command = getattr(import_module(f"portal.{room}"), name)
        return found

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except MENDABLE as wrong:
            said = str(wrong)
        except db.UNREACHABLE as gone:
            said = f"The database gives no answer: {str(getattr(gone, 'orig', gone)).strip().splitlines()[0]}"
        click.echo(said, err=True)
        raise SystemExit(2)


@click.group(cls=Portal)
@click.version_option(package_name="counterfoil", prog_name="Counterfoil")
def main() -> None:
    """Counterfoil: members claim offers, staff redeem their codes. Settings: docs/settings.md."""


@main.command()
def upgrade() -> None:
    """Make the database, or bring it up to this version."""
    migrating.upgrade(config.read().database_url)
    click.echo(f"The database is at {migrating.head()}.")


@main.command()
def serve() -> None:
    """Serve the club until told to stop; requests that have begun are finished."""
    from portal import serving

    settings = config.read()
    if not settings.is_production and migrating.is_blank(settings.database_url):
        migrating.upgrade(settings.database_url)
    click.echo(f"Serving {settings.public_url} (on {settings.host}, port {settings.port}).")
    serving.serve(settings)


@main.group("keys")
def keys_group() -> None:
    """The key file: codes are kept under it. Back it up apart from the database."""


@keys_group.command("init")
def keys_init() -> None:
    """Make the first keys, for a club that has none."""
    settings = config.read()
    if not migrating.is_blank(settings.database_url) and _fingerprints(settings):
        raise keys.KeysWrong(
            "This database has keys already. Restore their file; new keys would open none of its codes."
        )
    made = keys.make(settings.keys_path)
    click.echo(f"Keys are in {settings.keys_path}. Copy that file to a safe place now.")
    _tell_fingerprints(made)


@keys_group.command("show")
def keys_show() -> None:
    """Show each key's fingerprint, never a key."""
    _tell_fingerprints(keys.read(config.read().keys_path))


@keys_group.command("rotate")
def keys_rotate() -> None:
    """Add a key that new codes will use; the older ones stay for the codes that they made."""
    settings = config.read()
    held = keys.read(settings.keys_path)
    with _club_at_work(settings) as session:
        if clubs.find(session) is None:
            raise No("There is no club yet, so nothing to rotate for. Run: portal admin create MAIL")
        keys.match(session, held)
        rotated = held.rotated(os.urandom)
        keys.replace(settings.keys_path, rotated)
        keys.match(session, rotated)
        journal.add(session, "keys_rotated", f"key:{rotated.current}", now=_now())
        session.commit()
    click.echo("Copy the key file to every host and restart every process now.")
    _tell_fingerprints(rotated)


@main.group()
def admin() -> None:
    """People who run everything."""


@admin.command("create")
@click.argument("mail")
@click.option("--name", default="", help="What to call them; else the part before the @.")
@click.option("--link", is_flag=True, help="Print a sign-in link instead of asking for a password.")
def admin_create(mail: str, name: str, link: bool) -> None:
    """Open an admin's account, and found the club if there is none."""
    settings = config.read()
    if "@" not in mail:
        raise No(f"{mail} is no email address")
    kept = None if link else passwords.hash(_new_password(mail), settings.password_cost)
    with _club_at_work(settings) as session:
        _found(session, settings)
        if accounts.ever_by_email(session, mail) is not None:
            raise No(f"There is an account of {mail} already. Try: portal sign-in-link {mail}")
        called = name or mail.partition("@")[0]
        account = accounts.open_account(session, mail, called, role=Role.ADMIN, now=_now())
        account.password_hash = kept
        journal.add(
            session, "account_opened", f"account:{account.id}", now=_now(), facts={"role": Role.ADMIN}
        )
        way_in = _link(session, account, Face.STAFF, settings) if link else ""
        session.commit()
    click.echo(f"{called} ({account.email}) is an admin. Sign in at {settings.public_url}/staff/sign-in")
    if way_in:
        _tell_link(way_in)


@main.command("sign-in-link")
@click.argument("mail")
@click.option("--counter", is_flag=True, help="For the counter; else for the member's own pages.")
def sign_in_link(mail: str, counter: bool) -> None:
    """Print a link that signs somebody in once, within a day."""
    settings = config.read()
    with _club_at_work(settings) as session:
        account = accounts.by_email(session, mail)
        if account is None:
            raise No(f"There is no open account of {mail}")
        if counter and account.role is None:
            raise No(f"{mail} has no job at the club. Leave out --counter for a member's link.")
        if not counter and members.of_account(session, account.id) is None:
            raise No(f"{mail} is no member. Add --counter for a link to the counter.")
        way_in = _link(session, account, Face.STAFF if counter else Face.MEMBER, settings)
        session.commit()
    _tell_link(way_in)


@main.command()
def audit() -> None:
    """Compare the books with themselves: every balance, limit, code and redemption. Changes nothing."""
    from portal.core.reading import audit as audits
    from portal.core.reading.recounts import CHECKS

    settings = config.read()
    keyring = keys.read(settings.keys_path)
    with _club_at_work(settings, writes=False) as session:
        differences = list(audits.breaches(session, keyring))
    for breach in differences:
        click.echo(f"{breach.promise}: {breach.subject} has {breach.kept}, counted {breach.counted}")
    if differences:
        raise SystemExit(1)
    click.echo(f"All {len(CHECKS) + 2} checks agree.")


@main.command()
def sweep() -> None:
    """Write down once which codes and points have expired; nothing else depends on it."""
    from portal.worker import sweep as sweeping

    with _club_at_work(config.read(), writes=False) as session:
        done = sweeping.once(session, _now())
    click.echo(f"Expired: {done.claims} codes, points of {done.balances} members.")


@contextmanager
def _club_at_work(settings: Settings, *, writes: bool = True) -> Iterator[Work]:
    """The database, which must be at our schema."""
    migrating.require_current_at(settings.database_url)
    with db.alone(settings.database_url, writes=writes) as session:
        yield session


def _found(session: Work, settings: Settings) -> None:
    name, zone, currency = settings.club_name, settings.club_zone, settings.club_currency
    clubs.found(session, name=name, zone=zone, currency=currency, now=_now())


def _fingerprints(settings: Settings) -> dict[str, Any]:
    with _club_at_work(settings, writes=False) as session:
        club = clubs.find(session)
        return dict(club.key_fingerprints) if club else {}


def _tell_fingerprints(keyring: Keyring) -> None:
    for number, mark in keyring.fingerprints().items():
        click.echo(f"Key {number}: {mark}")


def _new_password(mail: str) -> str:
    while True:
        typed: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
        if not (objection := passwords.objection(typed, mail)):
            return typed
        click.echo(objection, err=True)


def _link(session: Work, account: Account, face: Face, settings: Settings) -> str:
    now = _now()
    token = links.make(session, account.id, face, now=now, entropy=os.urandom)
    journal.add(session, "link_made", f"account:{account.id}", now=now, facts={"face": face})
    return f"{settings.public_url}/sign-in/link/{token}"


def _tell_link(way_in: str) -> None:
    click.echo(f"This link works once, within 24 hours:\n{way_in}")


def _now() -> datetime:
    return datetime.now(UTC)
