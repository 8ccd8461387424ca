"""portal members: pause somebody's membership until a day, and let them in again."""

from datetime import UTC, date, datetime

import click

from portal.core.base import Work
from portal.core.club import accounts, banning, club
from portal.core.club import members as club_members
from portal.core.club.members import Member
from portal.core.offers import windows
from portal.holding import desk

REASON = click.option("--reason", required=True, help="Why, for the journal.")


@click.group("members")
def group() -> None:
    """Members, named by their mail address."""


@group.command("ban")
@click.argument("email")
@click.option("--until", required=True, help="The last day, such as 2026-12-31, in the club's zone.")
@REASON
def ban(email: str, until: str, reason: str) -> None:
    """Pause a membership: no claims, and codes are on hold."""
    try:
        day = date.fromisoformat(until)
    except ValueError:
        raise click.UsageError("use a day such as 2026-12-31") from None
    with desk.opened() as (session, _keyring):
        ends, now = windows.end_of_day(day, club.the(session).zone), datetime.now(UTC)
        if ends <= now:
            raise desk.No("Use a day that is not over.")
        banning.ban(session, _member(session, email), ends, reason=reason, by=None, now=now)
        session.commit()
    click.echo(f"{email} is paused until the end of {until}.")


@group.command("unban")
@click.argument("email")
@REASON
def unban(email: str, reason: str) -> None:
    """Let a member in again before the day."""
    with desk.opened() as (session, _keyring):
        was = banning.lift(session, _member(session, email), reason=reason, by=None, now=datetime.now(UTC))
        session.commit()
    click.echo(f"{email} is in again." if was else f"{email} was not paused.")


def _member(session: Work, email: str) -> Member:
    account = accounts.by_email(session, email)
    member = None if account is None else club_members.of_account(session, account.id)
    if member is None:
        raise desk.No(f"There is no member with {email}.")
    return member
