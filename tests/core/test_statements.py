"""What a deed may cost the database, BEGIN and COMMIT counted."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from portal.core.claims import claiming
from portal.core.claims.claiming import Asked
from portal.core.offers import offers
from tests import build
from tests.plumbing.clock import NOON


@pytest.mark.parametrize("points_cost, most", [(0, 12), (200, 15)])
def test_a_claim_is_a_dozen_statements_and_a_few_more_for_points(
    engine: Engine, points_cost: int, most: int
) -> None:
    with Session(engine, expire_on_commit=False) as session:
        member, store = build.a_member(session, points=1250), build.a_store(session)
        offer = build.an_offer(session, points_cost=points_cost, stock=3)
        offers.set_stores(session, offer, [store.id])
        asked = Asked(member.id, offer.id, "tap", seen_version=offer.version)
        session.commit()
        with counted(engine) as statements:
            claiming.claim_offer(session, build.KEYRING, asked, now=NOON, chance=build.CHANCE)
            session.commit()
    # BEGIN is said aloud on SQLite only, COMMIT on neither.
    said = [statement for statement in statements if not statement.startswith("BEGIN")]
    assert len(said) + 2 <= most


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    """Every statement the engine sends meanwhile."""
    seen: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)
