"""A member uses a claim alone in the store: it counts once, a window opens, a presence code may prove it."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core.claims import claims, expiry, releases
from portal.core.claims.claims import Claim, Reading
from portal.core.club.stores import Store
from portal.core.offers.offers import Offer, Presence
from portal.core.points import balances
from portal.core.reading import audit, wallet
from portal.core.redeeming import presence, reversals, scanning, using
from portal.core.redeeming.redemptions import Redemption
from portal.core.redeeming.using import Wish
from portal.core.refusals import (
    AlreadyActive,
    ClaimNotCancellable,
    IdempotencyKeyReused,
    InsufficientPoints,
    PresenceTokenInvalid,
    PresenceTokenMissing,
    SelfRedeemDisabled,
    WrongStore,
)
from tests import build
from tests.plumbing.clock import NOON

MINUTE = timedelta(minutes=1)


@pytest.fixture
def store(session: Session) -> Store:
    return build.a_store(session)


def test_a_use_counts_and_opens_a_window(session: Session, store: Store) -> None:
    offer = alone(session, uses_per_claim=2, active_minutes=10)
    claim = build.claim(session, build.a_member(session), offer)
    assert use(session, claim.member_id, offer, store) == claim.reference
    assert (read(session, claim), claim.uses_left) == (Reading.ACTIVE, 1)
    assert claim.active_until == NOON + 10 * MINUTE
    assert read(session, claim, NOON + 10 * MINUTE) is Reading.PART_USED
    assert list(audit.breaches(session, build.KEYRING)) == []


def test_the_first_use_makes_the_claim_and_pays_for_it(session: Session, store: Store) -> None:
    offer, member = alone(session, points_cost=30), build.a_member(session, points=100)
    reference = use(session, member.id, offer, store)
    claim = claims.find(session, member.id, reference)
    assert claim is not None
    assert (claim.price_paid, read(session, claim)) == (30, Reading.ACTIVE)
    assert read(session, claim, NOON + 15 * MINUTE) is Reading.USED
    assert list(audit.breaches(session, build.KEYRING)) == []


def test_who_cannot_claim_cannot_use(session: Session, store: Store) -> None:
    offer, member = alone(session, points_cost=30), build.a_member(session, points=29)
    with pytest.raises(InsufficientPoints):
        use(session, member.id, offer, store)


def test_the_same_key_uses_once_and_another_waits_for_the_window(session: Session, store: Store) -> None:
    offer, member = alone(session, uses_per_claim=3), build.a_member(session)
    first = use(session, member.id, offer, store, key="tap")
    assert use(session, member.id, offer, store, key="tap", now=NOON + 20 * MINUTE) == first
    with pytest.raises(AlreadyActive):
        use(session, member.id, offer, store, key="other", now=NOON + MINUTE)
    use(session, member.id, offer, store, key="other", now=NOON + 15 * MINUTE)
    claim = claims.find(session, member.id, first)
    assert claim is not None
    session.refresh(claim)
    assert claim.uses_left == 1


def test_a_key_of_another_store_is_refused(session: Session, store: Store) -> None:
    offer, member = alone(session), build.a_member(session)
    use(session, member.id, offer, store, key="tap")
    with pytest.raises(IdempotencyKeyReused):
        use(session, member.id, offer, build.a_store(session, "Mill"), key="tap")


def test_only_offers_that_say_so_are_used_alone(session: Session, store: Store) -> None:
    offer, member = build.an_offer(session), build.a_member(session)
    with pytest.raises(SelfRedeemDisabled):
        use(session, member.id, offer, store)


def test_the_store_is_checked(session: Session, store: Store) -> None:
    from portal.core.offers import offers

    offer = alone(session)
    offers.set_stores(session, offer, [build.a_store(session, "Mill").id])
    with pytest.raises(WrongStore):
        use(session, build.a_member(session).id, offer, store)


def test_a_till_sees_that_it_is_being_served(session: Session, store: Store) -> None:
    offer, member = alone(session), build.a_member(session)
    claim = build.claim(session, member, offer)
    use(session, member.id, offer, store)
    code = build.code_of(session, claim)
    place = build.a_place(session, store)
    scan = scanning.scan(session, build.KEYRING, code, place, key="1", now=NOON + MINUTE, acting_since=NOON)
    assert scan.refusal == "already_active"


def test_a_required_code_is_asked_for_and_nothing_moves_without(session: Session, store: Store) -> None:
    offer, member = alone(session, presence=Presence.REQUIRED), build.a_member(session)
    with pytest.raises(PresenceTokenMissing), session.begin_nested():
        use(session, member.id, offer, store)
    with pytest.raises(PresenceTokenInvalid), session.begin_nested():
        use(session, member.id, offer, store, typed=wrong(store))
    assert session.scalars(select(Claim)).all() == []
    use(session, member.id, offer, store, typed=presence.shown(build.KEYRING, store.code, NOON))
    assert verified(session) == [True]


@pytest.mark.parametrize("wanted, typed, counts", [("none", "", None), ("optional", "", False)])
def test_without_a_code_a_use_is_not_verified(
    session: Session, store: Store, wanted: str, typed: str, counts: bool | None
) -> None:
    use(session, build.a_member(session).id, alone(session, presence=wanted), store, typed=typed)
    assert verified(session) == [counts]


@pytest.mark.parametrize("proved, points", [(False, 0), (True, 7)])
def test_the_extra_points_come_with_the_proof_alone(
    session: Session, store: Store, proved: bool, points: int
) -> None:
    offer, member = alone(session, presence=Presence.OPTIONAL, presence_points=7), build.a_member(session)
    typed = presence.shown(build.KEYRING, store.code, NOON) if proved else ""
    use(session, member.id, offer, store, typed=typed)
    assert balances.lock(session, member.id).balance == points
    assert list(audit.breaches(session, build.KEYRING)) == []


def test_a_reversal_takes_the_extra_points_back(session: Session, store: Store) -> None:
    offer, member = alone(session, presence=Presence.REQUIRED, presence_points=7), build.a_member(session)
    use(session, member.id, offer, store, typed=presence.shown(build.KEYRING, store.code, NOON))
    done = session.scalars(select(Redemption)).one()
    reversals.reverse(session, done.id, "not served", by=None, now=NOON + MINUTE)
    assert balances.lock(session, member.id).balance == 0
    assert list(audit.breaches(session, build.KEYRING)) == []


def test_a_wrong_code_is_told_even_where_none_is_needed(session: Session, store: Store) -> None:
    offer = alone(session, presence=Presence.OPTIONAL)
    with pytest.raises(PresenceTokenInvalid):
        use(session, build.a_member(session).id, offer, store, typed=wrong(store))


def test_a_code_is_good_for_five_minutes_after_it_went(store: Store) -> None:
    code = presence.shown(build.KEYRING, store.code, NOON)
    gone = presence.changes_at(NOON)
    assert presence.is_shown(build.KEYRING, store.code, f" {code[:3]} {code[3:]}", NOON)
    assert presence.is_shown(build.KEYRING, store.code, code, gone + 4 * MINUTE)
    assert not presence.is_shown(build.KEYRING, store.code, code, gone + 5 * MINUTE)
    assert not presence.is_shown(build.KEYRING, "another-store", code, NOON)


def test_a_window_outlives_the_expiry_and_the_sweep(session: Session, store: Store) -> None:
    ends = NOON + 5 * MINUTE
    offer, member = alone(session, uses_per_claim=2, use_to=ends, valid_days=None), build.a_member(session)
    reference = use(session, member.id, offer, store)
    claim = claims.find(session, member.id, reference)
    assert claim is not None
    assert expiry.record_expired(session, now=ends) == 0
    assert read(session, claim, ends) is Reading.ACTIVE
    assert [each.reference for each in wallet.open_passes(session, member.id, ends)] == [reference]
    assert expiry.record_expired(session, now=NOON + 15 * MINUTE) == 1


def test_what_was_used_cannot_be_given_back(session: Session, store: Store) -> None:
    offer, member = alone(session, uses_per_claim=2), build.a_member(session)
    reference = use(session, member.id, offer, store)
    with pytest.raises(ClaimNotCancellable):
        releases.give_back(session, member.id, reference, now=NOON)


def alone(session: Session, **terms: Any) -> Offer:
    return build.an_offer(session, member_redeem=True, **terms)


def use(
    session: Session, member_id: int, offer: Offer, store: Store, *, key: str = "k", typed: str = "", now=NOON
) -> str:
    wish = Wish(member_id, offer.id, store.id, key, typed)
    reference = using.use(session, build.KEYRING, wish, now=now, chance=build.CHANCE)
    session.flush()
    return reference


def wrong(store: Store) -> str:
    good = int(presence.shown(build.KEYRING, store.code, NOON))
    return f"{(good + 500_000) % 1_000_000:06d}"


def verified(session: Session) -> list[bool | None]:
    return list(session.scalars(select(Redemption.verified).order_by(Redemption.id)))


def read(session: Session, claim: Claim, now=NOON) -> Reading:
    session.refresh(claim)
    return claims.reading(claims.moment(claim), now)
