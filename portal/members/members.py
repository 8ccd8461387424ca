"""The members' face: its blueprint, its door, and the frame around every page."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, g, request

from portal.core.claims.claims import USABLE
from portal.core.club.sign_ins import Face
from portal.core.reading import people, wallet
from portal.core.reading.wallet import Pass
from portal.web import clock, db, doors, money

bp = Blueprint("members", __name__)
SIGN_IN = "signin.sign_in"
FOR_GUESTS = ("members.offers", "members.offer", "members.offer_image")
doors.hang(bp, doors.guest_or_member_door(*FOR_GUESTS), Face.MEMBER)


def look_again() -> None:
    """See the member at the door as they are after what was just done."""
    token = request.cookies[doors.cookie_name(Face.MEMBER)]
    g.here = people.member_here(db.session(), token, clock.now()) or doors.me()


def open_passes() -> list[Pass]:
    """What the member holds, soonest to expire first; one statement."""
    return wallet.open_passes(db.session(), doors.me().member_id, clock.now())


def frame(passes: Sequence[Pass] | None = None) -> dict[str, Any]:
    """What the layout asks for: points to spend and the number of codes that work."""
    held = open_passes() if passes is None else passes
    return {"purse_points": money.number(doors.me().balance), "wallet_ready": ready(held)}


def ready(passes: Sequence[Pass]) -> int:
    """How many of these would work at a till now."""
    return sum(1 for held in passes if held.reading in USABLE)
