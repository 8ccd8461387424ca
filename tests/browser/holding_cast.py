"""What members hand over to one another, and links that give a code more time."""

from typing import Any

from portal.core.claims import extending, handovers
from portal.core.claims.claims import Claim
from portal.web.keys import CHANCE
from tests import build
from tests.plumbing.clock import NOON


def hold(cast: Any) -> None:
    """Silver may hand one over and has offered another to Gold; two links wait to be used."""
    silver, gold = cast.member("silver"), cast.member("gold")
    cast.places["hand"] = _held(cast, reassignable=True).reference
    offered = _held(cast, reassignable=True).reference
    cast.places["offered"] = offered
    cast.places["handover"] = handovers.offer(
        cast.session, silver.id, offered, gold.id, now=NOON, chance=CHANCE
    )
    for place in ("extension", "extended"):
        claim = _held(cast, extend_days=7)
        cast.places[place] = extending.make_link(cast.session, claim, now=NOON, entropy=CHANCE.entropy)


def _held(cast: Any, **terms: Any) -> Claim:
    offer = build.an_offer(cast.session, "Cinnamon bun", **terms)
    claim: Claim = cast.claim(cast.member("silver"), offer.id)
    return claim
