"""Each race with its guard and its check taken away: it must go wrong and the audit must see it.

A race that cannot lose proves nothing. Here the database's rule is dropped, the guarded statement and
the eligibility check are replaced, and the same twenty are let loose.
"""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Engine

from portal import migrating
from tests.races import scenes, spoiling
from tests.races.racing import RIVALS, broken_promises, engine_on
from tests.races.test_races import THREADS

pytestmark = pytest.mark.races
Spoil = Callable[[str], None]


@pytest.fixture
def lawless(blank_url: str) -> Iterator[Engine]:
    migrating.upgrade(blank_url)
    with engine_on(blank_url) as engine:
        yield engine


@pytest.fixture
def spoil(lawless: Engine, monkeypatch: pytest.MonkeyPatch) -> Spoil:
    def spoiled(what: str) -> None:
        if what in spoiling.CHECKS:
            spoiling.drop_check(lawless, what)
        spoiling.SPOILERS[what](monkeypatch)

    return spoiled


def test_without_the_stock_guard_more_are_sold_than_there_are(lawless: Engine, spoil: Spoil) -> None:
    spoil("stock")
    assert scenes.the_last_three(lawless, THREADS) == {"claimed": RIVALS}
    assert "stock left is stock less the claims that hold one" in broken_promises(lawless)


def test_without_the_draw_s_guard_a_partner_s_code_is_shown_twice(lawless: Engine, spoil: Spoil) -> None:
    spoil("pool")
    assert scenes.the_last_three_of_a_pool(lawless, THREADS) == {"claimed": RIVALS}
    assert "a claim that was promised a partner's code has one, any other none" in broken_promises(lawless)


def test_without_the_limit_guard_a_member_has_them_all(lawless: Engine, spoil: Spoil) -> None:
    spoil("limit")
    assert scenes.one_member(lawless, THREADS) == {"claimed": RIVALS}
    assert "a claim holds a place as long as it counts" in broken_promises(lawless)


def test_without_the_redemption_guard_a_code_pays_every_till(lawless: Engine, spoil: Spoil) -> None:
    spoil("redemption")
    assert scenes.tills_on_one_code(lawless, THREADS) == {"redeemed": RIVALS}
    assert "a claim is open while it has uses, and closed by its last" in broken_promises(lawless)


def test_without_its_guards_a_claim_is_given_back_and_redeemed(lawless: Engine, spoil: Spoil) -> None:
    spoil("release")
    came = scenes.give_back_against_redeem(lawless, THREADS)
    assert came == {"given back": RIVALS // 2, "redeemed": RIVALS // 2}
    assert broken_promises(lawless) != set()


def test_without_the_balance_guard_points_pay_twice(lawless: Engine, spoil: Spoil) -> None:
    spoil("balance")
    assert scenes.claims_on_one_balance(lawless, THREADS) == {"claimed": RIVALS}
    assert "a balance is never negative" in broken_promises(lawless)


def test_without_the_receipt_a_key_counts_every_time(lawless: Engine, spoil: Spoil) -> None:
    spoil("receipt")
    scenes.one_key(lawless, THREADS)
    assert scenes.claims_made(lawless) == RIVALS


def test_without_its_key_a_receipt_counts_every_time(lawless: Engine, spoil: Spoil) -> None:
    spoiling.drop_receipts(lawless)
    spoil("purchase")
    scenes.one_receipt(lawless, THREADS, members=1)
    assert "a receipt counts once in its store" in broken_promises(lawless)


def test_without_the_counters_guard_a_stores_day_has_no_end(lawless: Engine, spoil: Spoil) -> None:
    spoil("counter")
    assert scenes.the_last_of_a_stores_day(lawless, THREADS) == {"redeemed": RIVALS}
    assert "a counter stays within its limit" in broken_promises(lawless)
