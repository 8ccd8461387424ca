"""A reminder a week ahead and one two days ahead: each once, by day, and only for who is served by it."""

from datetime import datetime, timedelta

import pytest

from portal.core.claims import reminders
from portal.core.club import members
from portal.core.club.accounts import Account
from portal.core.records.outbox import Message
from tests import build
from tests.plumbing.clock import NOON

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
WEEK, TWO = "week", "two_days"


@pytest.fixture
def ada(session):
    account = Account(email="ada@example.com", name="Ada", opened_at=NOON)
    session.add(account)
    session.flush()
    return build.a_member(session, account_id=account.id)


@pytest.fixture
def claim(session, ada):
    """Expires at the end of the 30th day from now, at 12am in Vilnius."""
    return build.claim(session, ada, build.an_offer(session))


@pytest.fixture
def queued(session):
    """Which reminders there are after looking at these moments."""

    def look(*moments):
        for moment in moments:
            reminders.write_due(session, now=moment)
        sent = session.query(Message).filter_by(kind="reminder").order_by(Message.id)
        return [message.facts["ahead"] for message in sent]

    return look


def test_each_once(claim, queued):
    end = claim.expires_at
    assert queued(end - 7 * DAY - HOUR) == []
    assert queued(*[end - 7 * DAY + hours * HOUR for hours in range(24 * 7 + 2)]) == [WEEK, TWO]


@pytest.mark.parametrize("hour, is_day", [(8, False), (9, True), (19, True), (20, False), (0, False)])
def test_only_by_day_where_the_claim_is(claim, queued, hour, is_day):
    there = (claim.expires_at - 6 * DAY) + hour * HOUR
    assert (queued(there) == [WEEK]) is is_day


def test_when_both_are_due_only_the_later_is_of_use(claim, queued):
    assert queued(claim.expires_at - 30 * HOUR, claim.expires_at - 12 * HOUR) == [TWO]


def test_who_claims_within_the_week_is_reminded_of_the_last_two_days_only(session, ada, queued):
    claim = build.claim(session, ada, build.an_offer(session, valid_days=4))
    end = claim.expires_at
    assert end is not None
    assert queued(*[NOON + hours * HOUR for hours in range(int((end - NOON) / HOUR) + 1)]) == [TWO]


@pytest.mark.parametrize("change", ["used", "muted", "banned", "closed account", "no end"])
def test_none_for_whom_it_would_not_serve(session, ada, claim, queued, change):
    end = claim.expires_at
    if change == "used":
        claim.state, claim.closed_reason, claim.uses_left = "closed", "redeemed", 0
    elif change == "muted":
        members.set_reminders(session, ada.id, on=False)
    elif change == "banned":
        ada.banned_until = end
    elif change == "no end":
        claim.expires_at = None
    else:
        session.get_one(Account, ada.account_id).closed_at = NOON
    session.flush()
    assert queued(end - 5 * DAY + 10 * HOUR) == []


@pytest.mark.parametrize(
    "now, morning",
    [
        ("2026-06-10T17:00:00+00:00", "2026-06-11T06:00:00+00:00"),
        ("2026-06-10T01:00:00+00:00", "2026-06-10T06:00:00+00:00"),
        ("2026-03-28T22:30:00+00:00", "2026-03-29T06:00:00+00:00"),
    ],
)
def test_the_next_morning(now, morning):
    found = reminders.next_day(datetime.fromisoformat(now), build.ZONE)
    assert found.timestamp() == datetime.fromisoformat(morning).timestamp()
