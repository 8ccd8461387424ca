"""portal cards: block a card that is lost, and open it again."""

from collections.abc import Callable
from datetime import UTC, datetime

import click

from portal.core.club import blocking
from portal.core.club import cards as club_cards
from portal.holding import desk


@click.group("cards")
def group() -> None:
    """Members' cards."""


@group.command("block")
@click.argument("number")
@click.option("--reason", required=True, help="Why, for the journal.")
def block(number: str, reason: str) -> None:
    """Let card NUMBER earn and claim nothing any more."""
    _do(number, reason, blocking.block, "is blocked now", "was blocked before")


@group.command("unblock")
@click.argument("number")
@click.option("--reason", required=True, help="Why, for the journal.")
def unblock(number: str, reason: str) -> None:
    """Let card NUMBER work again."""
    _do(number, reason, blocking.unblock, "works again", "was not blocked")


def _do(number: str, reason: str, deed: Callable[..., bool], done: str, before: str) -> None:
    if not reason.strip():
        raise click.UsageError("say why")
    with desk.opened() as (session, _keyring):
        card = club_cards.by_number(session, number)
        if card is None:
            raise desk.No(f"There is no card {number}.")
        changed = deed(session, card, reason=reason.strip(), by=None, now=datetime.now(UTC))
        session.commit()
    click.echo(f"Card {number} {done if changed else before}.")
