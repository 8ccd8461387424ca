"""The audit tells the truth: an honest town is clean, and each planted lie is found by its own promise."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from portal.core.claims import extending, handovers, releases, returns
from portal.core.claims.acts import By
from portal.core.claims.claims import Claim
from portal.core.codes.keyring import Keyring
from portal.core.points import earning
from portal.core.points.purchases import Bought
from portal.core.reading import audit
from portal.core.reading.recounts import CHECKS
from portal.core.redeeming import scanning
from tests import build
from tests.plumbing.clock import NOON

Plant = Callable[[Session, Claim], None]


def sql(statement: str) -> Plant:
    """A lie told behind the deeds' back, about the claim `:c` of the member `:m` under the offer `:o`."""

    def plant(session: Session, claim: Claim) -> None:
        names = {"c": claim.id, "m": claim.member_id, "o": claim.offer_id}
        session.execute(text(statement), {name: names[name] for name in names if f":{name}" in statement})

    return plant


ENTRY = (
    "INSERT INTO entries (member_id, seq, kind, amount, balance_after, claim_id, written_at) "
    "VALUES (:m, 9, '{kind}', {amount}, {after}, {claim}, '2026-06-10 09:00:00+00:00')"
)
REASONED = ENTRY.replace("claim_id, ", "claim_id, reason, ").replace("{claim}, ", ":c, '{reason}', ")
PURCHASE = (
    "INSERT INTO purchases (store_id, receipt, kind, returns_id, member_id, amount, rate, points, lapsed, "
    "year, bought_at, recorded_at) SELECT min(id), 'X', '{kind}', {of}, :m, {amount}, 100, {points}, 0, "
    "2020, '2020-06-10 09:00:00+00:00', '2020-06-10 09:00:00+00:00' FROM stores"
)
THE_PURCHASE = "(SELECT id FROM purchases WHERE receipt = 'R1')"
PLANTS: dict[str, Plant] = {
    "stock left is stock less the claims that hold one": sql(
        "UPDATE stock SET remaining = 3 WHERE offer_id = :o"
    ),
    "an offer with stock has one row of it, one without has none": sql(
        "DELETE FROM stock WHERE offer_id = :o"
    ),
    "a place lies within the member's limit": sql("UPDATE claims SET slot = 7 WHERE id = :c"),
    "a claim holds a place as long as it counts": sql(
        "UPDATE claims SET slot = 1 WHERE closed_reason = 'given_back'"
    ),
    "a balance is the sum of its ledger": sql("UPDATE balances SET balance = 999 WHERE member_id = :m"),
    "a ledger is numbered without gaps": sql("UPDATE balances SET seq = seq + 1 WHERE member_id = :m"),
    "each ledger line follows from the one before": sql(
        ENTRY.format(kind="earned", amount=5, after=777, claim="NULL")
    ),
    "lots hold the balance": sql("UPDATE lots SET remaining = remaining - 1 WHERE member_id = :m"),
    "a lot is the sum of what moved in it": sql("UPDATE lots SET remaining = 0 WHERE member_id = :m"),
    "each ledger line moved its amount in lots": sql(
        ENTRY.format(kind="earned", amount=5, after=5, claim="NULL")
    ),
    "a claim was paid once": sql("UPDATE claims SET price_paid = 1 WHERE id = :c"),
    "a claim given back was returned once, any other never": sql(
        ENTRY.format(kind="returned", amount=50, after=100, claim=":c")
    ),
    "uses left are uses allowed less redemptions that stand": sql(
        "UPDATE claims SET uses_allowed = 2, uses_left = 2 WHERE id = :c"
    ),
    "a value left is the value less what redemptions took": sql(
        "UPDATE claims SET amount = 500, amount_left = 400 WHERE id = :c"
    ),
    "a value is gone when the use is": sql("UPDATE claims SET amount = 500, amount_left = 400 WHERE id = :c"),
    "a claim is open while it has uses, and closed by its last": sql(
        "UPDATE claims SET state = 'claimed', closed_reason = NULL WHERE id = :c"
    ),
    "nothing is redeemed after it has expired": sql(
        "UPDATE claims SET expires_at = '2020-01-01 00:00:00+00:00' WHERE id = :c"
    ),
    "a claim has one live code, one given back none": sql(
        "UPDATE codes SET ended_at = created_at WHERE claim_id = :c"
    ),
    "each claim stands once on its member's timeline": sql(
        "INSERT INTO timeline (member_id, kind, claim_id, facts, happened_at) "
        "VALUES (:m, 'offer_claimed', :c, '{}', '2026-06-10 09:00:00+00:00')"
    ),
    "a claim that was handed over was accepted once, and has a successor": sql(
        "UPDATE handovers SET state = 'declined'"
    ),
    "what expired was closed at its end or later": sql(
        "UPDATE claims SET state = 'closed', closed_reason = 'expired', closed_at = claimed_at WHERE id = :c"
    ),
    "a lock has an owner": sql("UPDATE claims SET locked_until = expires_at WHERE id = :c"),
    "a claim that lives on past its end was extended, each time on its member's timeline": sql(
        "UPDATE claims SET extended_at = claimed_at WHERE id = :c"
    ),
    "a claimed grant has one claim that was not given back, any other none": sql(
        "UPDATE grants SET state = 'open' WHERE member_id = :m"
    ),
    "each grant stands once on its member's timeline": sql(
        "INSERT INTO timeline (member_id, kind, facts, happened_at) "
        "SELECT member_id, kind, facts, happened_at FROM timeline "
        "WHERE member_id = :m AND kind = 'grant_given'"
    ),
    "each receipt of a claim names a claim": sql("UPDATE receipts SET result = 'NOBODYSX'"),
    "a purchase earned its points once": sql(
        PURCHASE.format(kind="purchase", of="NULL", amount=500, points=5)
    ),
    "no more of a purchase was returned than was bought": sql(
        PURCHASE.format(kind="return", of=THE_PURCHASE, amount=3001, points=30)
    ),
    "a purchase that was returned whole keeps no points": sql(
        PURCHASE.format(kind="return", of=THE_PURCHASE, amount=3000, points=0)
    ),
    "what is owed is what returns took less what was there": sql(
        "UPDATE balances SET owed = owed + 1 WHERE member_id = :m"
    ),
    "points earned in a year are those of its purchases and awards": sql(
        "UPDATE balances SET earned = earned + 1 WHERE member_id = :m"
    ),
    "points earned the year before are those of that year": sql(
        "UPDATE balances SET earned_before = 7 WHERE member_id = :m"
    ),
    "a claim that was promised a partner's code has one, any other none": sql(
        "UPDATE pool_codes SET claim_id = :c WHERE claim_id IS NULL"
    ),
    "a partner's code lies in the pool that was promised": sql(
        "UPDATE pool_codes SET pool_id = (SELECT max(id) FROM pools) WHERE claim_id IS NOT NULL"
    ),
    "a pending claim has one open hold, any other none": sql(
        "INSERT INTO holds (claim_id, points, state, key, attempts, due_at, opened_at) "
        "VALUES (:c, 50, 'open', 'k', 0, '2026-06-10 09:00:00+00:00', '2026-06-10 09:00:00+00:00')"
    ),
    "a hold holds what the claim has paid": sql(
        "INSERT INTO holds (claim_id, points, state, key, attempts, due_at, opened_at) "
        "VALUES (:c, 7, 'captured', 'k', 0, '2026-06-10 09:00:00+00:00', '2026-06-10 09:00:00+00:00')"
    ),
    audit.PARTNERS_OPEN: sql(
        "UPDATE pool_codes SET sealed = (SELECT sealed FROM codes ORDER BY id LIMIT 1) WHERE claim_id IS NULL"
    ),
    "a claim's award was credited once": sql("UPDATE claims SET points_awarded = 1 WHERE id = :c"),
    "an award is taken back with its claim, any other never": sql(
        REASONED.format(kind="taken_back", amount=-5, after=45, reason="award")
    ),
    "a proof of presence gave its points once": sql(
        REASONED.format(kind="earned", amount=5, after=55, reason="presence")
    ),
    "a tier is what the earned points say": sql("UPDATE members SET tier_id = NULL WHERE id = :m"),
    "a counter is the redemptions that stand": sql("UPDATE offer_counters SET used = 2 WHERE offer_id = :o"),
    audit.CODES_OPEN: sql("UPDATE claims SET reference = 'BCDFGHJK' WHERE id = :c"),
}
# The database refuses these outright; the races' negative controls take its rules away and find them.
HELD_BY_THE_DATABASE = {
    "a counter stays within its limit",
    "no two claims hold one place of a member's limit",
    "a balance is never negative",
    "a receipt counts once in its store",
}


def test_an_honest_town_is_clean(session: Session) -> None:
    a_day_in_town(session)
    assert list(audit.breaches(session, build.KEYRING)) == []


@pytest.mark.parametrize("promise", PLANTS)
def test_a_planted_lie_is_found(session: Session, promise: str) -> None:
    PLANTS[promise](session, a_day_in_town(session))
    assert promise in {breach.promise for breach in audit.breaches(session, build.KEYRING)}


def test_no_promise_goes_without_a_lie() -> None:
    assert set(PLANTS) | HELD_BY_THE_DATABASE == {*CHECKS, audit.CODES_OPEN, audit.PARTNERS_OPEN}


def test_other_keys_open_nothing(session: Session) -> None:
    a_day_in_town(session)
    found = {breach.promise for breach in audit.breaches(session, Keyring({1: bytes(32)}))}
    assert found == {audit.CODES_OPEN, audit.PARTNERS_OPEN}


def a_day_in_town(session: Session) -> Claim:
    """Claims, a grant, a redemption, a release, a return: the claim that is answered was redeemed."""
    build.a_tier(session, "bronze", 1)
    place = build.a_place(session)
    offer = build.an_offer(session, points_cost=50, stock=5, redemptions_in_all=9)
    pool = build.a_pool(session, "CINE-1111", "CINE-2222")
    build.claim(session, build.a_member(session), build.an_offer(session, code_mode="pool", pool_id=pool.id))
    build.a_pool(session)
    back = build.claim(session, build.a_member(session, points=50), offer)
    releases.give_back(session, back.member_id, back.reference, now=NOON)
    member = build.a_member(session, points=100)
    build.a_grant(session, member, offer)
    claim = build.claim(session, member, offer)
    hand_over(session)
    code = build.code_of(session, claim)
    scanning.scan(session, build.KEYRING, code, place, key="1", now=NOON, acting_since=NOON)
    bought = Bought(place.store_id, "R1", claim.member_id, None, 5000, NOON)
    earning.earn(session, bought, unit=100, now=NOON)
    brought = replace(bought, receipt="T1", amount=2000)
    returns.bring_back(session, brought, "R1", unit=100, now=NOON)
    session.flush()
    return claim


def hand_over(session: Session) -> None:
    """Another claim goes to another member, and is given more time there."""
    ada, eve = build.a_member(session), build.a_member(session)
    claim = build.claim(session, ada, build.an_offer(session, reassignable=True))
    given = handovers.offer(session, claim.member_id, claim.reference, eve.id, now=NOON, chance=build.CHANCE)
    new = handovers.accept(session, build.KEYRING, eve.id, given, now=NOON, chance=build.CHANCE)
    extending.extend(session, new, By("asked"), until=NOON + timedelta(days=60), now=NOON)
