"""Grants: given by the club, claimed by the one claim deed, with what is personal frozen into the claim."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from portal.core.claims import claiming, granting, releases
from portal.core.claims.claiming import Asked
from portal.core.claims.claims import Claim
from portal.core.claims.granting import Gift, Giver
from portal.core.club import club
from portal.core.offers import grants
from portal.core.offers.grants import GrantState
from portal.core.offers.offers import BenefitKind, Status
from portal.core.reading import audit
from portal.core.refusals import (
    GrantLimitReached,
    InsufficientPoints,
    MemberBanned,
    NotEligible,
    OfferNotAssignable,
    OfferUnavailable,
)
from tests import build
from tests.plumbing.clock import NOON

DAY = timedelta(days=1)


def give(session: Session, gift: Gift, giver: Giver = granting.BY_THE_CLUB, now=NOON) -> granting.Given:
    return granting.give(session, build.KEYRING, gift, giver, now=now, chance=build.CHANCE)


def state(session: Session, reference: str) -> str:
    found = grants.find(session, reference)
    assert found is not None
    return found.state


def named(session: Session, **terms) -> int:
    """An offer that is only for those whom the club names."""
    return build.an_offer(session, named_only=True, **terms).id


def take(session: Session, member_id: int, offer_id: int, now=NOON, **more) -> Claim:
    asked = Asked(member_id, offer_id, f"tap {now} {more}", **more)
    reference = claiming.claim_offer(session, build.KEYRING, asked, now=now, chance=build.CHANCE)
    return session.query(Claim).filter_by(reference=reference).one()


def test_what_is_personal_is_frozen_into_the_claim(session: Session) -> None:
    member = build.a_member(session)
    offer = named(session, benefit_kind=BenefitKind.FIXED_AMOUNT, benefit_value=500)
    own: dict[str, Any] = {
        "value": 900,
        "title": "€9 for you",
        "text": "Sorry about last week",
        "external_id": "CRM-7",
    }
    give(session, Gift(offer, member.id, **own, metadata={"seen": [1, None]}, expires_at=NOON + DAY))
    claim = take(session, member.id, offer)
    promised = claim.promised
    assert (promised.benefit_value, promised.title, promised.short) == (900, own["title"], own["text"])
    assert (claim.external_id, claim.details, claim.source) == ("CRM-7", {"seen": [1, None]}, "grant")
    assert claim.expires_at == NOON + DAY
    assert list(audit.breaches(session, build.KEYRING)) == []


def test_what_is_left_out_is_the_offers(session: Session) -> None:
    member, offer = build.a_member(session), build.an_offer(session, "Free coffee", named_only=True)
    given = give(session, Gift(offer.id, member.id))
    claim = take(session, member.id, offer.id)
    assert (claim.promised.title, claim.details, claim.external_id) == ("Free coffee", None, None)
    assert (claim.grant_id is None, state(session, given.reference)) == (False, GrantState.CLAIMED)


def test_an_offer_for_those_named_is_for_nobody_else(session: Session) -> None:
    ada, eve, offer = build.a_member(session), build.a_member(session, "Eve"), named(session)
    give(session, Gift(offer, ada.id))
    with pytest.raises(NotEligible):
        take(session, eve.id, offer)
    assert take(session, ada.id, offer).member_id == ada.id


def test_one_grant_is_one_claim(session: Session) -> None:
    member, offer = build.a_member(session), named(session, per_member=None)
    give(session, Gift(offer, member.id))
    take(session, member.id, offer)
    with pytest.raises(NotEligible):
        take(session, member.id, offer, now=NOON + DAY)


def test_a_grant_can_be_named_among_several(session: Session) -> None:
    member, offer = build.a_member(session), named(session, per_member=None)
    give(session, Gift(offer, member.id, title="The first"))
    second = give(session, Gift(offer, member.id, title="The second"))
    assert take(session, member.id, offer, grant=second.reference).promised.title == "The second"
    assert take(session, member.id, offer).promised.title == "The first"


def test_a_grant_out_of_time_is_no_grant_before_any_sweep(session: Session) -> None:
    member, offer = build.a_member(session), named(session)
    given = give(session, Gift(offer, member.id, expires_at=NOON + DAY))
    with pytest.raises(NotEligible):
        take(session, member.id, offer, now=NOON + DAY)
    assert granting.record_expired(session, now=NOON + DAY) == 1
    assert (state(session, given.reference), granting.record_expired(session, now=NOON + DAY)) == (
        GrantState.EXPIRED,
        0,
    )


def test_a_withdrawn_grant_is_no_grant_and_is_withdrawn_once(session: Session) -> None:
    member, offer = build.a_member(session), named(session)
    given = give(session, Gift(offer, member.id))
    assert granting.withdraw(session, given.reference, now=NOON)
    assert not granting.withdraw(session, given.reference, now=NOON)
    with pytest.raises(NotEligible):
        take(session, member.id, offer)


def test_giving_a_granted_claim_back_opens_the_grant_again(session: Session) -> None:
    member, offer = build.a_member(session, points=50), named(session, points_cost=50, stock=1)
    given = give(session, Gift(offer, member.id))
    claim = take(session, member.id, offer)
    assert releases.give_back(session, member.id, claim.reference, now=NOON) == 50
    assert state(session, given.reference) == GrantState.OPEN
    take(session, member.id, offer, now=NOON + DAY)
    assert list(audit.breaches(session, build.KEYRING)) == []


def test_auto_claim_claims_at_once_also_what_a_member_cannot_claim_alone(session: Session) -> None:
    member = build.a_member(session)
    offer = build.an_offer(session, auto_claim=True, self_claim=False)
    given = give(session, Gift(offer.id, member.id))
    assert given.claim == session.query(Claim).one().reference
    assert state(session, given.reference) == GrantState.CLAIMED


def test_an_auto_claim_that_is_refused_gives_nothing(session: Session) -> None:
    member, offer = build.a_member(session), build.an_offer(session, auto_claim=True, points_cost=50)
    with pytest.raises(InsufficientPoints):
        give(session, Gift(offer.id, member.id))


def test_at_most_so_many_are_open(session: Session) -> None:
    member, offer = build.a_member(session), named(session, per_member=None)
    club.the(session).most_open_grants = 2
    session.flush()
    give(session, Gift(offer, member.id))
    give(session, Gift(offer, member.id, expires_at=NOON + DAY))
    with pytest.raises(GrantLimitReached):
        give(session, Gift(offer, member.id))
    assert give(session, Gift(offer, member.id), now=NOON + DAY).is_new


def test_a_repeat_under_the_same_key_gives_nothing_more(session: Session) -> None:
    member, offer = build.a_member(session), named(session)
    first = give(session, Gift(offer, member.id), Giver(key="easter"))
    again = give(session, Gift(offer, member.id), Giver(key="easter"))
    assert (again.reference, first.is_new, again.is_new) == (first.reference, True, False)


def test_an_occasion_gives_once(session: Session) -> None:
    member, offer = build.a_member(session), named(session)
    first = give(session, Gift(offer, member.id, occasion="joined"))
    assert give(session, Gift(offer, member.id, occasion="joined")).reference == first.reference


@pytest.mark.parametrize(
    "terms, refusal",
    [({"status": Status.PAUSED}, OfferUnavailable), ({"assignable": False}, OfferNotAssignable)],
)
def test_what_cannot_be_given(session: Session, terms, refusal) -> None:
    with pytest.raises(refusal):
        give(session, Gift(build.an_offer(session, **terms).id, build.a_member(session).id))


def test_a_banned_member_is_given_nothing(session: Session) -> None:
    banned = build.a_member(session, banned_until=NOON + DAY)
    with pytest.raises(MemberBanned):
        give(session, Gift(build.an_offer(session).id, banned.id))


def test_metadata_has_four_kilobytes(session: Session) -> None:
    member, offer = build.a_member(session), named(session, per_member=None)
    give(session, Gift(offer, member.id, metadata={"a": "x" * (4096 - 9)}))
    with pytest.raises(ValueError, match="4096 bytes"):
        give(session, Gift(offer, member.id, metadata={"a": "x" * (4096 - 8)}))
