"""portal pools: what is left of each partner's codes."""

import click

from portal import config, migrating
from portal.core.codes import pools
from portal.core.codes.pools import Level
from portal.web import db


@click.command()
def command() -> None:
    """List the pools of partners' codes, with what is left in each."""
    settings = config.read()
    migrating.require_current_at(settings.database_url)
    with db.alone(settings.database_url, writes=False) as session:
        lines = [_line(level) for level in pools.levels(session)]
    for line in lines or ["There is no pool yet. Run: portal import codes FILE --pool NAME"]:
        click.echo(line)


def _line(level: Level) -> str:
    below = level.pool.alarm_below
    if below is None:
        alarm = "no alarm"
    else:
        alarm = f"LOW: fewer than {below:,}" if level.left < below else f"alarm below {below:,}"
    return f"{level.pool.name}: {level.left:,} of {level.total:,} left, {alarm}"
