"""The club puts balances right with a reason, and blocks cards that are lost."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from portal.core.claims import claiming
from portal.core.claims.claiming import Asked
from portal.core.claims.claims import Claim
from portal.core.club import blocking
from portal.core.club.cards import Card
from portal.core.points import adjusting, balances, lives
from portal.core.points.lots import Lot
from portal.core.reading import audit
from portal.core.records.journal import JournalEntry
from portal.core.records.timeline import TimelineEvent
from portal.core.refusals import CardInvalid, InsufficientPoints
from tests import build
from tests.plumbing.clock import NOON


def a_card(session, member, number="700100"):
    card = Card(member_id=member.id, number=number, issued_at=NOON)
    session.add(card)
    session.flush()
    return card


def adjust(session, member, amount):
    return adjusting.adjust(session, member.id, amount, reason="Sorry for the wait", by=None, now=NOON)


@pytest.mark.parametrize("amount, after", [(30, 130), (-40, 60), (-100, 0)])
def test_a_correction_says_why_to_the_member_and_in_the_journal(session, amount, after):
    ada = build.a_member(session, points=100)
    assert adjust(session, ada, amount) == after
    told = session.scalars(select(TimelineEvent).order_by(TimelineEvent.id.desc())).first()
    assert (told.kind, told.facts) == ("points_adjusted", {"points": amount, "reason": "Sorry for the wait"})
    entry = session.scalars(select(JournalEntry)).one()
    assert (entry.act, entry.subject, entry.reason) == (
        "points_adjusted",
        f"member:{ada.id}",
        "Sorry for the wait",
    )
    assert list(audit.breaches(session, build.KEYRING)) == []


def test_more_than_there_is_is_not_taken(session):
    ada = build.a_member(session, points=100)
    with pytest.raises(InsufficientPoints) as refused:
        adjust(session, ada, -101)
    assert refused.value.facts == {"needed": 101, "available": 100, "shortfall": 1}
    assert balances.lock(session, ada.id).balance == 100


def test_a_correction_counts_toward_no_tier_and_expires_by_the_rule(session):
    build.a_club(session).points_months = 1
    ada = build.a_member(session)
    adjust(session, ada, 30)
    assert balances.lock(session, ada.id).earned == 0
    assert session.scalar(select(Lot.expires_at)) == lives.expiry_of(NOON, zone=build.ZONE, months=1)


@pytest.mark.parametrize(
    "at, months, ends",
    [
        ("2026-06-10T09:00+00:00", 12, "2027-06-30 21:00:00+00:00"),
        ("2026-12-31T22:00+00:00", 1, "2027-02-28 22:00:00+00:00"),
        ("2028-01-31T12:00+00:00", 1, "2028-02-29 22:00:00+00:00"),
        ("2026-06-10T09:00+00:00", None, "None"),
    ],
)
def test_points_live_to_the_end_of_a_month(at, months, ends):
    earned = datetime.fromisoformat(at)
    assert str(lives.expiry_of(earned, zone=build.ZONE, months=months)) == ends


def test_a_claim_names_the_card_that_was_shown(session):
    ada = build.a_member(session)
    card, offer = a_card(session, ada), build.an_offer(session)
    asked = Asked(ada.id, offer.id, "tap", card_id=card.id)
    claiming.claim_offer(session, build.KEYRING, asked, now=NOON, chance=build.CHANCE)
    assert session.scalar(select(Claim.card_id)) == card.id


@pytest.mark.parametrize("whose", ["blocked", "another member's"])
def test_a_card_that_is_blocked_or_not_theirs_claims_nothing(session, whose):
    ada, bo = build.a_member(session, points=50), build.a_member(session, "Bo")
    card, offer = a_card(session, ada if whose == "blocked" else bo), build.an_offer(session, points_cost=50)
    if whose == "blocked":
        blocking.block(session, card, reason="Lost", by=None, now=NOON)
    session.commit()
    asked = Asked(ada.id, offer.id, "tap", card_id=card.id)
    with pytest.raises(CardInvalid):
        claiming.claim_offer(session, build.KEYRING, asked, now=NOON, chance=build.CHANCE)
    session.rollback()
    assert (balances.lock(session, ada.id).balance, session.query(Claim).count()) == (50, 0)


def test_blocking_and_opening_are_told_and_happen_once(session):
    card = a_card(session, build.a_member(session))
    later = NOON + timedelta(hours=1)
    did = [
        blocking.block(session, card, reason="Lost", by=None, now=NOON),
        blocking.block(session, card, reason="Lost again", by=None, now=later),
    ]
    assert (did, card.blocked_at, card.block_reason) == ([True, False], NOON, "Lost")
    assert blocking.unblock(session, card, reason="Found", by=None, now=later) is True
    assert blocking.unblock(session, card, reason="Found", by=None, now=later) is False
    session.flush()
    acts = session.execute(select(JournalEntry.act, JournalEntry.reason).order_by(JournalEntry.id)).all()
    assert [tuple(act) for act in acts] == [("card_blocked", "Lost"), ("card_unblocked", "Found")]
