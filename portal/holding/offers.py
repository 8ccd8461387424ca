"""portal offer archive: takes an offer off, and with --withdraw ends what nobody has used of it."""

from datetime import UTC, datetime

import click

from portal.core.claims import cancelling
from portal.core.claims.acts import By
from portal.core.offers import offers
from portal.holding import desk
from portal.importing.images import group
from portal.web import db


@group.command("archive")
@click.argument("slug")
@click.option("--withdraw", is_flag=True, help="End its open grants and unused claims too, points back.")
@click.option("--reason", required=True, help="Why, for the journal.")
def archive(slug: str, withdraw: bool, reason: str) -> None:
    """Take an offer off for good. Alone it ends no claim; a repeat goes on where one was cut short."""
    ended, by = 0, By(reason)
    with desk.opened() as (session, _keyring):
        offer = offers.by_slug(session, slug)
        if offer is None:
            raise desk.No(f"There is no offer {slug}")
        cancelling.archive(session, offer, by, now=datetime.now(UTC))
        session.commit()
        while withdraw:
            db.begin_writing(session)
            some = cancelling.withdraw_some(session, offer.id, by, now=datetime.now(UTC))
            session.commit()
            ended += some
            if not some:
                break
    click.echo(f"{slug} is archived." + (f" {ended:,} withdrawn." if withdraw else ""))


__all__ = ["group"]
