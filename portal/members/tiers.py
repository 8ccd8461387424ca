"""Tiers: where the member is, how to go up, and by when the year ends."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template
from flask.typing import ResponseReturnValue

from portal.core.club import club
from portal.core.club import tiers as club_tiers
from portal.core.club.tiers import Tier
from portal.core.reading import climbing
from portal.core.reading.climbing import Progress
from portal.members import members, shelf
from portal.members.members import bp
from portal.members.shelf import Next
from portal.web import clock, dates, db, doors, money, pages
from portal.web.i18n import gettext as _
from portal.web.i18n import ngettext


@dataclass(frozen=True)
class Rung:
    """One level of the ladder."""

    name: str
    hue: str
    takes: str
    stands: str
    here: bool


@dataclass(frozen=True)
class Where:
    """The member's place: what was earned, what keeps the tier, and the last day that counts."""

    name: str | None
    hue: str
    earned: str
    until: str
    keeps: str
    to: Next | None


@bp.get("/tiers")
def tiers() -> ResponseReturnValue:
    """The ladder, with the member on it."""
    now, zone = clock.now(), pages.club().zone
    earned = climbing.progress(db.session(), doors.me(), year=club.year_of(now, zone)).earned
    ladder = club_tiers.every(db.session())
    until = dates.by(dates.full_date_words(dates.spoken_end(shelf.year_ends(now, zone), zone), zone))
    rungs = [_rung(tier, earned) for tier in reversed(ladder)]
    where = _where(ladder, earned, until)
    return render_template("members/tiers/index.html", where=where, rungs=rungs, **members.frame())


def _where(ladder: Sequence[Tier], earned: int, until: str) -> Where:
    me = doors.me()
    return Where(
        name=me.tier_name,
        hue=me.tier_hue or "slate",
        earned=money.points(earned),
        until=until,
        keeps=_keeps(ladder, earned, until),
        to=shelf.next_tier(_next(ladder, earned)),
    )


def _next(ladder: Sequence[Tier], earned: int) -> Progress:
    """The way to the first tier above that has to be earned; a member may have none yet."""
    above = [tier for tier in ladder if tier.rank > doors.me().tier_rank and tier.threshold]
    return Progress(earned, above[0].name, above[0].threshold) if above else Progress(earned, None, None)


def _rung(tier: Tier, earned: int) -> Rung:
    me = doors.me()
    here, short = tier.rank == me.tier_rank and tier.name == me.tier_name, tier.threshold - earned
    if here:
        stands = _("You are here")
    elif short > 0 and tier.rank > me.tier_rank:
        stands = ngettext("%(num)s more point", "%(num)s more points", short)
    else:
        stands = ""
    return Rung(tier.name, tier.hue, _takes(tier), stands, here)


def _takes(tier: Tier) -> str:
    if not tier.threshold:
        return _("Every member, from the first day")
    return _("%(points)s earned in a calendar year", points=money.points(tier.threshold))


def _keeps(ladder: Sequence[Tier], earned: int, until: str) -> str:
    """What the year's end brings for the tier that the member has."""
    mine = next((tier for tier in ladder if tier.rank == doors.me().tier_rank), None)
    if mine is None or not mine.threshold:
        return ""
    short = mine.threshold - earned
    if short <= 0:
        return _("%(tier)s is yours: you have earned enough to keep it.", tier=mine.name)
    return ngettext(
        "%(tier)s is yours until %(until)s. %(num)s more point by then keeps it.",
        "%(tier)s is yours until %(until)s. %(num)s more points by then keep it.",
        short,
        tier=mine.name,
        until=until,
    )
