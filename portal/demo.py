"""portal demo: an invented club, ready to be looked at. It makes what it needs and touches nobody else's."""

from datetime import UTC, datetime

import click

from portal import config, migrating
from portal.config import Mode, Settings
from portal.signin import passwords
from portal.town import people
from portal.town.calendar import Calendar
from portal.town.people import CLUB, MEMBERS, PASSWORD, STAFF, NotTheDemo
from portal.town.town import Town, load
from portal.web import db, keys


@click.command()
@click.option("--no-serve", is_flag=True, help="Make the club and stop.")
def command(no_serve: bool) -> None:
    """Open Harbour Lane, an invented club, and serve it.

    DATABASE_URL and PORT are respected; a repeat leaves the club as it has become.
    """
    settings = _settings()
    try:
        town = prepare(settings)
    except NotTheDemo as other:
        raise click.ClickException(str(other)) from None
    _tell(settings, town)
    if not no_serve:
        from portal import serving

        serving.serve(settings)


def prepare(settings: Settings) -> Town:
    """Database, keys and town, each made where it is missing."""
    migrating.upgrade(settings.database_url)
    with db.alone(settings.database_url) as session:
        now = datetime.now(UTC)
        people.open_club(session, Calendar(now))
        keyring = keys.of_club(session, settings.keys_path, may_make=True)
        town = load(session, keyring, now, lambda password: passwords.hash(password, settings.password_cost))
        session.commit()
    return town


def _settings() -> Settings:
    settings = config.read()
    if settings.is_production:
        raise click.ClickException("PORTAL_MODE is production, where an invented club has no place.")
    return settings.model_copy(update={"mode": Mode.DEMO, "club_name": CLUB})


def _tell(settings: Settings, town: Town) -> None:
    state = "is ready" if town.is_new else "is there already; nothing was changed"
    click.echo(f"{CLUB} {state}.\n")
    click.echo(f"Members sign in at {settings.public_url}/sign-in, password {PASSWORD}:")
    for one in MEMBERS.values():
        click.echo(f"  {one.email:<20}  {(one.tier or '').title():<6}  {one.is_played_as} to begin with")
    click.echo(f"\nStaff sign in at {settings.public_url}/staff/sign-in, same password:")
    for one in STAFF:
        click.echo(f"  {one.email:<20}  PIN {one.pin}  {one.is_played_as}")
    click.echo("")
