"""A dozen ways in which the core could be wrong, each planted in one test and found by the machine."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import bindparam, update

from portal.core.claims import claiming, claims, extending, locks
from portal.core.claims.claims import Claim
from portal.core.club import members
from portal.core.codes import store as codes
from portal.core.offers import eligibility, stock, windows
from portal.core.points import lots, purchases
from portal.core.points.balances import Standing
from portal.core.records import receipts
from portal.core.redeeming import parts, questions, redemptions, reversals

Patch = pytest.MonkeyPatch


def stock_stays_away(patch: Patch) -> None:
    """What is given back does not return to the stock."""
    patch.setattr(stock, "put_back", lambda session, offer_id: None)


def points_stay_away(patch: Patch) -> None:
    """Giving back says so and returns nothing."""
    patch.setattr(lots, "give_back", lambda session, member_id, claim_id, now: 0)


def cheaper_than_said(patch: Patch) -> None:
    """A claim takes one point too few."""
    spend = lots.spend
    patch.setattr(
        lots, "spend", lambda session, who, cost, **more: spend(session, who, max(1, cost - 1), **more)
    )


def dead_points_pay(patch: Patch) -> None:
    """Points that have expired are spent."""
    spend = lots.spend

    def long_ago(session: Any, who: int, cost: int, *, now: datetime, **more: Any) -> Standing:
        return spend(session, who, cost, now=now - timedelta(days=400), **more)

    patch.setattr(lots, "spend", long_ago)


def a_day_too_long(patch: Patch) -> None:
    """Claims live a day longer than promised."""
    ends = windows.expiry_of_claim
    patch.setattr(windows, "expiry_of_claim", lambda now, **more: ends(now + timedelta(days=1), **more))


def given_back_after_use(patch: Patch) -> None:
    """A claim that was used in part can be given back."""
    patch.setattr(claims, "can_be_given_back", lambda claim, now: claim.state == "claimed")


def banned_all_the_same(patch: Patch) -> None:
    """A ban does not hold at the till."""
    patch.setattr(members, "is_banned", lambda until, now: False)


def the_limit_is_one_more(patch: Patch) -> None:
    """A member may have one more than the limit."""
    at_limit = eligibility._at_limit
    patch.setattr(
        eligibility,
        "_at_limit",
        lambda terms, brings: at_limit(terms, replace(brings, counted=brings.counted - 1)),
    )


def the_key_means_nothing(patch: Patch) -> None:
    """The same key claims again."""
    patch.setattr(receipts, "open_or_replay", lambda session, once, result, now: result)


def a_use_is_free(patch: Patch) -> None:
    """A redemption is recorded and takes nothing."""
    idle = update(Claim).where(Claim.id == bindparam("of_claim")).values(version=Claim.version + 1)
    patch.setattr(redemptions, "CONSUME", idle.returning(Claim.uses_left))


def all_is_taken(patch: Patch) -> None:
    """Of a stored value everything is taken, whatever sum was said."""
    fitting = parts.fitting
    patch.setattr(parts, "fitting", lambda claim, part: fitting(claim, replace(part, uses=max(1, part.uses))))


def an_undo_gives_one(patch: Patch) -> None:
    """Taking back several uses gives back one."""
    patch.setattr(reversals, "Part", lambda uses, amount: parts.Part(min(uses, 1), amount))


def twice_the_points(patch: Patch) -> None:
    """A purchase earns twice."""
    worth = purchases.worth
    patch.setattr(purchases, "worth", lambda amount, rate, unit: 2 * worth(amount, rate, unit))


def nobody_asks(patch: Patch) -> None:
    """Two offers that do not combine go through in one basket."""
    patch.setattr(questions, "_alone_before", lambda session, claim, now: None)


def the_code_lives_on(patch: Patch) -> None:
    """The code of a claim that was given back is not ended."""
    patch.setattr(codes, "end", lambda session, claim_id, now: None)


def the_old_price_holds(patch: Patch) -> None:
    """A claim is made whatever version the member saw."""
    decide = claiming._decide
    patch.setattr(
        claiming,
        "_decide",
        lambda session, asked, facts, now: decide(session, replace(asked, seen_version=None), facts, now),
    )


def a_lock_holds_nobody(patch: Patch) -> None:
    """Somebody else redeems what is kept for a basket."""
    patch.setattr(locks, "against", lambda claim, owner, store_id, now: None)


def more_time_than_said(patch: Patch) -> None:
    """An extension lasts an hour too long."""
    extend = extending._extend
    hour = timedelta(hours=1)
    patch.setattr(
        extending, "_extend", lambda session, claim, until, now: extend(session, claim, until + hour, now)
    )


PLANTED: dict[str, Callable[[Patch], None]] = {
    fault.__name__: fault
    for fault in (
        stock_stays_away,
        points_stay_away,
        cheaper_than_said,
        dead_points_pay,
        a_day_too_long,
        given_back_after_use,
        banned_all_the_same,
        the_limit_is_one_more,
        the_key_means_nothing,
        a_use_is_free,
        all_is_taken,
        an_undo_gives_one,
        twice_the_points,
        nobody_asks,
        the_code_lives_on,
        the_old_price_holds,
        a_lock_holds_nobody,
        more_time_than_said,
    )
}
