"""Each race with its guard and its check taken away: it must go wrong and the audit must see it.

A race that cannot lose proves nothing. Here the database's rule is dropped, the guarded statement and
the eligibility check are replaced, and the same twenty are let loose.
"""

from collections.abc import Iterator
from datetime import datetime

import pytest
from sqlalchemy import Engine, bindparam, update
from sqlalchemy.orm import Session

from portal import migrating
from portal.core.claims import claims
from portal.core.offers import eligibility, stock
from portal.core.offers.stock import Stock
from portal.core.points import balances, ledger, lots
from portal.core.points.ledger import EntryKind
from portal.core.records import receipts
from portal.core.redeeming import check, redemptions
from tests.races import test_races as races
from tests.races.racing import (
    RIVALS,
    UNGUARDED_CHANGE,
    UNGUARDED_USE,
    broken_promises,
    drop_check,
    engine_on,
)

pytestmark = pytest.mark.races
Patch = pytest.MonkeyPatch


@pytest.fixture
def lawless(blank_url: str) -> Iterator[Engine]:
    migrating.upgrade(blank_url)
    with engine_on(blank_url) as engine:
        yield engine


def test_without_the_stock_guard_more_are_sold_than_there_are(lawless: Engine, monkeypatch: Patch) -> None:
    drop_check(lawless, "stock", "ck_stock_never_oversold")
    without(monkeypatch, "_sold_out")
    taken = (
        update(Stock)
        .where(Stock.offer_id == bindparam("of_offer"))
        .values(remaining=Stock.remaining - 1)
        .returning(Stock.remaining)
    )
    monkeypatch.setattr(stock, "TAKE", taken)
    assert races.the_last_three(lawless) == {"claimed": RIVALS}
    assert "stock left is stock less the claims that hold one" in broken_promises(lawless)


def test_without_the_limit_guard_a_member_has_them_all(lawless: Engine, monkeypatch: Patch) -> None:
    drop_check(lawless, "claims", "ck_claims_slot_held")
    without(monkeypatch, "_already_claimed", "_limit_reached")
    assert races.one_member(lawless) == {"claimed": RIVALS}
    assert "a claim holds a place as long as it counts" in broken_promises(lawless)


def test_without_the_redemption_guard_a_code_pays_every_till(lawless: Engine, monkeypatch: Patch) -> None:
    drop_check(lawless, "claims", "ck_claims_uses_within")
    monkeypatch.setattr(check, "judge", nothing_against)
    monkeypatch.setattr(redemptions, "CONSUME", UNGUARDED_USE)
    assert races.tills_on_one_code(lawless) == {"redeemed": RIVALS}
    assert "a claim is open while it has uses, and closed by its last" in broken_promises(lawless)


def test_without_its_guards_a_claim_is_given_back_and_redeemed(lawless: Engine, monkeypatch: Patch) -> None:
    drop_check(lawless, "claims", "ck_claims_uses_within")
    monkeypatch.setattr(check, "judge", nothing_against)
    monkeypatch.setattr(redemptions, "CONSUME", UNGUARDED_USE)
    monkeypatch.setattr(claims, "can_be_given_back", lambda claim, now: True)
    assert races.give_back_against_redeem(lawless) == {"given back": RIVALS // 2, "redeemed": RIVALS // 2}
    assert broken_promises(lawless) != set()


def test_without_the_balance_guard_points_pay_twice(lawless: Engine, monkeypatch: Patch) -> None:
    drop_check(lawless, "balances", "ck_balances_never_negative")
    without(monkeypatch, "_points_short")
    monkeypatch.setattr(balances, "CHANGE", UNGUARDED_CHANGE)
    monkeypatch.setattr(lots, "spend", spend_without_looking)
    assert races.claims_on_one_balance(lawless) == {"claimed": RIVALS}
    assert "a balance is never negative" in broken_promises(lawless)


def test_without_the_receipt_a_key_counts_every_time(lawless: Engine, monkeypatch: Patch) -> None:
    monkeypatch.setattr(receipts, "open_or_replay", lambda session, once, result, now: result)
    races.one_key(lawless)
    assert races.claims_made(lawless) == RIVALS


def without(monkeypatch: Patch, *checks: str) -> None:
    left = tuple(guard for guard in eligibility.GUARDS if guard[1].__name__ not in checks)
    monkeypatch.setattr(eligibility, "GUARDS", left)


def nothing_against(session: Session, claim: claims.Claim, store_id: int, now: datetime) -> None:
    return None


def spend_without_looking(
    session: Session, member_id: int, cost: int, *, now: datetime, claim_id: int | None = None
) -> None:
    ledger.write(session, EntryKind.SPENT, -cost, member_id=member_id, now=now, claim_id=claim_id)
