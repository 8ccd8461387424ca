"""portal club: what the club has settled for all its members."""

from datetime import UTC, datetime

import click

from portal.core.club import club as clubs
from portal.core.records import journal
from portal.holding import desk


@click.group("club")
def group() -> None:
    """What holds for all members."""


@group.command("most-open-grants")
@click.argument("number")
def most_open_grants(number: str) -> None:
    """How many offers given by name may wait for one member: a NUMBER, or none for no limit."""
    if number != "none" and not (number.isascii() and number.isdigit() and 0 < int(number) < 10_000):
        raise click.UsageError("say a number from 1, or none")
    wanted = None if number == "none" else int(number)
    with desk.opened() as (session, _keyring):
        club = clubs.the(session)
        club.most_open_grants = wanted
        now = datetime.now(UTC)
        journal.add(session, "club_changed", "club", now=now, facts={"most_open_grants": wanted})
        session.commit()
    click.echo("No limit." if wanted is None else f"At most {wanted} may wait for one member.")
