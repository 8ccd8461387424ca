"""A link signs in once, on its own face; looking at it changes nothing."""

import os
from datetime import timedelta

import pytest

from portal.core.club import links
from portal.core.club.accounts import Role
from portal.core.club.sign_ins import Face
from tests.plumbing.clock import NOON

SPENT = "This link has been used, or its time is over"


@pytest.fixture
def link(session):
    """Makes a link for an account."""

    def made(account, face=Face.MEMBER):
        token = links.make(session, account.id, face, now=NOON, entropy=os.urandom)
        session.commit()
        return f"/sign-in/link/{token}"

    return made


def test_looking_signs_nobody_in_and_uses_nothing_up(visitor, ada, link, rows):
    path = link(ada)
    looks = [visitor.get(path) for _ in range(3)]
    assert [(look.status_code, "Sign in on this device?" in look.text) for look in looks] == [(200, True)] * 3
    assert (rows(), visitor.cookie("member")) == ([], None)


def test_pressing_the_button_signs_in(visitor, ada, link):
    answer = visitor.post(link(ada))
    assert (answer.status_code, answer.location) == (303, "/offers")
    assert visitor.get("/offers").status_code == 200


def test_it_works_once(visitor, ada, link, rows):
    path = link(ada)
    visitor.post(path)
    again = [visitor.post(path), visitor.get(path)]
    assert [(answer.status_code, SPENT in answer.text) for answer in again] == [(410, True)] * 2
    assert len(rows()) == 1


def test_it_works_for_a_day(visitor, ada, link, clock):
    path = link(ada)
    clock.forward(hours=24, seconds=-1)
    assert visitor.get(path).status_code == 200
    clock.forward(seconds=1)
    assert (visitor.get(path).status_code, visitor.post(path).status_code) == (410, 410)


def test_a_link_to_the_counter_opens_the_counter_only(visitor, account, link):
    both = account("Both", role=Role.STAFF, member=True)
    answer = visitor.post(link(both, Face.STAFF))
    assert (answer.location, visitor.cookie("member")) == ("/counter", None)
    assert visitor.get("/counter").status_code == 200


@pytest.mark.parametrize("change", [{"closed_at": NOON}, {"role": None}])
def test_a_link_of_somebody_who_left_opens_nothing(visitor, ona, link, session, change, rows):
    path = link(ona, Face.STAFF)
    for name, value in change.items():
        setattr(ona, name, value)
    session.commit()
    assert (visitor.post(path).status_code, rows()) == (410, [])


def test_made_up_links_open_nothing(visitor):
    assert [visitor.post(f"/sign-in/link/{token}").status_code for token in ("x", "ab" * 32)] == [410, 410]


def test_the_way_on_from_a_spent_link(visitor):
    page = visitor.get("/sign-in/link/made-up").text
    assert ('href="/sign-in"' in page, 'href="/staff/sign-in"' in page) == (True, True)


def test_the_link_lasts_what_the_page_says():
    assert timedelta(hours=24) == links.LINK_LASTS
