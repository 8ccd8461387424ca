"""Crowds: as many rows like one as a test of size asks for, inserted at once and past the deeds."""

import secrets
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Column, insert, inspect, text
from sqlalchemy.orm import Session

from portal.core.base import Base
from portal.core.claims.claims import Claim
from portal.core.codes import alphabet
from portal.core.offers.offers import Offer, OfferText

# Copies are numbered from here on, out of the way of what the deeds number.
FIRST = 10_000
FAR = 1_000_000
USED = {"slot": None, "member_limit": None, "state": "closed", "closed_reason": "redeemed", "uses_left": 0}


def of_offers(session: Session, like: Offer, count: int) -> None:
    """As many offers again, on the same terms and in the same words."""
    ids = range(like.id + FIRST, like.id + FIRST + count)
    copies(session, like, [{"id": number, "slug": f"copy-{number}"} for number in ids])
    text = session.get_one(OfferText, (like.id, "en"))
    copies(session, text, [{"offer_id": number} for number in ids])


def of_claims(session: Session, like: Claim, count: int) -> None:
    """As many claims again of the same member, all of them used."""
    ids, then = range(like.id + FIRST, like.id + FIRST + count), {"closed_at": like.claimed_at}
    copies(session, like, [{"id": number, "reference": _reference(), **USED, **then} for number in ids])


def copies(session: Session, like: Base, changes: Sequence[dict[str, Any]]) -> None:
    """Rows like this one but for some columns."""
    kept = [each.key for each in inspect(type(like)).column_attrs if isinstance(each.columns[0], Column)]
    row = {key: getattr(like, key) for key in kept}
    session.execute(insert(type(like)), [row | change for change in changes])


def _reference() -> str:
    return alphabet.mint_reference(secrets.choice)


def multiplied(session: Session, like: Base, count: int, **columns: str) -> None:
    """On PostgreSQL, quickly, as many rows again; SQL says what of `columns` differs in row number n."""
    table = type(like).__table__
    names = [column.name for column in table.columns]
    given = [columns.get(name, f't."{name}"') for name in names]
    listed = ", ".join(f'"{name}"' for name in names)
    session.flush()
    session.execute(
        text(
            f"INSERT INTO {table} ({listed}) SELECT {', '.join(given)} "  # noqa: S608 - names of our own
            f"FROM {table} t, generate_series({FAR}, {FAR + count}) n WHERE t.{names[0]} = :first"
        ),
        {"first": getattr(like, names[0])},
    )
