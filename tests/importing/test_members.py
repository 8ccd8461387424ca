"""Members: found by external id, else by address; their opening points are credited once."""

import pytest
from sqlalchemy import select

from portal.core.club import members
from portal.core.club.accounts import Account
from portal.core.club.cards import Card
from portal.core.points import balances, lots
from portal.core.points.ledger import Entry
from portal.core.reading import audit
from portal.core.records.timeline import TimelineEvent
from tests import build
from tests.plumbing.clock import NOON

HEADER = "external_id,email,name,tier,points,card\n"


def test_a_member_comes_with_account_card_points_and_timeline(bring, session):
    build.a_club(session)
    silver = build.a_tier(session, "silver", 2)
    session.commit()
    said = bring("members", HEADER + "x1, Ada@Example.com ,Ada,Silver,120,55|56\n").output
    assert said == "members.csv: 1 new, 0 changed, 0 unchanged.\n"
    ada = the(session, "x1")
    assert (ada.name, ada.tier_id) == ("Ada", silver.id)
    assert session.get_one(Account, ada.account_id).email == "ada@example.com"
    assert session.scalars(select(Card.number).order_by(Card.number)).all() == ["55", "56"]
    assert [(left, ends) for _, left, ends in lots.of_member(session, ada.id)] == [(120, None)]
    assert session.scalars(select(Entry.reason)).all() == ["opening:import"]
    assert session.scalars(select(TimelineEvent.kind)).all() == ["joined", "points_earned"]


def test_another_number_on_repeat_is_a_note_and_changes_nothing(bring, session):
    bring("members", HEADER + "x1,,Ada,,120,\n")
    again = bring("members", HEADER + "x1,,Ada,,150,\n")
    assert again.output == (
        "Line 2, points: note: opened with 120 points before; 150 changes nothing now.\n"
        "members.csv: 0 new, 0 changed, 1 unchanged.\n"
    )
    assert again.exit_code == 0
    assert balance(session, "x1") == 120


def test_points_spent_since_are_not_credited_again(bring, session):
    bring("members", HEADER + "x1,,Ada,,120,\n")
    ada = the(session, "x1")
    lots.spend(session, ada.id, 100, now=NOON)
    session.commit()
    bring("members", HEADER + "x1,,Ada,,120,\n")
    assert balance(session, "x1") == 20
    assert list(audit.breaches(session, build.KEYRING)) == []


def test_points_may_follow_later_once(bring, session):
    bring("members", HEADER + "x1,,Ada,,,\n")
    said = [bring("members", HEADER + "x1,,Ada,,120,\n").output for _ in range(2)]
    assert said == [
        "members.csv: 0 new, 1 changed, 0 unchanged.\n",
        "members.csv: 0 new, 0 changed, 1 unchanged.\n",
    ]
    assert balance(session, "x1") == 120
    assert list(audit.breaches(session, build.KEYRING)) == []


def test_what_differs_is_changed_and_an_empty_cell_leaves_what_is_there(bring, session):
    bring("members", HEADER + "x1,ada@example.com,Ada,,,55\n")
    said = bring("members", HEADER + "x1,ada@new.example,Ada Lovelace,,,\n").output
    assert said == "members.csv: 0 new, 1 changed, 0 unchanged.\n"
    bring("members", HEADER + "x1,,Ada Lovelace,,,56\n")
    ada = the(session, "x1")
    assert (ada.name, session.get_one(Account, ada.account_id).email) == ("Ada Lovelace", "ada@new.example")
    assert session.scalars(select(Card.number).order_by(Card.number)).all() == ["55", "56"]


def test_somebody_known_by_address_gets_the_external_id(bring, session):
    bring("members", HEADER + ",ada@example.com,Ada,,10,\n")
    said = bring("members", HEADER + "x1,ADA@example.com,Ada,,10,\n").output
    assert said == "members.csv: 0 new, 1 changed, 0 unchanged.\n"
    assert balance(session, "x1") == 10


def test_staff_may_join_with_the_address_they_have(bring, session):
    ona = build.staff_at(session, build.a_store(session), email="ona@example.com")
    build.a_club(session)
    session.commit()
    assert bring("members", HEADER + "x1,ona@example.com,Ona,,5,\n").exit_code == 0
    assert the(session, "x1").account_id == ona.id


@pytest.mark.parametrize(
    "line, said",
    [
        (
            ",,Cy,,,",
            "Line 3, external_id: give an external id or an address, so that a repeat finds the same member.",
        ),
        ("x9,,,,,", "Line 3, name: fill it in."),
        ("x9,,Cy,gold,,", "Line 3, tier: there is no gold; leave it empty or use one of: none yet."),
        ("x9,,Cy,,1.5,", "Line 3, points: use a whole number such as 120."),
        ("x9,,Cy,,-5,", "Line 3, points: use a whole number such as 120."),
        ("x9,cy@,Cy,,,", "Line 3, email: use one address such as ona@example.com."),
        ("x9,ada@example.com,Cy,,,", "Line 3, email: line 2 has the same; keep one of the two."),
        (
            "x9,bo@example.com,Cy,,,",
            "Line 3, email: a member with another external id has it; mend one of the two.",
        ),
        ("x9,,Cy,,,77", "Line 3, card: another member has this card; mend one of the two."),
    ],
)
def test_a_bad_line_is_named_with_its_mend_and_the_good_one_comes_in(bring, session, line, said):
    bring("members", HEADER + "x2,bo@example.com,Bo,,,77\n")
    result = bring("members", HEADER + "x1,ada@example.com,Ada,,,\n" + line + "\n")
    assert result.output.splitlines() == [
        said,
        "members.csv: 1 new, 0 changed, 0 unchanged, 1 left out.",
    ]
    assert result.exit_code == 1
    assert the(session, "x1").name == "Ada"
    assert members.by_external_id(session, "x9") is None


def balance(session, external_id):
    return balances.lock(session, the(session, external_id).id).balance


def the(session, external_id):
    session.rollback()
    member = members.by_external_id(session, external_id)
    assert member is not None
    return member
