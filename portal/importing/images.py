"""portal offer image: an offer's picture, brought in from a file or taken away."""

from datetime import UTC, datetime
from pathlib import Path

import click

from portal import config, migrating
from portal.core.offers import images, offers
from portal.web import db, pictures


@click.group("offer")
def group() -> None:
    """One offer, named by its slug."""


@group.command("image")
@click.argument("slug")
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--remove", is_flag=True, help="Take the picture away.")
def image(slug: str, file: Path | None, remove: bool) -> None:
    """Give an offer its picture: a PNG, JPEG or WebP of at most 10 MB. It is made smaller and kept."""
    if remove == (file is not None):
        raise click.UsageError("name a file, or say --remove")
    picture = None if file is None else _picture(file)
    settings = config.read()
    migrating.require_current_at(settings.database_url)
    with db.alone(settings.database_url) as session:
        offer = offers.by_slug(session, slug)
        if offer is None:
            raise click.ClickException(f"there is no offer {slug}")
        now = datetime.now(UTC)
        if picture is None:
            changed = images.remove(session, offer, now=now, by=None)
            said = f"{slug} shows no picture now." if changed else f"{slug} had no picture."
        else:
            changed = images.show(session, offer, picture, now=now, by=None)
            size = f"{picture.width} × {picture.height}, {len(picture.body) // 1024 + 1} kB"
            said = f"{slug} shows {file} ({size})." if changed else f"{slug} shows this picture already."
        session.commit()
    click.echo(said)


def _picture(file: Path) -> images.Picture:
    with file.open("rb") as opened:
        raw = opened.read(pictures.LARGEST_FILE + 1)
    try:
        return pictures.rewritten(raw)
    except pictures.PictureWrong as wrong:
        raise click.ClickException(f"{file}: {wrong}.") from None
