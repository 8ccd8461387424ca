"""The scenes that many play at once, whoever the crowd is: threads of this process, or processes."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from portal.core.claims.claims import Claim
from portal.core.offers.offers import CodeMode
from tests import build
from tests.races.deeds import Buys, Claims, GivesBack, Presents
from tests.races.racing import Deed


@dataclass(frozen=True)
class Crowd:
    """How many rivals there are, and how they are let loose."""

    size: int
    race: Callable[[Engine, Sequence[Deed]], Counter[str]]


def the_last_three(engine: Engine, crowd: Crowd) -> Counter[str]:
    return run_on(engine, crowd, stock=3, each=1)


def run_on(engine: Engine, crowd: Crowd, *, stock: int, each: int) -> Counter[str]:
    """A run on one offer: every rival claims for so many members of their own."""
    with Session(engine, expire_on_commit=False) as session:
        offer = build.an_offer(session, stock=stock)
        members = [build.a_member(session) for _ in range(crowd.size * each)]
        deeds = [Claims(member.id, offer.id, "tap") for member in members]
        session.commit()
    return crowd.race(engine, deeds)


def the_last_three_of_a_pool(engine: Engine, crowd: Crowd) -> Counter[str]:
    with Session(engine, expire_on_commit=False) as session:
        pool = build.a_pool(session, *(f"CINE-{number}{number}{number}" for number in range(101, 104)))
        offer = build.an_offer(session, code_mode=CodeMode.POOL, pool_id=pool.id)
        deeds = [Claims(build.a_member(session).id, offer.id, "tap") for _ in range(crowd.size)]
        session.commit()
    return crowd.race(engine, deeds)


def one_member(engine: Engine, crowd: Crowd) -> Counter[str]:
    with Session(engine, expire_on_commit=False) as session:
        member, offer = build.a_member(session), build.an_offer(session)
        session.commit()
    return crowd.race(engine, [Claims(member.id, offer.id, f"tap {rival}") for rival in range(crowd.size)])


def tills_on_one_code(engine: Engine, crowd: Crowd) -> Counter[str]:
    with Session(engine, expire_on_commit=False) as session:
        store = build.a_store(session)
        places = [build.a_place(session, store) for _ in range(crowd.size)]
        claim = build.claim(session, build.a_member(session), build.an_offer(session))
        code = build.code_of(session, claim)
        session.commit()
    return crowd.race(engine, [Presents(code, place) for place in places])


def the_last_of_a_stores_day(engine: Engine, crowd: Crowd) -> Counter[str]:
    return tills_on_one_limit(engine, crowd, stores=1, redemptions_per_store_day=3)


def two_stores_on_the_last_of_all(engine: Engine, crowd: Crowd) -> Counter[str]:
    return tills_on_one_limit(engine, crowd, stores=2, redemptions_in_all=3, redemptions_per_store=9)


def tills_on_a_new_limit(engine: Engine, crowd: Crowd) -> Counter[str]:
    return tills_on_one_limit(engine, crowd, stores=1, before=0, budget=1300, use_cost=400)


def tills_on_one_limit(
    engine: Engine, crowd: Crowd, *, stores: int, before: int = 2, **limits: Any
) -> Counter[str]:
    """So many have been redeemed before; every rival presents a code of its own at a till of its own."""
    with Session(engine, expire_on_commit=False) as session:
        offer = build.an_offer(session, **limits)
        where = [build.a_store(session, f"Store {number}") for number in range(stores)]
        deeds = []
        for rival in range(crowd.size + before):
            claim = build.claim(session, build.a_member(session), offer)
            place = build.a_place(session, where[rival % stores])
            deeds.append(Presents(build.code_of(session, claim), place))
        session.commit()
    for deed in deeds[:before]:
        with Session(engine, expire_on_commit=False) as session:
            deed(session)
            session.commit()
    return crowd.race(engine, deeds[before:])


def give_back_against_redeem(engine: Engine, crowd: Crowd) -> Counter[str]:
    with Session(engine, expire_on_commit=False) as session:
        store, offer = build.a_store(session), build.an_offer(session, points_cost=10, stock=crowd.size)
        deeds: list[Deed] = []
        for _ in range(crowd.size // 2):
            claim = build.claim(session, build.a_member(session, points=10), offer)
            deeds += [
                GivesBack(claim.member_id, claim.reference),
                Presents(build.code_of(session, claim), build.a_place(session, store)),
            ]
        session.commit()
    return crowd.race(engine, deeds)


def claims_on_one_balance(engine: Engine, crowd: Crowd) -> Counter[str]:
    with Session(engine, expire_on_commit=False) as session:
        member = build.a_member(session, points=1250)
        offers = [build.an_offer(session, points_cost=1000) for _ in range(crowd.size)]
        session.commit()
    return crowd.race(engine, [Claims(member.id, offer.id, f"tap {offer.id}") for offer in offers])


def one_receipt(engine: Engine, crowd: Crowd, *, members: int) -> Counter[str]:
    """The same receipt comes in again and again, for one member or for several."""
    with Session(engine, expire_on_commit=False) as session:
        store, people = build.a_store(session), [build.a_member(session) for _ in range(members)]
        session.commit()
    deeds = [Buys(people[rival % members].id, store.id, "R1") for rival in range(crowd.size)]
    return crowd.race(engine, deeds)


def purchases_against_claims(engine: Engine, crowd: Crowd) -> Counter[str]:
    """Each purchase brings what one claim costs, and the member has enough for one to begin with."""
    with Session(engine, expire_on_commit=False) as session:
        store, member = build.a_store(session), build.a_member(session, points=50)
        deeds: list[Deed] = []
        for rival in range(crowd.size // 2):
            deeds.append(Buys(member.id, store.id, f"R{rival}"))
            deeds.append(Claims(member.id, build.an_offer(session, points_cost=50).id, f"tap {rival}"))
        session.commit()
    return crowd.race(engine, deeds)


def one_key(engine: Engine, crowd: Crowd) -> Counter[str]:
    with Session(engine, expire_on_commit=False) as session:
        member, offer = build.a_member(session), build.an_offer(session, per_member=None)
        session.commit()
    return crowd.race(engine, [Claims(member.id, offer.id, "tap")] * crowd.size)


def claims_made(engine: Engine) -> int:
    with Session(engine) as session:
        return session.query(Claim).count()
