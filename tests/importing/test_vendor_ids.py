"""What other systems call our things: brought in once, and never moved to something else."""

import pytest

from portal.core.club import rolls, vendor_ids
from portal.core.club.vendor_ids import Named, Vendor
from tests import build
from tests.plumbing.clock import NOON

HEAD = "vendor,kind,value,ours\n"


@pytest.fixture
def ours(session):
    """One of each kind: its own name and its id."""
    member = build.a_member(session, external_id="MP-1")
    rolls.issue_cards(session, [(member.id, "404064")], now=NOON)
    offer = build.an_offer(session)
    claim = build.claim(session, member, offer)
    session.commit()
    return {
        "offer": (offer.slug, offer.id),
        "member": ("MP-1", member.id),
        "card": ("404064", 1),
        "claim": (claim.reference, claim.id),
    }


@pytest.mark.parametrize("kind", Named)
def test_each_kind_is_found_by_the_vendors_id(bring, session, ours, kind):
    name, subject_id = ours[kind]
    text = f"{HEAD}omneo,{kind},a1b2c3d4-e5f6,{name}\n"
    assert bring("vendor-ids", text).output == "vendor-ids.csv: 1 new, 0 changed, 0 unchanged.\n"
    assert bring("vendor-ids", text).output == "vendor-ids.csv: 0 new, 0 changed, 1 unchanged.\n"
    assert vendor_ids.meant(session, Vendor.OMNEO, kind, "a1b2c3d4-e5f6") == subject_id
    assert vendor_ids.meant(session, Vendor.SPAAZA, kind, "a1b2c3d4-e5f6") is None


def test_the_same_id_may_mean_different_things_to_different_vendors(bring, ours):
    lines = [f"{vendor},offer,1,{ours['offer'][0]}" for vendor in Vendor]
    assert bring("vendor-ids", HEAD + "\n".join(lines)).output.startswith("vendor-ids.csv: 5 new")


def test_an_id_keeps_its_meaning(bring, session, ours):
    other = build.an_offer(session)
    session.commit()
    bring("vendor-ids", f"{HEAD}spaaza,offer,136,{ours['offer'][0]}\n")
    said = bring("vendor-ids", f"{HEAD}spaaza,offer,136,{other.slug}\n").output
    assert said.startswith("Line 2, value: this id means another offer already.")
    assert vendor_ids.meant(session, Vendor.SPAAZA, Named.OFFER, "136") == ours["offer"][1]


@pytest.mark.parametrize(
    "line, said",
    [
        ("omneo,offer,1,moon", "ours: there is no offer moon."),
        ("acme,offer,1,moon", "vendor: use one of: gamifyhost, loyalty_lt, omneo, placewise, spaaza."),
        ("omneo,till,1,moon", "kind: use one of: offer, member, card, claim."),
    ],
)
def test_what_is_not_there_is_named(bring, line, said, ours):
    assert f"Line 2, {said}" in bring("vendor-ids", f"{HEAD}{line}\n").output
