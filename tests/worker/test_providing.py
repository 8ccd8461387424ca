"""A provider's codes: asked for by one key however often, kept once, all given back when there is none."""

import socket
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from portal.core.claims import holds
from portal.core.claims.claims import Claim
from portal.core.claims.holds import Hold
from portal.core.club.members import Member
from portal.core.codes import pool_codes
from portal.core.codes.pool_codes import PoolCode
from portal.core.offers.offers import Offer
from portal.core.offers.stock import Stock
from portal.core.points import lots
from portal.core.points.balances import Balance
from portal.core.reading import audit
from portal.core.redeeming import scanning
from portal.core.refusals import InsufficientPoints
from portal.web import db
from portal.worker import letters, providing
from tests import build
from tests.plumbing import code_service
from tests.plumbing.clock import NOON, Clock
from tests.plumbing.code_service import SECRET, CodeService


@pytest.fixture
def service(app: Flask) -> Iterator[CodeService]:
    with code_service.serving() as service:
        more = {"provider_url": service.url, "provider_secret": SECRET}
        app.config["PORTAL"] = app.config["PORTAL"].model_copy(update=more)
        app.extensions["keyring"] = build.KEYRING
        yield service


@pytest.fixture
def gift(session: Session) -> Iterator[Claim]:
    """A claim of 200 of 250 points, under the last one of an offer."""
    pool = build.a_pool(session, name="gifts", case_matters=True)
    terms: dict[str, Any] = {"code_mode": "provider", "pool_id": pool.id, "points_cost": 200, "stock": 1}
    claim = build.claim(session, build.a_member(session, points=250), build.an_offer(session, **terms))
    session.commit()
    yield claim
    session.rollback()


def read(session: Session, claim: Claim) -> tuple[str, str | None, str]:
    session.rollback()
    session.expire_all()
    hold = session.query(Hold).filter_by(claim_id=claim.id).one()
    return claim.state, claim.closed_reason, hold.state


def code_of(session: Session, claim: Claim) -> str | None:
    return pool_codes.shown(session, build.KEYRING, claim.id)


def books(session: Session) -> list[str]:
    return [breach.promise for breach in audit.breaches(session, build.KEYRING)]


def test_a_claim_waits_with_its_points_held(session: Session, gift: Claim) -> None:
    assert read(session, gift) == ("pending", None, "open")
    assert session.query(Balance.balance).scalar() == 50
    other = build.an_offer(session, points_cost=200)
    with pytest.raises(InsufficientPoints):
        build.claim(session, session.get_one(Member, gift.member_id), other)
    session.rollback()
    assert books(session) == []


def test_the_code_comes_once_and_works_at_the_till(
    app: Flask, session: Session, gift: Claim, service: CodeService
) -> None:
    assert (providing.once(app), providing.once(app)) == (1, 0)
    assert read(session, gift) == ("claimed", None, "captured")
    [asked] = service.asked
    assert (asked["header"], asked["offer"]) == (asked["key"], gift.promised.offer_slug)
    code = code_of(session, gift)
    assert code == service.made[asked["key"]]
    place = build.a_place(session)
    scan = scanning.scan(session, build.KEYRING, code, place, key="1", now=NOON, acting_since=NOON)
    assert (scan.outcome, scan.claim_id) == ("redeemed", gift.id)
    assert books(session) == []


@pytest.mark.parametrize("moods", [[500], [503, 429], [408, 409, 425]])
def test_trouble_is_tried_again_under_the_same_key(
    app: Flask, session: Session, gift: Claim, service: CodeService, clock: Clock, moods: list[int]
) -> None:
    tries = len(moods) + 1
    service.moods = moods
    for pause in holds.PAUSES[:tries]:
        assert providing.once(app) == 1
        assert providing.once(app) == 0  # not before its time
        clock.forward(seconds=pause.total_seconds())
    assert read(session, gift) == ("claimed", None, "captured")
    assert (len(service.asked), len({asked["key"] for asked in service.asked})) == (tries, 1)


def returned(session: Session, gift: Claim) -> bool:
    """Points in the same lot, stock, and the place within the limit: everything the claim took."""
    ended = read(session, gift) == ("closed", "cancelled", "released")
    [(_, left, ends)] = lots.of_member(session, gift.member_id)
    back = (left, ends) == (250, NOON + build.YEAR) and session.query(Balance.balance).scalar() == 250
    return ended and back and session.query(Stock.remaining).scalar() == 1 and gift.slot is None


@pytest.mark.parametrize("mood", [400, 401, 404, 410, 422, 301, 302, 307])
def test_a_final_no_gives_everything_back_and_is_followed_nowhere(
    app: Flask, session: Session, gift: Claim, service: CodeService, mood: int
) -> None:
    service.moods = [mood]
    providing.once(app)
    assert returned(session, gift)
    assert [asked["path"] for asked in service.asked] == ["/codes"]
    assert books(session) == []
    member, offer = session.get_one(Member, gift.member_id), session.get_one(Offer, gift.offer_id)
    build.claim(session, member, offer)


@pytest.mark.parametrize(
    "body", [b"no", b"[]", b"{}", b'{"code": 7}', b'{"code": "BBBBBBBBBBBB"}', b'{"code": ""}']
)
def test_an_answer_that_no_till_could_know_is_no_code(
    app: Flask, session: Session, gift: Claim, service: CodeService, body: bytes
) -> None:
    service.body = body
    providing.once(app)
    assert returned(session, gift)


def test_after_the_last_try_the_member_is_told(
    app: Flask, session: Session, ada: Any, service: CodeService, clock: Clock
) -> None:
    pool = build.a_pool(session, name="gifts")
    gift = build.claim(session, ada, build.an_offer(session, "A book", code_mode="provider", pool_id=pool.id))
    session.commit()
    service.moods = [500] * (len(holds.PAUSES) + 1)
    for pause in (*holds.PAUSES, timedelta()):
        providing.once(app)
        clock.forward(seconds=pause.total_seconds())
    assert read(session, gift) == ("closed", "cancelled", "released")
    with app.test_request_context():
        letter = letters.write("claim_not_prepared", {"reference": gift.reference}, clock())
    assert isinstance(letter, letters.Letter)
    assert letter.subject == "A book: the code could not be made"


def test_a_service_that_is_away_is_waited_for(
    app: Flask, session: Session, gift: Claim, service: CodeService, clock: Clock
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # and nobody listens
        away = f"http://127.0.0.1:{taken.getsockname()[1]}/codes"
        there, app.config["PORTAL"] = app.config["PORTAL"], moved(app, away)
        providing.once(app)
    app.config["PORTAL"] = there
    assert read(session, gift) == ("pending", None, "open")
    clock.forward(seconds=5)
    providing.once(app)
    assert read(session, gift) == ("claimed", None, "captured")


def moved(app: Flask, url: str) -> Any:
    return app.config["PORTAL"].model_copy(update={"provider_url": url})


def test_a_worker_that_died_before_it_asked_is_followed_by_another(
    app: Flask, session: Session, gift: Claim, service: CodeService, clock: Clock
) -> None:
    with app.app_context():
        db.begin_writing()
        holds.lease(db.session(), now=clock(), lasts=providing.LEASE)
        db.session().commit()
    assert providing.once(app) == 0
    clock.forward(seconds=providing.LEASE.total_seconds())
    assert providing.once(app) == 1
    assert read(session, gift) == ("claimed", None, "captured")


def test_a_worker_that_comes_back_late_changes_nothing(
    app: Flask, session: Session, gift: Claim, service: CodeService, clock: Clock
) -> None:
    with app.app_context():
        db.begin_writing()
        late = holds.lease(db.session(), now=clock(), lasts=providing.LEASE)
        db.session().commit()
    assert late is not None
    clock.forward(seconds=providing.LEASE.total_seconds())
    providing.once(app)
    with app.app_context():
        db.begin_writing()
        holds.capture(db.session(), build.KEYRING, late, "OTHER-1", now=clock(), chance=build.CHANCE)
        holds.give_up(db.session(), late, now=clock())
        db.session().commit()
    assert read(session, gift) == ("claimed", None, "captured")
    assert session.query(PoolCode).count() == 1
    assert books(session) == []
