"""What is done with grants and claims at once: one wins, and with the guard taken away the audit sees it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import Engine, update
from sqlalchemy.orm import Session

from portal.core.claims import expiry, extending, handovers, locks
from portal.core.claims.acts import By
from portal.core.claims.claims import Claim, Closed, State
from portal.core.offers import grants
from tests import build
from tests.plumbing.clock import NOON
from tests.races import spoiling
from tests.races.deeds import Claims, Presents
from tests.races.racing import RIVALS, Deed, broken_promises, race

pytestmark = pytest.mark.races
HALF, END = RIVALS // 2, NOON + timedelta(days=40)


@dataclass(frozen=True)
class Does:
    """Any deed by its name, so that a race can count what it came to."""

    came: str
    deed: Callable[[Session], object]

    def __call__(self, session: Session) -> str:
        self.deed(session)
        return self.came


def taps_on_one_grant(engine: Engine) -> list[Deed]:
    with Session(engine, expire_on_commit=False) as session:
        member, offer = build.a_member(session), build.an_offer(session, named_only=True, per_member=None)
        build.a_grant(session, member, offer)
        session.commit()
    return [Claims(member.id, offer.id, f"tap {rival}") for rival in range(RIVALS)]


def test_a_grant_is_claimed_once(engine: Engine) -> None:
    assert race(engine, taps_on_one_grant(engine)) == {"claimed": 1, "not_eligible": RIVALS - 1}
    assert broken_promises(engine) == set()


def test_a_grant_that_is_not_taken_is_claimed_by_all(engine: Engine, monkeypatch) -> None:
    monkeypatch.setattr(grants, "take", lambda session, grant_id, now: True)
    assert race(engine, taps_on_one_grant(engine)) == {"claimed": RIVALS}
    assert "a claimed grant has one claim that was not given back, any other none" in broken_promises(engine)


def locks_on_one_claim(engine: Engine) -> list[Deed]:
    with Session(engine, expire_on_commit=False) as session:
        ref = build.claim(session, build.a_member(session), build.an_offer(session)).reference
        session.commit()

    def lock(owner: str) -> Deed:
        until = NOON + timedelta(minutes=1)
        return Does("locked", lambda session: locks.lock(session, ref, owner, By("x"), until=until, now=NOON))

    return [lock(f"basket:{rival}") for rival in range(RIVALS)]


def test_one_lock_holds(engine: Engine) -> None:
    assert race(engine, locks_on_one_claim(engine)) == {"locked": 1, "code_locked": RIVALS - 1}
    assert broken_promises(engine) == set()


def test_a_lock_that_nobody_looks_at_holds_nobody_off(engine: Engine, monkeypatch) -> None:
    monkeypatch.setattr(locks, "is_locked", lambda claim, now: False)
    assert race(engine, locks_on_one_claim(engine)) == {"locked": RIVALS}


def hand_over_against_redeem(engine: Engine) -> list[Deed]:
    deeds: list[Deed] = []
    with Session(engine, expire_on_commit=False) as session:
        offer, store = build.an_offer(session, reassignable=True, stock=HALF), build.a_store(session)
        for _ in range(HALF):
            ada, eve = build.a_member(session), build.a_member(session, "Eve")
            claim = build.claim(session, ada, offer)
            ref = handovers.offer(session, ada.id, claim.reference, eve.id, now=NOON, chance=build.CHANCE)
            code, place = build.code_of(session, claim), build.a_place(session, store)
            deeds += [Does("accepted", _accepts(eve.id, ref)), Presents(code, place)]
        session.commit()
    return deeds


def _accepts(member_id: int, ref: str) -> Callable[[Session], object]:
    return lambda session: handovers.accept(
        session, build.KEYRING, member_id, ref, now=NOON, chance=build.CHANCE
    )


def test_handed_over_or_redeemed(engine: Engine) -> None:
    came = race(engine, hand_over_against_redeem(engine))
    assert came["accepted"] + came["redeemed"] == HALF
    assert (came["code_revoked"], came["claim_not_transferable"]) == (came["accepted"], came["redeemed"])
    assert broken_promises(engine) == set()


def test_without_its_guards_it_is_both(engine: Engine, monkeypatch) -> None:
    spoiling.spoil_redemption(monkeypatch)
    monkeypatch.setattr(handovers, "may_be_handed_over", lambda claim, now: True)
    came = race(engine, hand_over_against_redeem(engine))
    assert (came["accepted"], came["redeemed"]) == (HALF, HALF)
    assert broken_promises(engine) != set()


def claims_at_their_end(engine: Engine) -> list[Claim]:
    with Session(engine, expire_on_commit=False) as session:
        offer = build.an_offer(session)
        made = [build.claim(session, build.a_member(session), offer) for _ in range(HALF)]
        session.commit()
    return made


def extends(claim: Claim) -> Deed:
    until = END + timedelta(days=1)
    more = lambda session: extending.extend(session, claim.reference, By("x"), until=until, now=END)  # noqa: E731
    return Does("extended", more)


def test_an_extension_outlives_the_sweep(engine: Engine) -> None:
    sweep = Does("swept", lambda session: expiry.record_expired(session, now=END))
    deeds = [deed for claim in claims_at_their_end(engine) for deed in (extends(claim), sweep)]
    assert race(engine, deeds) == {"extended": HALF, "swept": HALF}
    with Session(engine) as session:
        assert {claim.state for claim in session.query(Claim)} == {State.CLAIMED}
    assert broken_promises(engine) == set()


def test_a_sweep_that_does_not_look_again_ends_what_was_extended(engine: Engine) -> None:
    held = claims_at_their_end(engine)
    race(engine, [extends(claim) for claim in held])
    assert race(engine, [Does("closed", _closes(claim)) for claim in held]) == {"closed": HALF}
    assert "what expired was closed at its end or later" in broken_promises(engine)


def _closes(claim: Claim) -> Callable[[Session], object]:
    ended = {"state": State.CLOSED, "closed_reason": Closed.EXPIRED, "closed_at": END}
    return lambda session: session.execute(update(Claim).where(Claim.id == claim.id).values(**ended))
