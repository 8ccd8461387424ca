"""`portal members ban` and `unban`."""

from datetime import UTC, datetime

import pytest

from portal.core.club.accounts import Account
from portal.core.club.members import Member
from portal.core.records.journal import JournalEntry
from tests import build


@pytest.fixture
def ada(session) -> Member:
    account = Account(email="ada@example.com", name="Ada", opened_at=datetime.now(UTC))
    session.add(account)
    session.flush()
    member = build.a_member(session, account_id=account.id)
    session.commit()
    return member


def test_ban_and_unban(portal, session, ada):
    came = portal("members", "ban", "ada@example.com", "--until", "2090-03-01", "--reason", "shouting")
    assert came.output == "ada@example.com is paused until the end of 2090-03-01.\n"
    session.rollback()
    session.refresh(ada)
    assert (str(ada.banned_until), ada.ban_reason) == ("2090-03-01 22:00:00+00:00", "shouting")
    back = portal("members", "unban", "ada@example.com", "--reason", "sorry")
    assert back.output == "ada@example.com is in again.\n"
    session.rollback()
    told = [entry.act for entry in session.query(JournalEntry).order_by(JournalEntry.id)]
    assert told[-2:] == ["member_banned", "ban_lifted"]


@pytest.mark.parametrize(
    "email, until, said",
    [
        ("nobody@example.com", "2090-03-01", "There is no member with nobody@example.com."),
        ("ada@example.com", "2020-03-01", "Use a day that is not over."),
        ("ada@example.com", "soon", "use a day such as 2026-12-31"),
    ],
)
def test_what_is_wrong_is_said(portal, ada, email, until, said):
    came = portal("members", "ban", email, "--until", until, "--reason", "shouting")
    assert (came.exit_code, said in came.output) == (2, True)
