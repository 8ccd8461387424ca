"""portal claims: what the club does about one claim, named by its reference, each time with a reason."""

import os
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import click

from portal import config
from portal.core.base import Work
from portal.core.claims import acts, cancelling, extending, locks
from portal.core.claims.acts import By
from portal.core.offers import windows
from portal.core.redeeming import reversals
from portal.core.refusals import Refusal
from portal.holding import desk

REASON = click.option("--reason", required=True, help="Why, for the journal.")


@click.group("claims")
def group() -> None:
    """One claim, named by its eight-letter reference."""


@group.command("cancel")
@click.argument("ref")
@REASON
def cancel(ref: str, reason: str) -> None:
    """End a claim that nobody has used: its points, place and stock go back."""
    points = _act(lambda session, now: cancelling.cancel(session, ref, By(reason), now=now))
    click.echo(f"{ref} is cancelled. {points:,} points returned.")


@group.command("unclaim")
@click.argument("ref")
@REASON
def unclaim(ref: str, reason: str) -> None:
    """The same for one that came from a grant, which waits to be claimed again."""
    points = _act(lambda session, now: cancelling.unclaim(session, ref, By(reason), now=now))
    click.echo(f"{ref} is a grant again. {points:,} points returned.")


@group.command("extend")
@click.argument("ref")
@click.option("--until", help="The last day, such as 2026-12-31, in the claim's zone.")
@click.option("--link", is_flag=True, help="Print a link that its holder can extend it with, once.")
@REASON
def extend(ref: str, until: str | None, link: bool, reason: str) -> None:
    """Let a claim live longer, also one that time has ended."""
    if link == (until is not None):
        raise click.UsageError("say --until or --link")
    if until is None:
        token = _act(lambda session, now: _link(session, ref, reason, now))
        click.echo(f"This link works once, within 30 days:\n{config.read().public_url}/extend/{token}")
        return
    _act(lambda session, now: _until(session, ref, _day(until), reason, now))
    click.echo(f"{ref} works until the end of {until}.")


@group.command("lock")
@click.argument("ref")
@click.option("--minutes", type=click.IntRange(1, 7 * 24 * 60), default=10, show_default=True)
@click.option("--owner", default="command", show_default=True, help="Who alone may use it, such as basket:7.")
@REASON
def lock(ref: str, minutes: int, owner: str, reason: str) -> None:
    """Keep a claim for one basket or till for a while."""
    lasts = timedelta(minutes=minutes)
    _act(lambda session, now: locks.lock(session, ref, owner, By(reason), until=now + lasts, now=now))
    click.echo(f"{ref} is locked for {minutes} minutes.")


@group.command("unlock")
@click.argument("ref")
@REASON
def unlock(ref: str, reason: str) -> None:
    """Let a locked claim go, whoever keeps it."""
    was = _act(lambda session, now: locks.unlock(session, ref, By(reason), now=now))
    click.echo(f"{ref} is free." if was else f"{ref} was not locked.")


@group.command("reverse")
@click.argument("ref")
@click.option(
    "--cancel", "also_cancel", is_flag=True, help="End the claim as well: points and stock go back."
)
@REASON
def reverse(ref: str, also_cancel: bool, reason: str) -> None:
    """Take back the latest redemption of a claim, up to 90 days on; its code works again."""
    if also_cancel:
        points = _act(lambda session, now: _reverse_and_cancel(session, ref, reason, now))
        click.echo(f"It is taken back, and {ref} is cancelled. {points:,} points returned.")
        return
    _act(
        lambda session, now: reversals.reverse(
            session, reversals.last_of(session, ref), reason, by=None, now=now
        )
    )
    click.echo(f"The redemption of {ref} is taken back. Its code works again.")


def _reverse_and_cancel(session: Work, ref: str, reason: str, now: datetime) -> int:
    last = reversals.last_of(session, ref)
    return reversals.reverse_and_cancel(session, last, By(reason), now=now)


def _act(deed: Callable[[Work, datetime], Any]) -> Any:
    with desk.opened() as (session, _keyring):
        try:
            came = deed(session, datetime.now(UTC))
        except Refusal as refusal:
            raise desk.No(desk.said(refusal)) from None
        session.commit()
    return came


def _until(session: Work, ref: str, day: date, reason: str, now: datetime) -> None:
    claim = acts.under_locks(session, ref)
    extending.extend(session, ref, By(reason), until=windows.end_of_day(day, claim.zone), now=now)


def _link(session: Work, ref: str, reason: str, now: datetime) -> str:
    claim = acts.under_locks(session, ref)
    token = extending.make_link(session, claim, now=now, entropy=os.urandom)
    acts.note(session, "extension_link_made", claim, By(reason), now=now)
    return token


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise click.UsageError("use a day such as 2026-12-31") from None
