"""The races again, by eight processes with an engine each: exact outcomes, and the books agree."""

import pytest
from sqlalchemy import Engine

from tests.races import scenes
from tests.races.racing import broken_promises
from tests.torture.crew import SIZE, Crew

ROUNDS = range(3)
STOCK, EACH = 100, 40


def test_the_last_three_of_an_offer(engine: Engine, crew: Crew) -> None:
    for _ in ROUNDS:
        assert scenes.the_last_three(engine, crew.crowd()) == {"claimed": 3, "offer_sold_out": SIZE - 3}
    assert broken_promises(engine) == set()


def test_one_member_in_every_process(engine: Engine, crew: Crew) -> None:
    for _ in ROUNDS:
        came = scenes.one_member(engine, crew.crowd())
        assert came == {"claimed": 1, "offer_already_claimed": SIZE - 1}
    assert broken_promises(engine) == set()


def test_one_code_at_every_process(engine: Engine, crew: Crew) -> None:
    for _ in ROUNDS:
        came = scenes.tills_on_one_code(engine, crew.crowd())
        assert came == {"redeemed": 1, "code_already_redeemed": SIZE - 1}
    assert broken_promises(engine) == set()


def test_giving_back_against_redeeming(engine: Engine, crew: Crew) -> None:
    for _ in ROUNDS:
        came = scenes.give_back_against_redeem(engine, crew.crowd())
        assert came["given back"] + came["redeemed"] == SIZE // 2
        assert (came["code_revoked"], came["claim_not_cancellable"]) == (came["given back"], came["redeemed"])
    assert broken_promises(engine) == set()


def test_many_claims_on_one_balance(engine: Engine, crew: Crew) -> None:
    for _ in ROUNDS:
        came = scenes.claims_on_one_balance(engine, crew.crowd())
        assert came == {"claimed": 1, "insufficient_points": SIZE - 1}
    assert broken_promises(engine) == set()


def test_one_key_in_every_process(engine: Engine, crew: Crew) -> None:
    assert scenes.one_key(engine, crew.crowd()) == {"claimed": SIZE}
    assert scenes.claims_made(engine) == 1
    assert broken_promises(engine) == set()


def test_a_run_on_one_offer_sells_what_there_is(engine: Engine, crew: Crew) -> None:
    came = scenes.run_on(engine, crew.crowd(), stock=STOCK, each=EACH)
    assert came == {"claimed": STOCK, "offer_sold_out": SIZE * EACH - STOCK}
    assert broken_promises(engine) == set()


@pytest.mark.parametrize(
    "spoiled, scene, came",
    [
        ("stock", scenes.the_last_three, {"claimed": SIZE}),
        ("limit", scenes.one_member, {"claimed": SIZE}),
        ("redemption", scenes.tills_on_one_code, {"redeemed": SIZE}),
        ("release", scenes.give_back_against_redeem, {"given back": SIZE // 2, "redeemed": SIZE // 2}),
        ("balance", scenes.claims_on_one_balance, {"claimed": SIZE}),
    ],
)
def test_without_its_guard_each_race_is_lost(lawless, crew, spoiled, scene, came):
    assert scene(lawless(spoiled), crew.crowd(spoiled)) == came
    assert broken_promises(lawless(spoiled)) != set()


def test_without_the_receipt_a_key_counts_every_time(engine: Engine, crew: Crew) -> None:
    scenes.one_key(engine, crew.crowd("receipt"))
    assert scenes.claims_made(engine) == SIZE
