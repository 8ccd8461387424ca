"""What the shelf costs: five statements, however much there is, and a page that fits one round trip."""

import gzip
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import insert, inspect

from portal.core.base import Base
from portal.core.claims.claims import Claim
from portal.core.codes import alphabet
from portal.core.offers.offers import Offer, OfferText
from tests import build
from tests.members.ada import Ada
from tests.plumbing.clock import NOON

DAY = timedelta(days=1)


def test_the_shelf_asks_five_questions_however_much_there_is(ada: Ada) -> None:
    offers = [ada.meets(f"Offer {number}") for number in range(5)]
    claim = ada.holds(offers[0])
    ada.opens("/offers")
    with ada.counting() as few:
        ada.opens("/offers")
    more_offers(ada, offers[1], 495)
    more_claims(ada, claim, 4999)
    with ada.counting() as many:
        shelf = ada.opens("/offers")
    assert (len(few), len(many), len(shelf.all("article"))) == (5, 5, 500)


def test_a_page_of_24_offers_fits_into_14_kilobytes(ada: Ada) -> None:
    for number in range(24):
        terms: dict[str, Any] = {"benefit_kind": "percentage", "benefit_value": number + 1}
        ada.meets(f"{number + 1}% off in aisle {number}", claim_to=NOON + number * DAY + DAY, **terms)
    ada.opens("/offers")
    assert len(gzip.compress(ada.answer.data, 6)) <= 14 * 1024


def more_offers(ada: Ada, like: Offer, count: int) -> None:
    """As many offers again, all open to her."""
    ids = range(like.id + 10_000, like.id + 10_000 + count)
    copies(ada, like, [{"id": number, "slug": f"copy-{number}"} for number in ids])
    text = ada.session.get_one(OfferText, (like.id, "en"))
    copies(ada, text, [{"offer_id": number} for number in ids])


def more_claims(ada: Ada, like: Claim, count: int) -> None:
    """As many claims of hers again, all of them used."""
    used = {
        "slot": None,
        "member_limit": None,
        "state": "closed",
        "closed_reason": "redeemed",
        "uses_left": 0,
    }
    ids = range(like.id + 10_000, like.id + 10_000 + count)
    names = [alphabet.mint_reference(build.CHANCE.pick) for _ in ids]
    copies(
        ada,
        like,
        [{"id": number, "reference": name, **used} for number, name in zip(ids, names, strict=True)],
    )


def copies(ada: Ada, like: Base, changes: Sequence[dict[str, Any]]) -> None:
    """Rows like this one but for some columns."""
    row = {column.key: getattr(like, column.key) for column in inspect(type(like)).column_attrs}
    ada.session.execute(insert(type(like)), [row | change for change in changes])
    ada.session.commit()
