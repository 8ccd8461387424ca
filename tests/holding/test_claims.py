"""`portal claims` and `portal offer archive`: each act with a reason, and a refusal in a line."""

import re
from datetime import UTC, datetime

import pytest

from portal.core.claims import claims
from portal.core.claims.claims import Claim
from portal.core.claims.extending import ExtensionLink
from portal.core.records.journal import JournalEntry
from portal.core.redeeming import redemptions
from portal.core.redeeming.redemptions import Presented
from tests import build


@pytest.fixture
def claim(session) -> Claim:
    member, offer = build.a_member(session, points=50), build.an_offer(session, points_cost=50, extend_days=7)
    made = build.claim(session, member, offer, now=datetime.now(UTC))
    session.commit()
    return made


def kept(session, claim: Claim) -> Claim:
    session.rollback()
    session.refresh(claim)
    return claim


def test_cancel(portal, session, claim):
    came = portal("claims", "cancel", claim.reference, "--reason", "by phone")
    assert came.output == f"{claim.reference} is cancelled. 50 points returned.\n"
    assert kept(session, claim).closed_reason == "cancelled"
    assert session.query(JournalEntry).filter_by(act="claim_cancelled").one().reason == "by phone"
    again = portal("claims", "cancel", claim.reference, "--reason", "by phone")
    assert (again.exit_code, "(claim_not_cancellable)" in again.output) == (2, True)


def test_extend(portal, session, claim):
    came = portal("claims", "extend", claim.reference, "--until", "2090-03-01", "--reason", "ill")
    assert came.output == f"{claim.reference} works until the end of 2090-03-01.\n"
    assert str(kept(session, claim).expires_at) == "2090-03-01 22:00:00+00:00"
    worse = portal("claims", "extend", claim.reference, "--until", "2089-01-01", "--reason", "ill")
    assert (worse.exit_code, "(claim_not_extendable)" in worse.output) == (2, True)


def test_a_link_to_extend_with(portal, session, claim):
    came = portal("claims", "extend", claim.reference, "--link", "--reason", "asked")
    assert re.search(r"/extend/[0-9a-f]{64}$", came.output.strip())
    assert session.query(ExtensionLink).one().claim_id == claim.id


def test_lock_and_unlock(portal, session, claim):
    lock = ("claims", "lock", claim.reference, "--owner", "basket:7", "--reason", "sale")
    assert portal(*lock).output == f"{claim.reference} is locked for 10 minutes.\n"
    assert kept(session, claim).lock_owner == "basket:7"
    other = portal("claims", "lock", claim.reference, "--owner", "basket:8", "--reason", "sale")
    assert (other.exit_code, "(code_locked)" in other.output) == (2, True)
    unlock = ("claims", "unlock", claim.reference, "--reason", "left")
    said = [portal(*unlock).output for _ in range(2)]
    assert said == [f"{claim.reference} is free.\n", f"{claim.reference} was not locked.\n"]


def test_archive_and_withdraw(portal, session, claim):
    slug = claim.promised.offer_slug
    assert portal("offer", "archive", slug, "--reason", "over").output == f"{slug} is archived.\n"
    assert kept(session, claim).state == "claimed"
    came = portal("offer", "archive", slug, "--withdraw", "--reason", "over")
    assert came.output == f"{slug} is archived. 1 withdrawn.\n"
    assert kept(session, claim).closed_reason == "withdrawn"


def test_what_is_not_there(portal):
    assert portal("claims", "unlock", "BCDFGHJK", "--reason", "x").exit_code == 2
    assert portal("offer", "archive", "nothing", "--reason", "x").exit_code == 2


def test_reverse(portal, session, claim):
    redeemed(session, claim)
    came = portal("claims", "reverse", claim.reference, "--reason", "wrong code")
    assert came.output == f"The redemption of {claim.reference} is taken back. Its code works again.\n"
    assert kept(session, claim).uses_left == 1
    again = portal("claims", "reverse", claim.reference, "--reason", "wrong code")
    assert (again.exit_code, "(claim_not_found)" in again.output) == (2, True)


def test_reverse_and_cancel(portal, session, claim):
    redeemed(session, claim)
    came = portal("claims", "reverse", claim.reference, "--cancel", "--reason", "wrong code")
    assert came.output.endswith(f"{claim.reference} is cancelled. 50 points returned.\n")
    assert kept(session, claim).closed_reason == "cancelled"


def redeemed(session, claim: Claim) -> None:
    held = claims.locked(session, claim.id)
    redemptions.redeem(session, Presented(held, None), build.a_place(session), now=datetime.now(UTC))
    session.commit()
