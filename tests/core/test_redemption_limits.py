"""How often and for how much an offer is redeemed: per member, store, day, in all, and by its budget."""

from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from portal.core.claims.claims import Claim
from portal.core.offers.offers import BenefitKind, Offer
from portal.core.reading import audit
from portal.core.redeeming import counters, reversals, scanning, scans
from portal.core.redeeming.counters import OfferCounter
from portal.core.redeeming.parts import of_value
from portal.core.redeeming.reversals import UndoReason
from portal.core.redeeming.scans import Place, Scan
from portal.core.refusals import BudgetSpent
from tests import build
from tests.core.test_statements import counted
from tests.plumbing.clock import NOON

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FIVE_EUROS: dict[str, Any] = {"benefit_kind": BenefitKind.FIXED_AMOUNT, "benefit_value": 500}
MIDNIGHT = NOON.replace(hour=21)


_scans = count(1)


@pytest.fixture
def pier(session: Session) -> Place:
    return build.a_place(session)


@pytest.fixture
def mill(session: Session) -> Place:
    return build.a_place(session, build.a_store(session, "Mill"))


# The limit, then what comes of: a first use, the same member again, another member, that one elsewhere.
LIMITS: dict[str, tuple[dict[str, Any], list[str]]] = {
    "in all": ({"redemptions_in_all": 1}, ["offer_used_up"] * 3),
    "per store": ({"redemptions_per_store": 1}, ["store_used_up", "store_used_up", "redeemed"]),
    "per store and day": (
        {"redemptions_per_store_day": 1},
        ["store_day_used_up", "store_day_used_up", "redeemed"],
    ),
    "per member": ({"uses_per_member": 1}, ["member_limit_reached", "redeemed", "member_limit_reached"]),
    "per member and week": (
        {"uses_per_period": 1, "uses_period": "week"},
        ["period_limit_reached", "redeemed", "period_limit_reached"],
    ),
    "budget": (FIVE_EUROS | {"budget": 999}, ["budget_spent"] * 3),
}


@pytest.mark.parametrize("limit", LIMITS)
def test_each_limit_refuses_whom_it_is_about(session: Session, pier: Place, mill: Place, limit: str) -> None:
    terms, came = LIMITS[limit]
    offer = an_offer(session, **terms)
    ada, bo = (of_member(session, offer, name) for name in ("Ada", "Bo"))
    assert present(session, ada[0], pier) == "redeemed"
    later = [present(session, ada[1], pier), present(session, bo[0], pier), present(session, bo[1], mill)]
    assert later == came
    assert list(audit.breaches(session, build.KEYRING)) == []


@pytest.mark.parametrize("limit", LIMITS)
def test_an_undo_gives_it_back(session: Session, pier: Place, limit: str) -> None:
    offer = an_offer(session, **LIMITS[limit][0])
    first, second = of_member(session, offer)
    scan = scanned(session, first, pier)
    assert present(session, second, pier) != "redeemed"
    reversals.undo(session, pier, scan.id, UndoReason.AT_ONCE, now=NOON)
    assert present(session, second, pier) == "redeemed"
    assert list(audit.breaches(session, build.KEYRING)) == []


def test_a_stores_day_ends_by_its_own_clock(session: Session, pier: Place) -> None:
    offer = an_offer(session, redemptions_per_store_day=1)
    azores = build.a_store(session, "Azores")
    azores.zone = "Atlantic/Azores"
    far = build.a_place(session, azores)
    first, second = of_member(session, offer)
    third, fourth = of_member(session, offer, "Bo")
    for claim, place in ((first, pier), (third, far)):
        assert present(session, claim, place, MIDNIGHT - HOUR) == "redeemed"
    assert present(session, second, pier, MIDNIGHT) == "redeemed"
    assert present(session, fourth, far, MIDNIGHT) == "store_day_used_up"
    assert present(session, fourth, far, MIDNIGHT + 3 * HOUR) == "redeemed"


def test_facts_say_how_many_and_when_there_are_new_ones(session: Session, pier: Place) -> None:
    first, second = of_member(session, an_offer(session, redemptions_per_store_day=1))
    present(session, first, pier)
    scan = scanned(session, second, pier)
    assert scans.unpack(scan.facts) == {"limit": 1, "resets_at": MIDNIGHT, "zone": build.ZONE}


def test_a_limit_set_later_counts_what_was_redeemed_before(session: Session, pier: Place) -> None:
    offer = an_offer(session)
    first, second = of_member(session, offer)
    third, fourth = of_member(session, offer, "Bo")
    present(session, first, pier)
    offer.redemptions_in_all = 2
    session.flush()
    assert [present(session, claim, pier) for claim in (second, third)] == ["redeemed", "offer_used_up"]
    offer.redemptions_in_all = None
    session.flush()
    present(session, third, pier)
    offer.redemptions_in_all = 3
    counters.forget(session, offer.id)
    assert present(session, fourth, pier) == "offer_used_up"
    assert list(audit.breaches(session, build.KEYRING)) == []


def test_several_uses_at_once_count_each(session: Session, pier: Place) -> None:
    offer = an_offer(session, uses_per_claim=10, redemptions_in_all=3)
    claim = of_member(session, offer)[0]
    first = scanned(session, claim, pier)
    scanning.take_more(session, pier, first.id, uses=2, key="more", now=NOON)
    assert [used(session), present(session, claim, pier)] == [3, "offer_used_up"]
    assert list(audit.breaches(session, build.KEYRING)) == []


def test_a_budget_holds_sums_and_parts_of_values(session: Session) -> None:
    place = build.a_place(session, build.a_store(session, auto_redeem=False))
    value = {"benefit_kind": BenefitKind.STORED_VALUE, "benefit_value": 5000, "budget": 3000}
    claim = of_member(session, an_offer(session, **value))[0]
    scan = scanned(session, claim, place)
    scanning.confirm(session, place, scan.id, now=NOON, part=of_value(2500))
    again = scanned(session, claim, place)
    with session.begin_nested(), pytest.raises(BudgetSpent):
        scanning.confirm(session, place, again.id, now=NOON, part=of_value(501))
    assert used(session) == 2500


def test_a_share_costs_the_budget_what_the_club_says(session: Session, pier: Place) -> None:
    share = {"benefit_kind": BenefitKind.PERCENTAGE, "benefit_value": 20, "use_cost": 400, "budget": 799}
    offer = an_offer(session, **share)
    first, second = of_member(session, offer)
    assert [present(session, first, pier), present(session, second, pier)] == ["redeemed", "budget_spent"]


def test_an_offer_without_limits_pays_no_statement(engine: Engine) -> None:
    costs = []
    for terms in ({}, {"redemptions_in_all": 9}):
        with Session(engine, expire_on_commit=False) as session:
            claim = of_member(session, an_offer(session, **terms))[0]
            place, code = build.a_place(session), build.code_of(session, claim)
            session.commit()
            with counted(engine) as statements:
                scanning.scan(session, build.KEYRING, code, place, key="1", now=NOON, acting_since=NOON)
            costs.append(sum("offer_counters" in one or "FROM offers JOIN" in one for one in statements))
            session.rollback()
    assert costs[0] == 0
    assert costs[1] > 0


def an_offer(session: Session, **terms: Any) -> Offer:
    return build.an_offer(session, **({"per_member": None} | terms))


def of_member(session: Session, offer: Offer, name: str = "Ada") -> list[Claim]:
    member = build.a_member(session, name)
    return [build.claim(session, member, offer) for _ in range(2)]


def present(session: Session, claim: Claim, place: Place, now: Any = NOON) -> str:
    scan = scanned(session, claim, place, now)
    return scan.refusal or scan.outcome


def scanned(session: Session, claim: Claim, place: Place, now: Any = NOON) -> Scan:
    code, key = build.code_of(session, claim), f"scan {next(_scans)}"
    scan = scanning.scan(session, build.KEYRING, code, place, key=key, now=now, acting_since=now)
    session.flush()
    return scan


def used(session: Session) -> int:
    return sum(session.scalars(select(OfferCounter.used)))
