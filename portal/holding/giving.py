"""portal grant: gives an offer to one member, or to those of a file, and says for each what came of it."""

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

import click
from babel.numbers import get_currency_precision
from pydantic import ValidationInfo, field_validator

from portal.core.base import Work
from portal.core.claims import granting
from portal.core.claims.granting import Gift, Given, Giver
from portal.core.club import club as clubs
from portal.core.club import finding
from portal.core.codes.keyring import Keyring
from portal.core.offers import grants, offers
from portal.core.offers.grants import Source
from portal.core.offers.offers import BenefitKind, Offer
from portal.core.refusals import Refusal
from portal.holding import desk
from portal.importing import files, rows
from portal.importing.cells import Closing, Mend, Short, minor_units, of_club
from portal.importing.files import FileWrong, Line
from portal.importing.reports import Remark, ReportFile
from portal.importing.rows import Row
from portal.web import db
from portal.web.keys import CHANCE

MOST = 500


class GrantRow(Row):
    """One member and what is personal; what is left out is the offer's."""

    KEY = "member"
    EXTRA = frozenset({"value", "title", "text", "expires", "external_id", "metadata"})

    member: Short
    value: int | None = None
    title: Short | None = None
    text: str | None = None
    expires: Closing | None = None
    external_id: Short | None = None
    metadata: dict[str, Any] | None = None

    @field_validator("value", mode="before")
    @classmethod
    def _in_the_offers_unit(cls, text: str, info: ValidationInfo) -> int:
        known = of_club(info)
        if known["kind"] == BenefitKind.PERCENTAGE:
            if not text.isascii() or not text.isdigit() or not 1 <= int(text[:4]) <= 100:
                raise Mend("use a whole per cent from 1 to 100, such as 20")
            return int(text)
        return minor_units(text, known["digits"])

    @field_validator("metadata", mode="before")
    @classmethod
    def _is_a_document(cls, text: str) -> dict[str, Any]:
        try:
            read = json.loads(text)
        except ValueError:
            read = None
        if not isinstance(read, dict) or not grants.fits(read):
            raise Mend(
                f'use a JSON object of at most {grants.LARGEST_METADATA} bytes, such as {{"order": 7}}'
            )
        return read


@dataclass(frozen=True)
class Round:
    """One offer being given: where, by what key, and what a cell is read with."""

    session: Work
    keyring: Keyring
    offer: Offer
    giver: Giver
    source: Source
    known: Mapping[str, Any]


@click.command("grant")
@click.argument("slug")
@click.option("--member", help="Whom: an address, a card number or an external id.")
@click.option(
    "--members",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help=f"A CSV file with a line for each, at most {MOST}.",
)
@click.option("--value", help="Another value than the offer's: 25 for per cent, 5.20 for a sum.")
@click.option("--title", help="Another title.")
@click.option("--text", help="A sentence for this member.")
@click.option("--expires", help="The last day, such as 2026-12-31.")
@click.option("--external-id", help="What your own system calls it.")
@click.option("--metadata", help="A JSON object to keep beside it, at most 4 KB.")
@click.option("--key", help="A repeat under the same key gives nobody a second one.")
@click.option("--reason", help="Why, for the journal.")
@click.option(
    "--report", type=click.Path(dir_okay=False, path_type=Path), help="Write every remark to this file."
)
def command(
    slug: str,
    member: str | None,
    members: Path | None,
    key: str | None,
    reason: str | None,
    report: Path | None,
    **own: str | None,
) -> None:
    """Give an offer to a member by name; they find it on their shelf, or claimed where the offer says so."""
    if (member is None) == (members is None):
        raise click.UsageError("say --member or --members")
    if members is not None and key is None:
        raise click.UsageError("say --key, so that a repeat of the file gives nobody two")
    cells = {name: value for name, value in {"member": member, **own}.items() if value}
    lines = iter([Line(0, cells)]) if members is None else _lines(members)
    source = Source.STAFF if members is None else Source.BATCH
    with desk.opened() as (session, keyring):
        round_ = _round(session, keyring, slug, Giver(reason=reason, key=key), source)
        wrong = _give(round_, lines, report)
    if wrong:
        sys.exit(1)


def _round(session: Work, keyring: Keyring, slug: str, giver: Giver, source: Source) -> Round:
    offer, club = offers.by_slug(session, slug), clubs.the(session)
    if offer is None:
        raise desk.No(f"There is no offer {slug}")
    digits = get_currency_precision(club.currency)
    session.commit()
    known = {"zone": club.zone, "digits": digits, "kind": offer.benefit_kind}
    return Round(session, keyring, offer, giver, source, known)


def _lines(path: Path) -> Iterator[Line]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            sheet = files.open_sheet(file, required=GrantRow.must_have(), allowed=GrantRow.EXTRA)
            lines = list(islice(sheet.lines(), MOST + 1))
    except FileWrong as wrong:
        raise click.ClickException(str(wrong)) from None
    if len(lines) > MOST:
        raise desk.No(f"The file has more than {MOST} lines: split it, and give each part a key of its own.")
    return iter(lines)


def _give(round_: Round, lines: Iterator[Line], report: Path | None) -> int:
    remarks: list[Remark] = []
    given, before = 0, 0
    for line in lines:
        came = _one(round_, line)
        if isinstance(came, Given):
            given, before = given + came.is_new, before + (not came.is_new)
        else:
            remarks += came
    for remark in remarks:
        click.echo(str(remark).replace("Line 0, ", ""))
    click.echo(f"{given:,} given, {before:,} given before, {len({one.line for one in remarks}):,} left out.")
    if report is not None:
        with report.open("w", encoding="utf-8-sig", newline="") as file:
            ReportFile(file).write(remarks)
    return len(remarks)


def _one(round_: Round, line: Line) -> Given | list[Remark]:
    """Each line is a transaction of its own: one that is left out takes no other with it."""
    row = rows.parse(GrantRow, line, round_.known)
    if isinstance(row, list):
        return row
    db.begin_writing(round_.session)
    try:
        member_id = finding.by_any(round_.session, row.member)
        if member_id is None:
            return [row.remark("member", "nobody has that address, card or external id")]
        given = granting.give(
            round_.session,
            round_.keyring,
            _gift(round_, row, member_id),
            round_.giver,
            now=datetime.now(UTC),
            chance=CHANCE,
        )
        round_.session.commit()
    except Refusal as refusal:
        return [row.remark("member", desk.said(refusal))]
    finally:
        round_.session.rollback()
    return given


def _gift(round_: Round, row: GrantRow, member_id: int) -> Gift:
    return Gift(
        round_.offer.id,
        member_id,
        value=row.value,
        title=row.title,
        text=row.text,
        expires_at=row.expires,
        external_id=row.external_id,
        metadata=row.metadata,
        source=round_.source,
    )
