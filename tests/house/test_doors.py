"""The doors: one line per route, one column per kind of person. A route without a line fails.

ok: let in · member, staff: sent to that sign-in · pin: asked who is acting · 404: not there for them.
"""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from portal.core.club import sign_ins, stores
from portal.core.club.accounts import Account, Role
from portal.core.club.members import Member
from portal.core.club.sign_ins import Face
from portal.core.reading import people
from tests import build
from tests.plumbing.clock import NOON

DOORS = """
route                          nobody  member  banned  staff  no-pin  elsewhere  admin
assets.file                    ok      ok      ok      ok     ok      ok         ok
assets.favicon                 ok      ok      ok      ok     ok      ok         ok
keeping.offline                ok      ok      ok      ok     ok      ok         ok
keeping.service_worker         ok      ok      ok      ok     ok      ok         ok
health.healthz                 ok      ok      ok      ok     ok      ok         ok
health.readyz                  ok      ok      ok      ok     ok      ok         ok
signin.sign_in                 ok      ok      ok      ok     ok      ok         ok
signin.sign_out                member  member  member  member member  member     member
signin.staff_sign_in           ok      ok      ok      ok     ok      ok         ok
signin.staff_sign_out          staff   staff   staff   staff  staff   staff      staff
signin.link                    ok      ok      ok      ok     ok      ok         ok
signin.ask                     ok      ok      ok      ok     ok      ok         ok
signin.type_digits             ok      ok      ok      ok     ok      ok         ok
signin.join                    ok      ok      ok      ok     ok      ok         ok
signin.terms                   ok      ok      ok      ok     ok      ok         ok
signin.language                ok      ok      ok      ok     ok      ok         ok
signin.mute                    ok      ok      ok      ok     ok      ok         ok
signin.look_at_extension       ok      ok      ok      ok     ok      ok         ok
signin.extend                  ok      ok      ok      ok     ok      ok         ok
members.home                   member  ok      ok      member member  member     member
members.offers                 ok      ok      403     ok     ok      ok         ok
members.offer                  ok      ok      403     ok     ok      ok         ok
members.offer_image            ok      ok      403     ok     ok      ok         ok
members.claim                  member  ok      403     member member  member     member
members.wallet                 member  ok      ok      member member  member     member
members.claimed                member  ok      ok      member member  member     member
members.claim_state            member  ok      ok      member member  member     member
members.ask_back               member  ok      ok      member member  member     member
members.give_back              member  ok      ok      member member  member     member
members.ask_hand_over          member  ok      ok      member member  member     member
members.hand_over              member  ok      ok      member member  member     member
members.keep_it                member  ok      ok      member member  member     member
members.handover               member  ok      ok      member member  member     member
members.accept_handover        member  ok      ok      member member  member     member
members.decline_handover       member  ok      ok      member member  member     member
members.full_screen            member  ok      ok      member member  member     member
members.keep                   member  ok      ok      member member  member     member
members.calendar               member  ok      ok      member member  member     member
members.sign_ins               member  ok      ok      member member  member     member
members.end_sign_in            member  ok      ok      member member  member     member
members.activity               member  ok      ok      member member  member     member
members.points                 member  ok      ok      member member  member     member
members.tiers                  member  ok      ok      member member  member     member
members.account                member  ok      ok      member member  member     member
members.settings               member  ok      ok      member member  member     member
members.profile                member  ok      ok      member member  member     member
members.card                   member  ok      ok      member member  member     member
members.use_here               member  ok      403     member member  member     member
members.use                    member  ok      403     member member  member     member
members.help_index             member  ok      ok      member member  member     member
members.help_topic             member  ok      ok      member member  member     member
patterns.patterns              ok      ok      ok      ok     ok      ok         ok
counter.tills                  staff   staff   staff   ok     ok      ok         ok
counter.stand                  staff   staff   staff   pin    pin     404        pin
counter.pin                    staff   staff   staff   ok     ok      ok         ok
counter.posters                staff   staff   staff   403    403     403        ok
counter.poster                 staff   staff   staff   403    403     403        ok
counter.lock                   staff   staff   staff   pin    pin     pin        pin
counter.bench                  staff   staff   staff   ok     pin     404        ok
counter.today                  staff   staff   staff   ok     pin    404        ok
counter.scan                   staff   staff   staff   ok     pin     404        ok
counter.show_scan              staff   staff   staff   ok     pin     404        ok
counter.redeem                 staff   staff   staff   ok     pin     404        ok
counter.leave                  staff   staff   staff   ok     pin     404        ok
counter.undoing_it             staff   staff   staff   ok     pin     404        ok
counter.undo                   staff   staff   staff   ok     pin     404        ok
counter.presence_code          staff   staff   staff   ok     ok      ok         ok
counter.more                   staff   staff   staff   ok     pin     404        ok
"""
HEADER, *LINES = [line.split() for line in DOORS.strip().splitlines()]
KINDS = HEADER[1:]
TABLE = {route: dict(zip(KINDS, answers, strict=True)) for route, *answers in LINES}
SAID = {"/sign-in": "member", "/staff/sign-in": "staff", "/counter/pin": "pin", "/counter": "pin"}


def test_every_route_has_its_line(house: "House") -> None:
    assert {rule.endpoint for rule in house.app.url_map.iter_rules()} == set(TABLE)


@pytest.mark.parametrize("route", TABLE)
def test_the_door(house: "House", route: str) -> None:
    assert {kind: house.knock(route, kind) for kind in KINDS} == TABLE[route]


class House:
    """A small club with one of each kind of person, each in a browser of their own."""

    def __init__(self, app: Flask, session: Session) -> None:
        self.app = app
        app.config["WTF_CSRF_ENABLED"] = False
        self.store = store = build.a_store(session)
        mill = build.a_store(session, "Mill")
        self.till, self.mill_till = build.a_till(session, store), build.a_till(session, mill)
        build.an_offer(session, slug="coffee", public=True)
        ada = _with_account(session, build.a_member(session))
        eve = _with_account(session, build.a_member(session, "Eve", banned_until=NOON.replace(year=2027)))
        boss = build.staff_at(session, role=Role.ADMIN)
        self.cookies = {
            "nobody": {},
            "member": {"member": _token(session, Face.MEMBER, ada)},
            "banned": {"member": _token(session, Face.MEMBER, eve)},
            "staff": {"staff": self.at_till(session, build.staff_at(session, store), self.till)},
            "no-pin": {"staff": self.at_till(session, build.staff_at(session, store), self.till, acts=False)},
            "elsewhere": {"staff": self.at_till(session, build.staff_at(session, mill), self.mill_till)},
            "admin": {"staff": self.at_till(session, boss, self.till)},
        }
        session.commit()

    def at_till(self, session: Session, who: Account, till: stores.Till, *, acts: bool = True) -> str:
        token = _token(session, Face.STAFF, who.id)
        here = people.staff_here(session, token, NOON)
        assert here is not None
        sign_ins.stand_at(session, here.sign_in_id, till.id)
        if acts:
            sign_ins.act_as(session, here.sign_in_id, who.id, NOON)
        return token

    def knock(self, route: str, kind: str) -> str:
        """What each method of the route answers this person; they must agree."""
        answers = {self.answer(url, method, kind) for url, method in self.ways_to(route)}
        assert len(answers) == 1, f"{route} answers {kind} in {len(answers)} ways: {answers}"
        return answers.pop()

    def ways_to(self, route: str) -> Iterator[tuple[str, str]]:
        values = {
            "slug": "coffee",
            "ref": "BCDFGHJK",
            "handover": "BCDFGHJK",
            "topic": "points",
            "till_id": self.till.id,
            "store_code": self.store.code,
            "scan_id": 1,
        }
        values |= {
            "name": "none",
            "token": "0" * 64,
            "filename": "nothing.css",
            "mark": "1-made-up",
            "sign_in_id": 0,
        }
        for rule in self.app.url_map.iter_rules(route):
            known = {name: value for name, value in values.items() if name in rule.arguments}
            url = self.app.url_map.bind("localhost").build(route, known)
            yield from ((url, method) for method in (rule.methods or set()) - {"HEAD", "OPTIONS"})

    def answer(self, url: str, method: str, kind: str) -> str:
        client: FlaskClient = self.app.test_client()
        for name, value in self.cookies[kind].items():
            client.set_cookie(name, value)
        answer = client.open(url, method=method)
        # Who is signed in is sent on from the form: that is no refusal.
        is_sent_on = url == "/staff/sign-in" and answer.location == "/counter"
        return "ok" if is_sent_on else _said(answer, theirs=kind != "elsewhere" or "counter" not in url)


@pytest.fixture
def house(app: Flask, session: Session) -> House:
    return House(app, session)


def _said(answer: TestResponse, *, theirs: bool) -> str:
    where = (answer.location or "").split("?")[0]
    if answer.status_code == 303 and where in SAID:
        return SAID[where]
    if answer.status_code == 403 or (answer.status_code == 404 and not theirs):
        return str(answer.status_code)
    return "ok"


def _with_account(session: Session, member: Member) -> int:
    account = Account(email=f"{member.name}@example.com", name=member.name, opened_at=NOON)
    session.add(account)
    session.flush()
    member.account_id = account.id
    return account.id


def _token(session: Session, face: Face, account_id: int) -> str:
    return sign_ins.begin(session, face, account_id, now=NOON, entropy=build.CHANCE.entropy, device=None)
