"""`portal grant`: to one member or to those of a file, each line by itself, repeatable under a key."""

from pathlib import Path

import pytest
from sqlalchemy import select

from portal.core.club.accounts import Account
from portal.core.club.club import Club
from portal.core.offers.grants import Grant, GrantState
from portal.core.offers.offers import BenefitKind
from portal.core.records.journal import JournalEntry
from tests import build
from tests.plumbing.clock import NOON

HEAD = "member,value,title,text,expires,external_id,metadata\n"


@pytest.fixture
def people(session):
    """Ada by address, Eve by external id, Mia who is banned; and the offer."""
    ada = build.a_member(session, "Ada")
    account = Account(email="ada@example.com", name="Ada", opened_at=NOON)
    session.add(account)
    session.flush()
    ada.account_id = account.id
    eve = build.a_member(session, "Eve", external_id="MP-2")
    build.a_member(session, "Mia", external_id="MP-3", banned_until=NOON.replace(year=2090))
    build.an_offer(
        session, slug="five", named_only=True, benefit_kind=BenefitKind.FIXED_AMOUNT, benefit_value=500
    )
    session.commit()
    return ada, eve


def given(session) -> list[Grant]:
    session.rollback()
    return list(session.scalars(select(Grant).order_by(Grant.id).execution_options(populate_existing=True)))


def a_file(folder: Path, lines: str) -> Path:
    file = folder / "members.csv"
    file.write_text(HEAD + lines, encoding="utf-8")
    return file


def test_one_member_with_what_is_personal(portal, session, people):
    own = ["--value", "8", "--title", "€8 for you", "--expires", "2090-12-31", "--metadata", '{"order": 7}']
    came = portal("grant", "five", "--member", "ADA@example.com", *own, "--reason", "sorry")
    assert (came.output, came.exit_code) == ("1 given, 0 given before, 0 left out.\n", 0)
    [grant] = given(session)
    assert (grant.member_id, grant.value, grant.title, grant.details) == (
        people[0].id,
        800,
        "€8 for you",
        {"order": 7},
    )
    entry = session.scalars(select(JournalEntry).where(JournalEntry.act == "grant_given")).one()
    assert (entry.subject, entry.reason, entry.facts["offer"]) == (
        f"grant:{grant.reference}",
        "sorry",
        "five",
    )


def test_a_file_says_what_came_of_each_line_and_repeats_nothing(portal, session, people, tmp_path):
    file = a_file(
        tmp_path,
        'ada@example.com,,,,,,\nMP-2,8.50,,,,CRM-1,"{""a"": 1}"\nMP-3,,,,,,\nnobody,,,,,,\nMP-2,x,,,,,\n',
    )
    came = portal("grant", "five", "--members", file, "--key", "march", "--report", tmp_path / "report.csv")
    assert came.exit_code == 1
    assert came.output.splitlines() == [
        "Line 4, member: Membership paused (member_banned).",
        "Line 5, member: nobody has that address, card or external id.",
        "Line 6, value: use a sum such as 5 or 5.20, without the currency.",
        "2 given, 0 given before, 3 left out.",
    ]
    assert len((tmp_path / "report.csv").read_text(encoding="utf-8-sig").splitlines()) == 4
    assert [(one.value, one.external_id, one.source) for one in given(session)] == [
        (None, None, "batch"),
        (850, "CRM-1", "batch"),
    ]
    again = portal("grant", "five", "--members", file, "--key", "march")
    assert again.output.splitlines()[-1] == "0 given, 2 given before, 3 left out."


@pytest.mark.parametrize(
    "words, said",
    [
        (["--member", "a", "--members", "FILE"], "say --member or --members"),
        (["--members", "FILE"], "say --key"),
        (["--members", "LONG", "--key", "k"], "more than 500 lines"),
    ],
)
def test_what_is_asked_wrongly_gives_nothing(portal, session, people, tmp_path, words, said):
    short, long = a_file(tmp_path, ""), tmp_path / "long.csv"
    long.write_text("member\n" + "ada@example.com\n" * 501, encoding="utf-8")
    files = {"FILE": short, "LONG": long}
    came = portal("grant", "five", *(files.get(word, word) for word in words))
    assert (came.exit_code, said in came.output, given(session)) == (2, True, [])


def test_metadata_that_is_too_large_or_no_document(portal, session, people):
    for metadata in ("[1]", "{", '{"a": "' + "x" * 4096 + '"}'):
        came = portal("grant", "five", "--member", "MP-2", "--metadata", metadata)
        assert (came.exit_code, "use a JSON object of at most 4096 bytes" in came.output) == (1, True)
    assert given(session) == []


def test_the_clubs_own_limit(portal, session, people):
    assert portal("club", "most-open-grants", "1").output == "At most 1 may wait for one member.\n"
    portal("grant", "five", "--member", "MP-2")
    came = portal("grant", "five", "--member", "MP-2")
    assert "They have enough waiting (grant_limit_reached)" in came.output
    assert [one.state for one in given(session)] == [GrantState.OPEN]
    portal("club", "most-open-grants", "none")
    session.rollback()
    assert session.scalar(select(Club.most_open_grants)) is None
