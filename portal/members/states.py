"""The one table from what eligibility answers to what a ticket shows, and the three groups of the shelf."""

from enum import StrEnum

from portal.core.reading.catalogue import ShelfItem


class State(StrEnum):
    """What a ticket looks like to one member, in the order of the guards."""

    BANNED = "banned"
    NOT_YOURS = "not_yours"
    STAFF_ONLY = "staff_only"
    CLAIMED_READY = "claimed_ready"
    UNAVAILABLE = "unavailable"
    NOT_YET = "not_yet"
    ENDED = "ended"
    NOT_NAMED = "not_named"
    TIER_SHORT = "tier_short"
    USED_UP = "used_up"
    PERIOD_USED = "period_used"
    SOLD_OUT = "sold_out"
    POINTS_SHORT = "points_short"
    OPEN = "open"


class Group(StrEnum):
    """Where on the shelf a ticket lies."""

    GIVEN = "given"
    READY = "ready"
    REACH = "reach"
    MINE = "mine"


OF_REFUSAL = {
    "member_banned": State.BANNED,
    "offer_not_found": State.NOT_YOURS,
    "self_claim_disabled": State.STAFF_ONLY,
    "offer_already_claimed": State.CLAIMED_READY,
    "offer_unavailable": State.UNAVAILABLE,
    "offer_not_started": State.NOT_YET,
    "offer_ended": State.ENDED,
    "not_eligible": State.NOT_NAMED,
    "tier_required": State.TIER_SHORT,
    "member_limit_reached": State.USED_UP,
    "period_limit_reached": State.PERIOD_USED,
    "offer_sold_out": State.SOLD_OUT,
    "code_pool_empty": State.SOLD_OUT,
    "card_invalid": State.OPEN,
    "insufficient_points": State.POINTS_SHORT,
}
GONE = frozenset({State.ENDED, State.SOLD_OUT, State.UNAVAILABLE, State.NOT_NAMED})
# What is ready to show comes first among what is claimed, used or gone.
_ORDER = (
    State.CLAIMED_READY,
    State.USED_UP,
    State.SOLD_OUT,
    State.ENDED,
    State.UNAVAILABLE,
    State.NOT_NAMED,
)


def of(item: ShelfItem) -> State:
    """The state of an offer for its member. A code in hand outranks every reason not to have another."""
    refusal = item.eligibility.refusal
    if refusal is None:
        return State.OPEN
    state = OF_REFUSAL[refusal.code]
    if item.own.ready_reference and state not in (State.BANNED, State.NOT_YOURS):
        return State.CLAIMED_READY
    return state


def group(state: State, *, is_given: bool = False) -> Group:
    """Where a ticket in that state lies; what the club has given by name lies first while it is to be had."""
    lies = _group(state)
    return Group.GIVEN if is_given and lies is not Group.MINE else lies


def _group(state: State) -> Group:
    if state is State.OPEN:
        return Group.READY
    if state in (State.POINTS_SHORT, State.TIER_SHORT, State.NOT_YET, State.STAFF_ONLY, State.PERIOD_USED):
        return Group.REACH
    return Group.MINE


def rank(state: State) -> int:
    """The place of a state within its group."""
    return _ORDER.index(state) if state in _ORDER else 0
