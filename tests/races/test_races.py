"""Twenty at once, on both databases: the outcomes are exact, and the books agree afterwards."""

import pytest
from sqlalchemy import Engine

from tests.races import scenes
from tests.races.racing import RIVALS, broken_promises, race
from tests.races.scenes import Crowd

pytestmark = pytest.mark.races
THREADS = Crowd(RIVALS, race)


def test_the_last_three_of_an_offer(engine: Engine) -> None:
    assert scenes.the_last_three(engine, THREADS) == {"claimed": 3, "offer_sold_out": RIVALS - 3}
    assert broken_promises(engine) == set()


def test_the_last_three_codes_of_a_pool(engine: Engine) -> None:
    came = scenes.the_last_three_of_a_pool(engine, THREADS)
    assert came == {"claimed": 3, "code_pool_empty": RIVALS - 3}
    assert broken_promises(engine) == set()


def test_one_member_twenty_times(engine: Engine) -> None:
    assert scenes.one_member(engine, THREADS) == {"claimed": 1, "offer_already_claimed": RIVALS - 1}
    assert broken_promises(engine) == set()


def test_twenty_tills_on_one_code(engine: Engine) -> None:
    assert scenes.tills_on_one_code(engine, THREADS) == {"redeemed": 1, "code_already_redeemed": RIVALS - 1}
    assert broken_promises(engine) == set()


def test_giving_back_against_redeeming(engine: Engine) -> None:
    came = scenes.give_back_against_redeem(engine, THREADS)
    won = came["given back"] + came["redeemed"]
    assert (won, came["code_revoked"], came["claim_not_cancellable"]) == (
        RIVALS // 2,
        came["given back"],
        came["redeemed"],
    )
    assert broken_promises(engine) == set()


def test_many_claims_on_one_balance(engine: Engine) -> None:
    came = scenes.claims_on_one_balance(engine, THREADS)
    assert came == {"claimed": 1, "insufficient_points": RIVALS - 1}
    assert broken_promises(engine) == set()


def test_one_key_twenty_times(engine: Engine) -> None:
    assert scenes.one_key(engine, THREADS) == {"claimed": RIVALS}
    assert scenes.claims_made(engine) == 1
    assert broken_promises(engine) == set()


def test_one_receipt_twenty_times(engine: Engine) -> None:
    assert scenes.one_receipt(engine, THREADS, members=1) == {"earned 50": RIVALS}
    assert broken_promises(engine) == set()


def test_one_receipt_for_twenty_members(engine: Engine) -> None:
    came = scenes.one_receipt(engine, THREADS, members=RIVALS)
    assert came == {"earned 50": 1, "receipt_differs": RIVALS - 1}
    assert broken_promises(engine) == set()


def test_purchases_against_claims_on_one_balance(engine: Engine) -> None:
    came = scenes.purchases_against_claims(engine, THREADS)
    assert came["earned 50"] == RIVALS // 2
    assert came["claimed"] + came["insufficient_points"] == RIVALS // 2
    assert came["claimed"] >= 1
    assert broken_promises(engine) == set()


def test_twenty_tills_on_the_last_redemption_of_a_stores_day(engine: Engine) -> None:
    came = scenes.the_last_of_a_stores_day(engine, THREADS)
    assert came == {"redeemed": 1, "store_day_used_up": RIVALS - 1}
    assert broken_promises(engine) == set()


def test_two_stores_on_the_last_redemption_of_all(engine: Engine) -> None:
    came = scenes.two_stores_on_the_last_of_all(engine, THREADS)
    assert came == {"redeemed": 1, "offer_used_up": RIVALS - 1}
    assert broken_promises(engine) == set()


def test_twenty_tills_on_the_first_redemptions_under_a_new_limit(engine: Engine) -> None:
    came = scenes.tills_on_a_new_limit(engine, THREADS)
    assert came == {"redeemed": 3, "budget_spent": RIVALS - 3}
    assert broken_promises(engine) == set()
