"""portal points: put a balance right, and the club's rules of earning."""

from datetime import UTC, datetime
from decimal import Decimal

import click

from portal.core.base import Work
from portal.core.club import club as clubs
from portal.core.club import finding, tiers
from portal.core.points import adjusting
from portal.core.records import journal
from portal.core.refusals import InsufficientPoints
from portal.holding import desk

LONGEST = 120  # months


@click.group("points")
def group() -> None:
    """Points: corrections, and how they are earned and expire."""


@group.command("adjust", context_settings={"ignore_unknown_options": True})
@click.argument("member")
@click.argument("amount", type=click.IntRange(-10_000_000, 10_000_000))
@click.option("--reason", required=True, help="Why; the member reads it too.")
def adjust(member: str, amount: int, reason: str) -> None:
    """Add AMOUNT points to MEMBER (address, external id or card), or take them: -50."""
    if not amount or not reason.strip():
        raise click.UsageError("say a number of points other than 0, and a reason")
    with desk.opened() as (session, _keyring):
        try:
            after = adjusting.adjust(
                session, _member(session, member), amount, reason=reason.strip(), by=None, now=_now()
            )
        except InsufficientPoints as short:
            there = short.facts["available"]
            raise desk.No(f"{member} has only {there:,} points; nothing was taken.") from None
        session.commit()
    click.echo(f"{member} has {after:,} points now.")


@group.command("rate")
@click.argument("tier")
@click.argument("points")
def rate(tier: str, points: str) -> None:
    """POINTS such as 1.5 for each 1 of the currency, for members of TIER (a code), from now on."""
    wanted = _hundredfold(points)
    with desk.opened() as (session, _keyring):
        found = tiers.by_code(session, tier)
        if found is None:
            there = ", ".join(one.code for one in tiers.every(session)) or "none yet"
            raise desk.No(f"There is no tier {tier}; there is: {there}.")
        found.rate = wanted
        journal.add(session, "tier_changed", f"tier:{tier}", now=_now(), facts={"rate": wanted})
        session.commit()
    click.echo(f"{found.name} earns {points} points for each 1 of the currency.")


@group.command("expire-after")
@click.argument("months")
def expire_after(months: str) -> None:
    """Points earned from now on live until the end of the month MONTHS on, or never expire: never."""
    if months != "never" and not (months.isascii() and months.isdigit() and 0 < int(months) <= LONGEST):
        raise click.UsageError(f"say a number of months from 1 to {LONGEST}, or never")
    wanted = None if months == "never" else int(months)
    with desk.opened() as (session, _keyring):
        clubs.the(session).points_months = wanted
        journal.add(session, "club_changed", "club", now=_now(), facts={"points_months": wanted})
        session.commit()
    click.echo("Points never expire." if wanted is None else f"Points expire at the end of month {wanted}.")


def _member(session: Work, named: str) -> int:
    found = finding.by_any(session, named)
    if found is None:
        raise desk.No(f"There is no member {named}: give an address, an external id or a card.")
    return found


def _hundredfold(points: str) -> int:
    number = Decimal(points) * 100 if points.replace(".", "", 1).isdecimal() else Decimal(-1)
    if not 0 <= number <= 100_000 or number != int(number):
        raise click.UsageError("say points such as 1 or 1.25, with at most two digits after the point")
    return int(number)


def _now() -> datetime:
    return datetime.now(UTC)
