"""What a negative control takes away: the database's rule, the guarded statement, the eligibility check.

Each spoiler is known by a name, so that a rival in another process can take the same away from itself.
"""

from collections.abc import Callable
from datetime import datetime

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Engine, bindparam, event, func, select, update
from sqlalchemy.orm import Session

from portal.core.claims import claims
from portal.core.claims.claims import Claim, State
from portal.core.codes import pool_codes
from portal.core.codes.pool_codes import PoolCode
from portal.core.offers import eligibility, stock
from portal.core.offers.stock import Stock
from portal.core.points import balances, ledger, lots, purchases
from portal.core.points.ledger import EntryKind
from portal.core.records import receipts
from portal.core.redeeming import check, counters, parts, redemptions
from portal.core.redeeming.counters import OfferCounter

Patch = pytest.MonkeyPatch

# What is spoiled -> the table and the check in it that would still hold; none where a key alone decides.
CHECKS = {
    "stock": ("stock", "ck_stock_never_oversold"),
    "limit": ("claims", "ck_claims_slot_held"),
    "redemption": ("claims", "ck_claims_uses_within"),
    "release": ("claims", "ck_claims_uses_within"),
    "balance": ("balances", "ck_balances_never_negative"),
    "counter": ("offer_counters", "ck_offer_counters_within_limit"),
}


def drop_check(engine: Engine, what: str) -> None:
    """Take the last line of defence out of the database."""
    if engine.dialect.name == "sqlite":
        ignore_checks(engine)
        return
    table, constraint = CHECKS[what]
    with engine.begin() as connection:
        operations = Operations(MigrationContext.configure(connection))
        operations.drop_constraint(constraint, table, type_="check")


def drop_receipts(engine: Engine) -> None:
    """Let a store use a number twice."""
    with engine.begin() as connection:
        operations = Operations(MigrationContext.configure(connection))
        with operations.batch_alter_table("purchases") as table:
            table.drop_constraint("one_receipt", type_="unique")


def ignore_checks(engine: Engine) -> None:
    """On SQLite each connection says for itself that checks do not hold."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", lambda raw, _: raw.execute("PRAGMA ignore_check_constraints=ON"))
        engine.dispose()


def spoil_stock(patch: Patch) -> None:
    without(patch, "_sold_out")
    taken = (
        update(Stock)
        .where(Stock.offer_id == bindparam("of_offer"))
        .values(remaining=Stock.remaining - 1)
        .returning(Stock.remaining)
    )
    patch.setattr(stock, "TAKE", taken)


def spoil_pool(patch: Patch) -> None:
    without(patch, "_pool_empty")
    first = select(func.min(PoolCode.id)).where(PoolCode.pool_id == bindparam("of_pool"))
    taken = (
        update(PoolCode)
        .where(PoolCode.id == first.correlate(None).scalar_subquery())
        .values(claim_id=bindparam("for_claim"))
        .returning(PoolCode.id)
        .execution_options(synchronize_session=False)
    )
    patch.setattr(pool_codes, "DRAWS", (taken,))


def spoil_limit(patch: Patch) -> None:
    without(patch, "_already_claimed", "_limit_reached")


def spoil_redemption(patch: Patch) -> None:
    unguarded = (
        update(Claim)
        .where(Claim.id == bindparam("of_claim"))
        .values(uses_left=Claim.uses_left - 1, version=Claim.version + 1, state=State.CLAIMED)
        .returning(Claim.uses_left)
        .execution_options(synchronize_session=False)
    )
    patch.setattr(check, "judge", nothing_against)
    patch.setattr(parts, "fitting", lambda claim, part: part)
    patch.setattr(redemptions, "CONSUME", unguarded)


def spoil_release(patch: Patch) -> None:
    spoil_redemption(patch)
    patch.setattr(claims, "can_be_given_back", lambda claim, now: True)


def spoil_balance(patch: Patch) -> None:
    unguarded = (
        update(balances.Balance)
        .where(balances.Balance.member_id == bindparam("of_member"))
        .values(balance=balances.Balance.balance + bindparam("amount"), seq=balances.Balance.seq + 1)
        .returning(balances.Balance.balance, balances.Balance.seq)
    )
    without(patch, "_points_short")
    patch.setattr(balances, "CHANGE", unguarded)
    patch.setattr(lots, "spend", spend_without_looking)


def spoil_counter(patch: Patch) -> None:
    unguarded = (
        update(OfferCounter)
        .where(
            OfferCounter.offer_id == bindparam("of_offer_id"),
            OfferCounter.scope == bindparam("of_scope"),
            OfferCounter.subject_id == bindparam("of_subject_id"),
            OfferCounter.begins == bindparam("of_begins"),
        )
        .values(used=OfferCounter.used + bindparam("take"))
        .returning(OfferCounter.used)
        .execution_options(synchronize_session=False)
    )
    patch.setattr(counters, "refusal", nothing_against)
    patch.setattr(counters, "TAKE", unguarded)


def spoil_receipt(patch: Patch) -> None:
    patch.setattr(receipts, "open_or_replay", lambda session, once, result, now: result)


def spoil_purchase(patch: Patch) -> None:
    patch.setattr(purchases, "by_receipts", lambda session, keys: {})


SPOILERS: dict[str, Callable[[Patch], None]] = {
    "": lambda patch: None,
    "stock": spoil_stock,
    "limit": spoil_limit,
    "pool": spoil_pool,
    "redemption": spoil_redemption,
    "release": spoil_release,
    "balance": spoil_balance,
    "receipt": spoil_receipt,
    "counter": spoil_counter,
    "purchase": spoil_purchase,
}


def without(patch: Patch, *checks: str) -> None:
    left = tuple(guard for guard in eligibility.GUARDS if guard[1].__name__ not in checks)
    patch.setattr(eligibility, "GUARDS", left)


def nothing_against(session: Session, claim: Claim, store_id: int, now: datetime, **more: object) -> None:
    return None


def spend_without_looking(
    session: Session, member_id: int, cost: int, *, now: datetime, claim_id: int | None = None
) -> None:
    ledger.write(session, EntryKind.SPENT, -cost, member_id=member_id, now=now, claim_id=claim_id)
