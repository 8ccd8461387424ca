"""Somebody has a copy of the cookie: whatever ends the sign-in ends the copy too, at its next request."""

import re

import pytest

from portal.app import create_app
from portal.config import Mode, Settings
from portal.core.club.accounts import Role
from portal.core.club.sign_ins import Face
from portal.core.club.stores import StaffStore
from portal.web import keys
from tests import build
from tests.plumbing import clubs
from tests.plumbing.visitor import Visitor
from tests.signin.typed import right

HTTPS = "https://club.example"
HOME = {"member": "/offers", "staff": "/counter"}
DOOR = {"member": "/sign-in", "staff": "/staff/sign-in"}
OUT = {"member": "/sign-out", "staff": "/staff/sign-out"}


@pytest.fixture(params=list(Face))
def face(request):
    return str(request.param)


@pytest.fixture
def both(account):
    """A member who also has a job, so that each cookie could open something."""
    return account("Both", role=Role.STAFF, member=True)


@pytest.fixture
def owner(visitor, both, face):
    """Signed in at that face, in a browser of their own."""
    visitor.post(DOOR[face], right("both"))
    return visitor


@pytest.fixture
def copy(app, owner, face):
    """Another browser with the same cookie, which works as long as the sign-in does."""
    thief = Visitor(app)
    thief.client.set_cookie(face, owner.cookie(face) or "")
    assert is_in(thief, face)
    return thief


def test_it_ends_with_signing_out(owner, copy, face):
    owner.post(OUT[face])
    assert not is_in(copy, face)


def test_it_ends_when_the_owner_signs_in_again_there(owner, copy, face):
    owner.post(DOOR[face], right("both"))
    assert (is_in(copy, face), is_in(owner, face)) == (False, True)


def test_it_ends_with_the_account(owner, copy, face, both, session, clock):
    both.closed_at = clock()
    session.commit()
    assert not is_in(copy, face)


def test_it_ends_with_the_row(owner, copy, face, rows, session, clock):
    for row in rows():
        row.ended_at = clock()
        session.add(row)
    session.commit()
    assert not is_in(copy, face)


def test_it_ends_at_the_counter_with_the_job_and_not_before_the_wallet(owner, copy, face, both, session):
    both.role = None
    session.commit()
    assert is_in(copy, face) is (face == "member")


def test_a_dead_copy_changes_nothing_either(owner, copy, face):
    posts = {"member": "/offers/anything/claims", "staff": "/counter/tills/1"}
    token = copy.token()
    owner.post(OUT[face])
    answer = copy.client.post(posts[face], data={"csrf_token": token, "key": "tap"})
    assert (answer.status_code, answer.location.partition("?")[0]) == (303, DOOR[face])


def test_signing_out_elsewhere_leaves_the_other_browser(app, owner, face):
    other = Visitor(app)
    other.post(DOOR[face], right("both"))
    owner.post(OUT[face])
    assert is_in(other, face)


def test_what_a_stranger_put_there_is_replaced_and_dead(app, owner, face, account):
    """Eve plants her own live cookie: after the sign-in neither side has what the other knows."""
    account("Eve", role=Role.STAFF, member=True)
    eve, victim = Visitor(app), Visitor(app)
    eve.post(DOOR[face], right("eve"))
    planted = eve.cookie(face) or ""
    victim.client.set_cookie(face, planted)
    victim.post(DOOR[face], right("both"))
    assert victim.cookie(face) != planted
    assert (is_in(victim, face), is_in(eve, face)) == (True, False)


def test_a_cookie_opens_only_its_own_face(app, owner, face):
    other = "staff" if face == "member" else "member"
    crossed = Visitor(app)
    crossed.client.set_cookie(other, owner.cookie(face) or "")
    assert [is_in(crossed, each) for each in HOME] == [False, False]


def test_a_device_asks_who_acts_when_they_no_longer_may(app, visitor, account, session):
    ona = account("Ona", role=Role.STAFF)
    ona.pin_lookup = app.extensions["keyring"].pin_lookup("2468")
    store = build.a_store(session)
    till = build.a_till(session, store)
    session.add(StaffStore(account_id=ona.id, store_id=store.id))
    device = account("Device", role=Role.ADMIN)
    session.commit()
    visitor.post("/staff/sign-in", right(device.name.lower()))
    visitor.post(f"/counter/tills/{till.id}")
    visitor.post("/counter/pin", {"pin": "2468"})
    seen = [visitor.get(f"/counter/{till.id}").status_code]
    ona.role = None
    session.commit()
    answer = visitor.get(f"/counter/{till.id}")
    assert (seen, answer.status_code, answer.location) == ([200], 303, "/counter/pin")


def test_in_production_the_browser_keeps_it_to_this_host_and_https(database_url, tmp_path, clock, both, face):
    with clubs.closing(create_app(production(database_url, tmp_path), clock=clock)) as app:
        answer = Visitor(app, HTTPS).post(DOOR[face], right("both"))
        [cookie] = [each for each in answer.headers.getlist("Set-Cookie") if face in each.partition("=")[0]]
        told = re.sub(r"=[0-9a-f]{64};", ";", re.sub(r"(Expires|Max-Age)=[^;]*; ", "", cookie))
        assert told == f"__Host-{face}; Secure; HttpOnly; Path=/; SameSite=Lax"
        plain = Visitor(app, HTTPS)
        plain.client.set_cookie(face, cookie.partition("=")[2].partition(";")[0], domain="club.example")
        assert not is_in(plain, face)


def production(url, folder):
    settings = Settings(
        mode=Mode.PRODUCTION,
        database_url=url,
        keys_file=folder / "portal.keys",
        public_url=HTTPS,
        password_cost="low",
    )
    if not settings.keys_path.exists():
        keys.make(settings.keys_path)
    return settings


def is_in(visitor, face):
    return visitor.get(HOME[face]).status_code == 200
