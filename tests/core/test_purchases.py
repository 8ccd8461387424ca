"""Purchases earn by the tier's rate, each receipt once, and a return takes back exactly those points."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from portal.core.claims import releases, returns
from portal.core.points import balances, earning, lots, purchases
from portal.core.points.ledger import Entry
from portal.core.points.lots import Lot
from portal.core.points.purchases import Bought
from portal.core.reading import audit
from portal.core.refusals import PurchaseNotFound, ReceiptDiffers, ReturnTooLarge
from tests import build
from tests.plumbing.clock import NOON

DAY = timedelta(days=1)
UNIT = 100


@pytest.fixture
def store(session):
    return build.a_store(session)


@pytest.fixture
def ada(session):
    return build.a_member(session)


@pytest.fixture(autouse=True)
def honest(session):
    """Whatever was done, the books agree afterwards."""
    yield
    assert list(audit.breaches(session, build.KEYRING)) == []


def bought(store, member, amount=2050, receipt="R1", at=NOON - DAY):
    return Bought(store.id, receipt, member.id, None, amount, at)


def earn(session, one, now=NOON):
    return earning.earn(session, one, unit=UNIT, now=now)


def bring_back(session, of, amount=None, receipt="T1", now=NOON):
    back = replace(of, receipt=receipt, amount=amount or of.amount, at=now)
    return returns.bring_back(session, back, of.receipt, unit=UNIT, now=now)


def standing(session, member):
    return balances.lock(session, member.id)


def test_a_purchase_earns_whole_points_rounded_down(session, store, ada):
    assert earn(session, bought(store, ada, 2099)) == 20
    assert standing(session, ada).balance == 20


@pytest.mark.parametrize(
    "amount, rate, points", [(99, 100, 0), (100, 100, 1), (1999, 150, 29), (1000, 0, 0), (33, 1000, 3)]
)
def test_the_rate_is_points_for_a_hundred_of_the_currency(amount, rate, points):
    assert purchases.worth(amount, rate, UNIT) == points


def test_each_tier_has_its_rate(session, store):
    build.a_tier(session, "bronze", 1).rate = 100
    gold = build.a_tier(session, "gold", 3)
    gold.rate = 150
    plain, golden = build.a_member(session), build.a_member(session, tier=gold)
    assert earn(session, bought(store, plain)) == 20
    assert earn(session, bought(store, golden, receipt="R2")) == 30


def test_a_currency_without_minor_units_earns_the_same_way(session, store, ada):
    assert earning.earn(session, bought(store, ada, 20), unit=1, now=NOON) == 20


def test_the_same_receipt_counts_once(session, store, ada):
    assert [earn(session, bought(store, ada)), earn(session, bought(store, ada))] == [20, 20]
    assert standing(session, ada).balance == 20


@pytest.mark.parametrize(
    "change, column",
    [({"amount": 2051}, "amount"), ({"at": NOON - 2 * DAY}, "at"), ({"member": 1}, "member")],
)
def test_another_purchase_under_the_same_receipt_is_refused_by_name(session, store, ada, change, column):
    earn(session, bought(store, ada))
    if "member" in change:
        change = {"member_id": build.a_member(session, "Bo").id}
    with pytest.raises(ReceiptDiffers) as refused:
        earn(session, replace(bought(store, ada), **change))
    assert refused.value.facts == {"receipt": "R1", "columns": [column]}


def test_two_stores_may_use_the_same_number(session, store, ada):
    earn(session, bought(store, ada))
    earn(session, bought(build.a_store(session), ada))
    assert standing(session, ada).balance == 40


def test_a_return_takes_the_points_of_that_very_purchase(session, store, ada):
    first = bought(store, ada, 5000)
    second = bought(store, ada, 3000, "R2")
    earn(session, first)
    earn(session, second)
    done = bring_back(session, second)
    assert (done.points, done.taken, done.owed, done.paid_for) == (30, 30, 0, ())
    left = session.execute(select(Lot.amount, Lot.remaining).order_by(Lot.id)).all()
    assert [tuple(row) for row in left] == [(50, 50), (30, 0)]


def test_a_return_in_parts_takes_exactly_the_whole_in_the_end(session, store, ada):
    whole = bought(store, ada, 2099)
    earn(session, whole)
    taken = [bring_back(session, whole, part, f"T{part}").points for part in (700, 701, 698)]
    assert (sum(taken), standing(session, ada).balance) == (20, 0)
    with pytest.raises(ReturnTooLarge):
        bring_back(session, whole, 1, "T9")


def test_a_return_says_what_its_points_had_paid_for_and_takes_others(session, store, ada):
    first = bought(store, ada, 5000)
    earn(session, first)
    earn(session, bought(store, ada, 3000, "R2"))
    claim = build.claim(session, ada, build.an_offer(session, "Free coffee", points_cost=40))
    done = bring_back(session, first)
    assert (done.taken, done.owed) == (40, 10)
    assert [(one.reference, one.title, one.points) for one in done.paid_for] == [
        (claim.reference, "Free coffee", 40)
    ]
    assert (standing(session, ada).balance, standing(session, ada).owed) == (0, 10)


def test_what_is_owed_is_kept_back_from_the_next_purchase(session, store, ada):
    spent_and_returned(session, store, ada)
    assert earn(session, bought(store, ada, 3000, "R2")) == 30
    assert (standing(session, ada).balance, standing(session, ada).owed) == (0, 20)
    earn(session, bought(store, ada, 3000, "R3"))
    assert (standing(session, ada).balance, standing(session, ada).owed) == (10, 0)


def test_what_is_owed_is_paid_by_points_that_a_claim_gives_back(session, store, ada):
    claim = spent_and_returned(session, store, ada)
    assert releases.give_back(session, ada.id, claim.reference, now=NOON) == 0
    assert (standing(session, ada).balance, standing(session, ada).owed) == (0, 0)


def test_points_that_expired_unspent_are_not_taken_twice(session, store, ada):
    first = bought(store, ada, 5000)
    earn(session, first)
    session.query(Lot).update({"expires_at": NOON})
    build.earn(session, ada.id, 30, now=NOON, expires_at=None)
    done = bring_back(session, first, now=NOON + DAY)
    assert (done.points, done.lapsed, done.taken, standing(session, ada).balance) == (50, 50, 0, 30)


def test_the_same_return_again_changes_nothing(session, store, ada):
    first = bought(store, ada, 5000)
    earn(session, first)
    bring_back(session, first, 1000)
    again = bring_back(session, first, 1000)
    assert (again.points, again.is_new, standing(session, ada).balance) == (10, False, 40)
    with pytest.raises(ReceiptDiffers):
        bring_back(session, first, 900)


def test_nobody_returns_what_another_has_bought(session, store, ada):
    earn(session, bought(store, ada))
    other = bought(store, build.a_member(session, "Bo"))
    with pytest.raises(PurchaseNotFound):
        bring_back(session, other)


def test_points_count_for_the_year_of_the_purchase_not_of_the_import(session, store, ada):
    at_new_year = datetime(2026, 12, 31, 21, 59, tzinfo=UTC)
    earn(session, bought(store, ada, 5000, at=at_new_year), now=at_new_year + DAY)
    earn(session, bought(store, ada, 300, "R2", at=at_new_year + timedelta(minutes=1)), now=at_new_year + DAY)
    kept = standing(session, ada)
    assert (kept.earned_year, kept.earned, kept.earned_before) == (2027, 3, 50)


def test_a_return_no_longer_counts_toward_the_tier(session, store, ada):
    first = bought(store, ada, 5000)
    earn(session, first)
    bring_back(session, first, 2000)
    assert standing(session, ada).earned == 30


def test_the_ledger_names_purchase_and_return(session, store, ada):
    spent_and_returned(session, store, ada)
    lines = session.execute(select(Entry.kind, Entry.amount, Entry.reason).order_by(Entry.seq)).all()
    assert [tuple(line) for line in lines] == [("earned", 50, "purchase"), ("spent", -50, None)]
    assert lots.of_member(session, ada.id) == []


def spent_and_returned(session, store, member):
    """50 points earned, spent, and owed after the return."""
    first = bought(store, member, 5000)
    earn(session, first)
    claim = build.claim(session, member, build.an_offer(session, points_cost=50))
    assert bring_back(session, first).owed == 50
    return claim
