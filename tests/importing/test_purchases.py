"""Purchases come in from a file as often as you like: each receipt counts once, and returns take back."""

import pytest
from sqlalchemy import select

from portal.core.club import cards
from portal.core.points.balances import Balance
from portal.core.points.purchases import Purchase
from portal.core.reading import audit
from portal.core.records.journal import JournalEntry
from portal.importing import running
from portal.importing.purchases import Purchases
from tests import build
from tests.importing.test_batches import Killed, killed_at
from tests.plumbing.clock import NOON

HEADER = "store,receipt,at,amount,card,member,returns\n"


@pytest.fixture
def pier(session):
    store, ada = build.a_store(session), build.a_member(session, external_id="x1")
    session.add(cards.Card(member_id=ada.id, number="700100", issued_at=NOON))
    store.code = "pier"
    session.commit()
    return ada


def lines(*rows):
    return HEADER + "".join(f"{row}\n" for row in rows)


def balance(session, member):
    session.rollback()
    return session.scalar(select(Balance.balance).where(Balance.member_id == member.id))


TWO = lines("pier,R1,2026-03-02 18:00,20.50,700100,,", "pier,R2,2026-03-02T18:05+02:00,9.99,,x1,")


def test_purchases_earn_by_card_or_by_member(bring, session, pier):
    assert bring("purchases", TWO).output == "purchases.csv: 2 new, 0 changed, 0 unchanged.\n"
    assert balance(session, pier) == 29
    times = session.scalars(select(Purchase.bought_at).order_by(Purchase.id)).all()
    assert [str(time) for time in times] == ["2026-03-02 16:00:00+00:00", "2026-03-02 16:05:00+00:00"]
    entry = session.scalars(select(JournalEntry).where(JournalEntry.act == "purchases_imported")).one()
    assert entry.facts == {"new": 2}


def test_a_repeat_brings_the_same_balance(bring, session, pier):
    bring("purchases", TWO)
    assert bring("purchases", TWO).output == "purchases.csv: 0 new, 0 changed, 2 unchanged.\n"
    assert balance(session, pier) == 29


def test_a_dry_run_says_the_same_and_writes_nothing(bring, session, pier):
    whole = TWO + "pier,T1,2026-03-03 10:00,20.50,700100,,R1\n"
    tried = bring("purchases", whole, "--dry-run")
    assert (balance(session, pier), tried.exit_code) == (0, 0)
    assert tried.output == bring("purchases", whole).output + "Nothing was written (--dry-run).\n"


def test_a_dry_run_knows_what_an_earlier_batch_would_have_brought(bring, pier, monkeypatch):
    monkeypatch.setattr(running, "BATCH", 1)
    whole = TWO + "pier,T1,2026-03-03 10:00,20.50,700100,,R1\n"
    assert "3 new, 0 changed, 0 unchanged." in bring("purchases", whole, "--dry-run").output


def test_another_amount_under_the_same_receipt_is_refused_by_name(bring, session, pier):
    bring("purchases", TWO)
    said = bring("purchases", lines("pier,R1,2026-03-02 18:00,21,700100,,"))
    assert said.exit_code == 1
    assert (
        "Line 2, receipt: this store has it already with another amount; a receipt counts once."
        in said.output
    )
    assert balance(session, pier) == 29


@pytest.mark.parametrize(
    "row, mend",
    [
        ("quay,R1,2026-03-02 18:00,5,700100,,", "store: there is no quay; import the stores first"),
        ("pier,R1,2026-03-02 18:00,5,1,,", "card: nobody has this card; import the members first"),
        ("pier,R1,2026-03-02 18:00,5,,x9,", "member: there is no such member; import the members first"),
        ("pier,R1,2026-03-02 18:00,5,,,", "card: give the card, or the member’s external id"),
        ("pier,R1,2026-03-02,5,700100,,", "at: use a day and a time such as 2026-12-31 18:00"),
        ("pier,R1,2126-03-02 18:00,5,700100,,", "at: it lies ahead; mend the time or its zone"),
        ("pier,R1,2026-03-02 18:00,0,700100,,", "amount: use a sum above 0"),
        ("pier,R1,2026-03-02 18:00,-5,700100,,", "amount: use a sum such as 5 or 5.20"),
        ("pier,R1,2026-03-02 18:00,5,700100,,R9", "returns: this member has no purchase R9 in this store"),
    ],
)
def test_a_line_that_cannot_be_used_says_its_mend(bring, session, pier, row, mend):
    said = bring("purchases", lines(row))
    assert (said.exit_code, f"Line 2, {mend}" in said.output) == (1, True), said.output
    assert balance(session, pier) == 0


def test_a_return_takes_back_what_the_purchase_brought(bring, session, pier):
    back = "pier,T1,2026-03-03 10:00,20.50,,x1,R1"
    assert "3 new" in bring("purchases", TWO + back + "\n").output
    assert balance(session, pier) == 9
    assert bring("purchases", lines(back)).output == "purchases.csv: 0 new, 0 changed, 1 unchanged.\n"
    more = bring("purchases", lines("pier,T2,2026-03-03 10:01,0.01,,x1,R1"))
    assert "Line 2, amount: more than is left of R1; mend the amount." in more.output


def test_a_return_says_what_its_points_had_paid_for(bring, session, pier):
    bring("purchases", TWO)
    session.rollback()
    claim = build.claim(session, pier, build.an_offer(session, "Free coffee", points_cost=25))
    session.commit()
    said = bring("purchases", lines("pier,T1,2026-03-03 10:00,20.50,,x1,R1"))
    assert f"20 of its points had paid for Free coffee ({claim.reference})" in said.output
    assert "16 of 20 points are not there any more and are kept back from the next" in said.output
    assert list(audit.breaches(session, build.KEYRING)) == []


def test_what_was_killed_half_way_is_finished_by_a_repeat(bring, session, pier, monkeypatch):
    monkeypatch.setattr(running, "BATCH", 10)
    many = lines(*(f"pier,R{n},2026-03-02 18:{n:02},10,700100,," for n in range(45)))
    take = Purchases.take
    monkeypatch.setattr(Purchases, "take", killed_at(3, take))
    with pytest.raises(Killed):
        bring("purchases", many)
    monkeypatch.setattr(Purchases, "take", take)
    assert balance(session, pier) == 200
    assert bring("purchases", many).output == "purchases.csv: 25 new, 0 changed, 20 unchanged.\n"
    assert balance(session, pier) == 450
    assert list(audit.breaches(session, build.KEYRING)) == []
