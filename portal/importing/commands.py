"""portal import: what is asked of the person, and what is said to them."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from babel.numbers import get_currency_precision

from portal import config, migrating
from portal.config import Settings
from portal.core.base import Work
from portal.core.club import club as clubs
from portal.core.club.club import Club
from portal.core.codes.keyring import Keyring
from portal.core.codes.profiles import Strength
from portal.importing import cells, files, members
from portal.importing.codes import CodeRow, Codes, Wish, told
from portal.importing.fields import FieldRow, Fields
from portal.importing.files import Sheet
from portal.importing.members import MemberRow, Members
from portal.importing.offers import OfferRow, Offers
from portal.importing.purchases import PurchaseRow, Purchases
from portal.importing.rows import Row
from portal.importing.running import Kind, Run
from portal.importing.staff import Staff, StaffRow
from portal.importing.stores import StoreRow, Stores
from portal.importing.telling import Told
from portal.importing.vendor_ids import VendorIdRow, VendorIds
from portal.web import db, keys


@dataclass(frozen=True)
class Given:
    """What a kind may need to know before the first line."""

    session: Work
    settings: Settings
    row: type[Row]
    sheet: Sheet
    zone: str
    digits: int
    dry: bool


Make = Callable[[Given], Kind[Any]]
Shape = Callable[[Work], type[Row]]


@click.group("import")
def group() -> None:
    """Bring in stores, staff, fields, members, partners' codes, offers or purchases from a CSV file.

    A repeat changes only what differs. The format is in docs/importing.md.
    """


def _hang(name: str, shape: Shape, make: Make, words: str) -> None:
    @click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
    @click.option("--dry-run", is_flag=True, help="Say what would happen and write nothing.")
    @click.option(
        "--report",
        type=click.Path(dir_okay=False, path_type=Path),
        help="Write every remark to this CSV file.",
    )
    def command(file: Path, dry_run: bool, report: Path | None) -> None:
        try:
            _bring_in(file, shape, make, dry=dry_run, report=report)
        except files.FileWrong as wrong:
            raise click.ClickException(str(wrong)) from None

    group.command(name, help=words)(command)


def _staff(given: Given) -> Staff:
    return Staff(_keyring(given))


def _keyring(given: Given) -> Keyring:
    may_make = not given.dry and not given.settings.is_production
    return keys.of_club(given.session, given.settings.keys_path, may_make=may_make)


def _handle(text: str) -> str:
    try:
        return cells.code(text)
    except cells.Mend as mend:
        raise click.BadParameter(str(mend)) from None


def _members(given: Given) -> Members:
    assert issubclass(given.row, MemberRow)
    return Members(given.row)


def _offers(given: Given) -> Offers:
    return Offers(given.sheet.headers, given.zone)


def _purchases(given: Given) -> Purchases:
    return Purchases(10**given.digits, dry=given.dry)


_hang("stores", lambda _: StoreRow, lambda given: Stores(given.zone), "Stores and their tills.")
_hang("staff", lambda _: StaffRow, _staff, "Staff, their stores and their PINs.")
_hang("fields", lambda _: FieldRow, lambda _: Fields(), "What the club asks of its members.")
_hang("members", members.shape, _members, "Members with opening points, cards and fields.")
_hang("offers", lambda _: OfferRow, _offers, "Offers with their terms.")
_hang("vendor-ids", lambda _: VendorIdRow, lambda _: VendorIds(), "What other systems call our things.")
_hang("purchases", lambda _: PurchaseRow, _purchases, "Purchases that earn points, and returns.")


@group.command("codes")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--pool", required=True, type=_handle, help="The pool they go to; made where there is none.")
@click.option("--case-matters", is_flag=True, help="For a new pool: k and K are two letters.")
@click.option("--alarm-below", type=click.IntRange(min=1), help="Say when fewer than that are left.")
@click.option("--dry-run", is_flag=True, help="Say what would happen and write nothing.")
@click.option(
    "--report",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write every remark to this CSV file.",
)
def bring_codes(
    file: Path, pool: str, case_matters: bool, alarm_below: int | None, dry_run: bool, report: Path | None
) -> None:
    """Codes that a partner made, one a line, into a pool."""
    strength, wish = Strength(), Wish(pool, case_matters, alarm_below)

    def make(given: Given) -> Codes:
        return Codes(_keyring(given), keys.CHANCE, wish, strength)

    try:
        _bring_in(file, lambda _: CodeRow, make, dry=dry_run, report=report)
    except files.FileWrong as wrong:
        raise click.ClickException(str(wrong)) from None
    finally:
        for line in told(strength):
            click.echo(line)


def _bring_in(path: Path, shape: Shape, make: Make, *, dry: bool, report: Path | None) -> None:
    settings = config.read()
    migrating.require_current_at(settings.database_url)
    with path.open(encoding="utf-8-sig", newline="") as file, db.alone(settings.database_url) as session:
        row = shape(session)
        sheet = files.open_sheet(file, required=row.must_have(), allowed=row.EXTRA)
        club = _club(session, settings)
        known: dict[str, Any] = {"zone": club.zone, "digits": get_currency_precision(club.currency)}
        given = Given(session, settings, row, sheet, club.zone, known["digits"], dry)
        run = Run(session, make(given), known, datetime.now(UTC), dry)
        run.end()
        with Told.of(file, path, report) as told:
            run.over(sheet, told.hear)
    if dry:
        click.echo("Nothing was written (--dry-run).")
    if told.total.left_out:
        sys.exit(1)


def _club(session: Work, settings: Settings) -> Club:
    return clubs.found(
        session,
        name=settings.club_name,
        zone=settings.club_zone,
        currency=settings.club_currency,
        now=datetime.now(UTC),
    )
