"""portal audience: how many members an offer reaches now."""

from datetime import UTC, datetime

import click

from portal import config, migrating
from portal.core.offers import offers
from portal.core.reading import audiences
from portal.web import db


@click.command("audience")
@click.argument("slug")
def command(slug: str) -> None:
    """Count the members who see an offer, and those whom its audience lets have it. Changes nothing."""
    url = config.read().database_url
    migrating.require_current_at(url)
    with db.alone(url) as session:
        offer = offers.by_slug(session, slug)
        if offer is None:
            raise click.BadParameter(f"there is no offer {slug}", param_hint="SLUG")
        reach = audiences.reach(session, offer, datetime.now(UTC))
    click.echo(f"Members: {reach.members:,}.")
    click.echo(f"See {slug}: {reach.shown:,}.")
    click.echo(f"May have it, points and limits aside: {reach.let_in:,}.")
