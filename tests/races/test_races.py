"""Twenty at once, on both databases: the outcomes are exact, and the books agree afterwards."""

from collections import Counter

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from portal.core.claims import releases
from portal.core.claims.claims import Claim
from portal.core.club.members import Member
from portal.core.offers.offers import Offer
from portal.core.redeeming import scanning
from portal.core.redeeming.scans import Place
from tests import build
from tests.plumbing.clock import NOON
from tests.races.racing import RIVALS, Deed, broken_promises, race

pytestmark = pytest.mark.races


def test_the_last_three_of_an_offer(engine: Engine) -> None:
    assert the_last_three(engine) == {"claimed": 3, "offer_sold_out": RIVALS - 3}
    assert broken_promises(engine) == set()


def test_one_member_twenty_times(engine: Engine) -> None:
    assert one_member(engine) == {"claimed": 1, "offer_already_claimed": RIVALS - 1}
    assert broken_promises(engine) == set()


def test_twenty_tills_on_one_code(engine: Engine) -> None:
    assert tills_on_one_code(engine) == {"redeemed": 1, "code_already_redeemed": RIVALS - 1}
    assert broken_promises(engine) == set()


def test_giving_back_against_redeeming(engine: Engine) -> None:
    came = give_back_against_redeem(engine)
    won = came["given back"] + came["redeemed"]
    assert (won, came["code_revoked"], came["claim_not_cancellable"]) == (
        RIVALS // 2,
        came["given back"],
        came["redeemed"],
    )
    assert broken_promises(engine) == set()


def test_many_claims_on_one_balance(engine: Engine) -> None:
    assert claims_on_one_balance(engine) == {"claimed": 1, "insufficient_points": RIVALS - 1}
    assert broken_promises(engine) == set()


def test_one_key_twenty_times(engine: Engine) -> None:
    assert one_key(engine) == {"claimed": RIVALS}
    assert claims_made(engine) == 1
    assert broken_promises(engine) == set()


def the_last_three(engine: Engine) -> Counter[str]:
    with Session(engine, expire_on_commit=False) as session:
        offer = build.an_offer(session, stock=3)
        members = [build.a_member(session) for _ in range(RIVALS)]
        session.commit()
    return race(engine, [claims(member, offer) for member in members])


def one_member(engine: Engine) -> Counter[str]:
    with Session(engine, expire_on_commit=False) as session:
        member, offer = build.a_member(session), build.an_offer(session)
        session.commit()
    return race(engine, [claims(member, offer) for _ in range(RIVALS)])


def tills_on_one_code(engine: Engine) -> Counter[str]:
    with Session(engine, expire_on_commit=False) as session:
        store = build.a_store(session)
        places = [build.a_place(session, store) for _ in range(RIVALS)]
        claim = build.claim(session, build.a_member(session), build.an_offer(session))
        code = build.code_of(session, claim)
        session.commit()
    return race(engine, [presents(code, place) for place in places])


def give_back_against_redeem(engine: Engine) -> Counter[str]:
    with Session(engine, expire_on_commit=False) as session:
        store, offer = build.a_store(session), build.an_offer(session, points_cost=10, stock=RIVALS)
        deeds: list[Deed] = []
        for _ in range(RIVALS // 2):
            claim = build.claim(session, build.a_member(session, points=10), offer)
            deeds += [
                gives_back(claim),
                presents(build.code_of(session, claim), build.a_place(session, store)),
            ]
        session.commit()
    return race(engine, deeds)


def claims_on_one_balance(engine: Engine) -> Counter[str]:
    with Session(engine, expire_on_commit=False) as session:
        member = build.a_member(session, points=1250)
        offers = [build.an_offer(session, points_cost=1000) for _ in range(RIVALS)]
        session.commit()
    return race(engine, [claims(member, offer) for offer in offers])


def one_key(engine: Engine) -> Counter[str]:
    with Session(engine, expire_on_commit=False) as session:
        member, offer = build.a_member(session), build.an_offer(session, per_member=None)
        session.commit()
    return race(engine, [claims(member, offer, key="tap") for _ in range(RIVALS)])


def claims_made(engine: Engine) -> int:
    with Session(engine) as session:
        return session.query(Claim).count()


def claims(member: Member, offer: Offer, key: str = "") -> Deed:
    def deed(session: Session) -> str:
        build.claim(session, member, offer, key=key)
        return "claimed"

    return deed


def presents(code: str, place: Place) -> Deed:
    def deed(session: Session) -> str:
        scan = scanning.scan(session, build.KEYRING, code, place, key="1", now=NOON, acting_since=NOON)
        return scan.refusal or scan.outcome

    return deed


def gives_back(claim: Claim) -> Deed:
    def deed(session: Session) -> str:
        releases.give_back(session, claim.member_id, claim.reference, now=NOON)
        return "given back"

    return deed
