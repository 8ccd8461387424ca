"""Joining with a card from the store, and with a phone: what comes along, and what a guess does not get."""

import pytest

from portal.core.club.cards import Card
from portal.core.club.consents import ConsentGiven
from portal.core.club.members import Member
from portal.core.points import balances
from portal.core.reading import audit
from portal.web import keys
from tests import build
from tests.plumbing import post as mails
from tests.plumbing.clock import NOON

DOMAS = {"name": "domas ezeras", "email": "domas@example.com", "terms": "y"}
NOT_YOURS = "We could not tell that the card from the store is yours."


@pytest.fixture
def known(session):
    """Known by card only, with 40 points."""
    build.a_club(session)
    member = build.a_member(session, "Domas „Dodo“ Ežeras", points=40)
    session.add(Card(member_id=member.id, number="700400", issued_at=NOON))
    session.commit()
    return member


def joins(visitor, post, **more):
    visitor.post("/join", DOMAS | more)
    answer = visitor.post("/sign-in/code", {"digits": mails.digits(post.one())})
    return visitor.get(answer.location)


def test_the_card_from_the_store_is_theirs_with_its_points(visitor, post, session, known, app):
    page = joins(visitor, post, card="700 400", phone="+370 (612) 34567")
    assert ("The card from the store is yours now" in page.text, "700400" in page.text) == (True, True)
    session.expire_all()
    [member] = session.query(Member)
    assert (member.id, member.phone, member.account_id is None) == (known.id, "+37061234567", False)
    assert balances.lock(session, member.id).balance == 40
    assert (session.query(Card).count(), session.query(ConsentGiven).count()) == (1, 2)
    with app.app_context():
        assert list(audit.breaches(session, keys.keyring())) == []


@pytest.mark.parametrize(
    "card, name",
    [("700400", "Bea Marsh"), ("700400", "Domas"), ("700401", "Domas Ežeras")],
)
def test_a_card_that_is_not_known_to_be_theirs_stays_where_it_is(visitor, post, session, known, card, name):
    page = joins(visitor, post, card=card, name=name)
    assert NOT_YOURS in page.text
    session.expire_all()
    assert session.get_one(Member, known.id).account_id is None
    assert session.query(Member).count() == 2


def test_a_card_of_somebody_who_signs_in_cannot_be_taken_over(visitor, ada, post, session):
    member = session.query(Member).one()
    session.add(Card(member_id=member.id, number="555", issued_at=NOON))
    session.commit()
    page = joins(visitor, post, card="555", name=member.name)
    assert NOT_YOURS in page.text
    assert session.query(Member).count() == 2


def test_a_blocked_card_is_nobodys(visitor, post, session, known):
    session.query(Card).update({"blocked_at": NOON})
    session.commit()
    assert NOT_YOURS in joins(visitor, post, card="700400").text


def test_who_came_for_an_offer_has_its_code_and_the_card_with_it(visitor, post, session, known):
    build.an_offer(session, slug="coffee")
    session.commit()
    page = joins(visitor, post, card="700400", offer="coffee", seen="1")
    assert "Free coffee" in page.text
    assert session.query(Member).count() == 1


@pytest.mark.parametrize(
    "field, typed, words",
    [
        ("phone", "12", "Enter a phone number with its country, such as +370 612 34567"),
        ("phone", "861234567", "Enter a phone number with its country, such as +370 612 34567"),
        ("card", "<b>", "Enter the number as it stands on the card"),
    ],
)
def test_what_cannot_be_is_said_and_stays_in_its_open_box(visitor, field, typed, words):
    answer = visitor.post("/join", DOMAS | {field: typed})
    assert (answer.status_code, words in answer.text, "<details open>" in answer.text) == (422, True, True)


def test_a_member_changes_their_phone_or_takes_it_back(visitor, post, session):
    joins(visitor, post, phone="+37061234567")
    settings = {"name": "Domas", "language": "en", "theme": "system"}
    for typed, kept in (("00370 612-34568", "+37061234568"), ("", None)):
        visitor.post("/account/settings", settings | {"phone": typed})
        session.rollback()
        assert session.query(Member).one().phone == kept
