"""The member card on the phone: its number as QR and as a barcode, for scanners of either kind."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from flask import get_flashed_messages, render_template
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from portal.core.club import cards
from portal.core.club.cards import Card
from portal.members import members
from portal.members.members import bp
from portal.web import code128, db, doors, qr

GROUP = 4
GROUPED_FROM = 8


@dataclass(frozen=True)
class Shown:
    """One card as it is held to a scanner; a blocked one has nothing to scan."""

    number: str = field(repr=False)
    groups: Sequence[str] = field(repr=False)
    spoken: str = field(repr=False)
    is_blocked: bool
    qr: Markup = field(default=Markup(""), repr=False)
    bars: Markup = field(default=Markup(""), repr=False)


@bp.get("/card")
def card() -> ResponseReturnValue:
    """The member's cards, the one in use first."""
    me = doors.me()
    shown = [_shown(one) for one in cards.of_member(db.session(), me.member_id)]
    tier = (me.tier_name, me.tier_hue or "slate")
    told = {"cards": shown, "name": me.name, "tier": tier, "said": [*get_flashed_messages()]}
    return render_template("members/card/index.html", **told, **members.frame())


def _shown(card: Card) -> Shown:
    number, is_blocked = card.number, card.blocked_at is not None
    told = (number, _groups(number), " ".join(number), is_blocked)
    return Shown(*told) if is_blocked else Shown(*told, qr.text_svg(number), _bars(number))


def _bars(number: str) -> Markup:
    """Not every number that a club brings along fits into a barcode; the QR holds it then."""
    try:
        return code128.code128_svg(number)
    except ValueError:
        return Markup("")


def _groups(number: str) -> list[str]:
    """Long rows of digits are read in fours; anything else stays as the club writes it."""
    if len(number) < GROUPED_FROM or not number.isdigit():
        return [number]
    return [number[at : at + GROUP] for at in range(0, len(number), GROUP)]
