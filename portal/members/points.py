"""Points: the balance, what expires when, each change with its offer, and ways to earn more."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from portal.core.club import club
from portal.core.points.ledger import EntryKind
from portal.core.reading import climbing, statement
from portal.core.reading.statement import Holding, Line, Part
from portal.members import members, paging, shelf
from portal.members.members import bp
from portal.web import clock, dates, db, doors, money, pages, tongues
from portal.web.i18n import gettext as _
from portal.web.i18n import lazy, ngettext

PARTS_SHOWN = 6
_KINDS = {
    EntryKind.EARNED: lazy("Points earned"),
    EntryKind.SPENT: lazy("Points spent"),
    EntryKind.RETURNED: lazy("Points returned"),
    EntryKind.EXPIRED: lazy("Points expired"),
    EntryKind.TAKEN_BACK: lazy("Points taken back"),
    EntryKind.ADJUSTED: lazy("Points corrected by the club"),
}
_OF_OFFER = {EntryKind.SPENT: lazy("Claimed"), EntryKind.RETURNED: lazy("Given back")}
_REASONS = {
    "opening": lazy("Brought along when you joined"),
    "purchase": lazy("For a purchase"),
    "return": lazy("For a return"),
    "owed": lazy("Kept back for an earlier return"),
    "award": lazy("For a claim"),
    "presence": lazy("For being in the store"),
}
_AT = {"purchase": lazy("For a purchase at %(store)s"), "return": lazy("For a return at %(store)s")}
WAYS = (
    (
        lazy("Show your card when you pay"),
        lazy("The cashier scans it, and the points for that purchase are added to your balance."),
    ),
    (
        lazy("Look for offers that add points"),
        lazy("Some offers give points of their own. The offer’s page says how many, and when you get them."),
    ),
)


@dataclass(frozen=True)
class Change:
    """One line of the statement in words."""

    title: str
    href: str | None
    detail: str
    at: str
    stamp: str
    amount: str
    after: str
    grows: bool


@bp.get("/points")
def points() -> ResponseReturnValue:
    """The statement of the member's points, newest change first."""
    now, before = clock.now(), paging.before()
    found, older = statement.lines(db.session(), doors.me().member_id, before=before)
    changes = [_change(line, now) for line in found]
    more = {} if before else _above(changes, now)
    context = {"changes": changes, **members.frame(), **more}
    context["older"] = url_for(".points", before=older) if older else None
    return render_template("members/points/index.html", is_first=before is None, **context)


def _above(changes: Sequence[Change], now: datetime) -> dict[str, Any]:
    """What the first page says beside the statement; the standing card keeps the balance, not the header."""
    held = statement.holding(db.session(), doors.me().member_id, now)
    return {
        "changes": [*_written_off(held, now), *changes],
        "card": standing(now),
        "expiring": _expiring(held.live, now),
        "ways": WAYS,
        "purse_points": None,
    }


def standing(now: datetime) -> dict[str, Any]:
    """What the standing card draws: points, tier, and the way to the next one."""
    me = doors.me()
    progress = climbing.progress(db.session(), me, year=club.year_of(now, pages.club().zone))
    return {
        "points": money.number(me.balance),
        "tier_name": me.tier_name,
        "hue": me.tier_hue or "slate",
        "to": shelf.next_tier(progress),
    }


def _why(line: Line) -> str | None:
    """What the line says of itself; a correction in the club's own words, a purchase with its card."""
    if line.kind is EntryKind.ADJUSTED:
        return (line.reason or "").partition(":")[2]
    why = reason_words(line.reason, line.store)
    return why if line.card is None else " · ".join([why or "", _("card %(number)s", number=line.card)])


def reason_words(reason: str | None, store: str | None = None) -> str | None:
    """Why points came or went, where the ledger says it in a way that we know, and where that was."""
    if store and reason in _AT:
        return str(_AT[reason]) % {"store": store}
    words = _REASONS.get((reason or "").partition(":")[0])
    return None if words is None else str(words)


def _change(line: Line, now: datetime) -> Change:
    zone, of_offer = pages.club().zone, _OF_OFFER.get(line.kind)
    detail = str(of_offer) if line.title and of_offer else _why(line)
    at = dates.spoken_end(line.at, zone) if line.kind is EntryKind.EXPIRED else line.at
    return Change(
        title=tongues.in_tongue(line.title or "", line.language) or str(_KINDS[line.kind]),
        href=url_for(".claimed", ref=line.reference) if line.reference else None,
        detail=detail or "",
        at=dates.when_words(at, now, zone),
        stamp=dates.iso(at, zone),
        amount=signed(line.amount),
        after=money.number(line.balance_after),
        grows=line.amount > 0,
    )


def _written_off(held: Holding, now: datetime) -> list[Change]:
    """Dead points are gone when their time is over, whether or not that is written down yet."""
    lines, after = [], doors.me().balance
    for part in reversed(held.dead):
        died = part.expires_at or now
        lines.append(Line(0, EntryKind.EXPIRED, -part.points, after, died, None, None, None))
        after += part.points
    return [_change(line, now) for line in lines]


def signed(amount: int) -> str:
    """+150, −150: with the sign that is as wide as a plus."""
    return ("+" if amount > 0 else "−") + money.number(abs(amount))


def _expiring(live: Sequence[Part], now: datetime) -> list[str]:
    """200 points expire on 30 June; the far ones in one line."""
    days: dict[str, int] = {}
    endless = 0
    for part in live:
        if part.expires_at is None:
            endless += part.points
        else:
            days[day_of(part.expires_at, now)] = days.get(day_of(part.expires_at, now), 0) + part.points
    said = [_expire_on(count, day) for day, count in list(days.items())[:PARTS_SHOWN]]
    if later := sum(list(days.values())[PARTS_SHOWN:]):
        said.append(ngettext("%(num)s point expires later", "%(num)s points expire later", later))
    if endless:
        said.append(ngettext("%(num)s point never expires", "%(num)s points never expire", endless))
    return said


def day_of(end: datetime, now: datetime) -> str:
    """The last day on which it is still good, in the club's zone."""
    zone = pages.club().zone
    return dates.date_words(dates.spoken_end(end, zone), now, zone)


def _expire_on(count: int, day: str) -> str:
    return ngettext("%(num)s point expires on %(day)s", "%(num)s points expire on %(day)s", count, day=day)
