"""The `portal` command: what it does, what it says, and that every mend is one line."""

import re

import pytest
from sqlalchemy import update

from portal import migrating
from portal.core.club import accounts
from portal.core.club import club as clubs
from portal.core.points.balances import Balance
from portal.core.records.journal import JournalEntry
from portal.signin import passwords
from tests import build

PASSWORD = "a lantern in the harbour"
TWICE = f"{PASSWORD}\n{PASSWORD}\n"


def test_help_names_every_command(portal):
    listed = re.findall(r"^  ([a-z-]+) ", portal("--help").output, re.MULTILINE)
    wanted = {"admin", "audit", "import", "keys", "serve", "sign-in-link", "sweep", "upgrade"}
    assert wanted - set(listed) == set()


def test_upgrade_brings_the_database_up(portal, blank_url):
    answer = portal("upgrade", DATABASE_URL=blank_url)
    assert (answer.exit_code, answer.output) == (0, f"The database is at {migrating.head()}.\n")


def test_an_admin_founds_the_club(portal, book):
    answer = portal("admin create Boss@Example.com --name Rasa", TWICE, PORTAL_CLUB_NAME="Lantern Club")
    assert (answer.exit_code, clubs.the(book).name) == (0, "Lantern Club")
    account = accounts.by_email(book, "boss@example.com")
    assert account is not None
    assert (account.name, account.role) == ("Rasa", "admin")
    assert passwords.verify(account.password_hash, PASSWORD, "low") is True


def test_a_poor_password_is_asked_for_again(portal, book):
    answer = portal("admin create boss@example.com", f"short\nshort\npassword1\npassword1\n{TWICE}")
    assert answer.exit_code == 0
    assert "Use 8 to 128 characters." in answer.output
    assert "That is among the first that anybody would try." in answer.output
    assert PASSWORD not in answer.output


def test_an_admin_may_get_a_link_instead(portal, app):
    answer = portal("admin create boss@example.com --link")
    [path] = re.findall(r"http://127.0.0.1:8000(/sign-in/link/[0-9a-f]{64})", answer.output)
    assert "Sign in on this device?" in app.test_client().get(path).text


def test_the_same_admin_is_not_made_twice(portal):
    portal("admin create boss@example.com --link")
    answer = portal("admin create BOSS@example.com --link")
    assert (answer.exit_code, "There is an account of BOSS@example.com already." in answer.output) == (
        2,
        True,
    )


def test_what_is_no_address_is_refused(portal):
    assert portal("admin create boss").exit_code == 2


def test_a_link_for_the_counter(portal):
    portal("admin create boss@example.com --link")
    assert "/sign-in/link/" in portal("sign-in-link boss@example.com --counter").output


@pytest.mark.parametrize(
    "words, said",
    [
        ("sign-in-link nobody@example.com", "There is no open account of nobody@example.com"),
        ("sign-in-link boss@example.com", "boss@example.com is no member. Add --counter"),
    ],
)
def test_a_link_that_would_lead_nowhere_is_not_made(portal, words, said):
    portal("admin create boss@example.com --link")
    answer = portal(words)
    assert (answer.exit_code, said in answer.output) == (2, True)


def test_what_the_command_did_stands_in_the_journal(portal, book):
    portal("admin create boss@example.com --link")
    entries = book.query(JournalEntry).order_by(JournalEntry.id)
    assert [(entry.act, entry.account_id) for entry in entries] == [
        ("account_opened", None),
        ("link_made", None),
    ]


def test_the_audit_of_an_honest_club(portal):
    portal("keys init")
    answer = portal("audit")
    assert (answer.exit_code, re.sub(r"\d+", "N", answer.output)) == (0, "All N checks agree.\n")


def test_the_audit_finds_a_lie(portal, session):
    portal("keys init")
    member = build.a_member(session, points=100)
    session.commit()
    session.execute(update(Balance).where(Balance.member_id == member.id).values(balance=99))
    session.commit()
    answer = portal("audit")
    assert (answer.exit_code, "99" in answer.output) == (1, True)


def test_the_sweep_says_what_it_wrote_down(portal):
    assert portal("sweep").output == "Expired: 0 codes, points of 0 members.\n"
