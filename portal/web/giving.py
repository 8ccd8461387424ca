"""Gives what an event has made due, each gift in a transaction of its own."""

from collections.abc import Iterable
from dataclasses import replace

from portal.core.claims import granting, occasions
from portal.core.claims.granting import BY_THE_CLUB, Gift, Giver
from portal.core.refusals import Refusal
from portal.web import clock, db, keys

BATCH = 200


def due() -> int:
    """One batch of what is due by now; answers how many members were given something."""
    gifts = occasions.due(db.session(), clock.now(), most=BATCH)
    db.session().rollback()
    return give(gifts)


def welcome(member_id: int) -> int:
    """What awaits somebody who has just joined; joining stands whatever comes of it."""
    gifts = occasions.on_joining(db.session(), member_id, clock.now())
    db.session().rollback()
    return give(gifts)


def give(gifts: Iterable[Gift]) -> int:
    """Where claiming at once is refused, the member finds it waiting and may claim it later."""
    to_claim = replace(BY_THE_CLUB, may_claim=False)
    return sum(_try(gift, BY_THE_CLUB) or _try(gift, to_claim) for gift in gifts)


def _try(gift: Gift, giver: Giver) -> bool:
    db.begin_writing()
    keyring, chance = keys.keyring(), keys.CHANCE
    try:
        granting.give(db.session(), keyring, gift, giver, now=clock.now(), chance=chance)
    except Refusal:
        db.session().rollback()
        return False
    db.session().commit()
    return True
