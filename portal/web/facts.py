"""The facts of a refusal, spoken: each name that a sentence may hold, and the facts it is made of."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from babel.lists import format_list

from portal.web import dates, hours, money
from portal.web.dates import Zone
from portal.web.i18n import gettext as _
from portal.web.i18n import locale, ngettext

Facts = Mapping[str, Any]
Says = str | tuple[str, ...]

STORES_NAMED = 3
_NAMES = re.compile(r"%\((\w+)\)s")


def say(says: Says, facts: Facts) -> str:
    """The first of the sentences, fullest first, whose facts are all there; the last one needs none."""
    for sentence in (says,) if isinstance(says, str) else says:
        # The names are those of the sentence as written: a translation may use fewer, never others.
        parts = {name: _part(name, facts) for name in _NAMES.findall(str.__str__(sentence))}
        if None not in parts.values():
            return _(sentence, **parts)
    raise KeyError(f"no sentence needs as little as {sorted(facts)}")


def _part(name: str, facts: Facts) -> str | None:
    needs, speak = _PARTS[name]
    values = [facts.get(need) for need in needs]
    return None if None in values else speak(*values)


def _day(instant: datetime, now: datetime, zone: Zone) -> str:
    return dates.date_words(instant, now, zone, "day")


def _last_day(end: datetime, now: datetime, zone: Zone) -> str:
    return _day(dates.spoken_end(end, zone), now, zone)


def _end_stamp(end: datetime, now: datetime, zone: Zone) -> str:
    return dates.stamp_words(dates.spoken_end(end, zone), now, zone)


def _from_then(instant: datetime, now: datetime, zone: Zone) -> str:
    return dates.by(dates.moment_words(instant, now, zone))


def _already_past(until: datetime, now: datetime, zone: Zone) -> str | None:
    return dates.past_words(until, now, zone) if now >= until else None


def _more_points(count: int) -> str:
    return ngettext("%(num)s more point", "%(num)s more points", count)


def _uses_left(left: int) -> str:
    return ngettext("Only %(num)s use is left", "Only %(num)s uses are left", left)


def _all_used(limit: int) -> str:
    if limit == 1:
        return _("You’ve had this one. Each member can have it once.")
    return ngettext(
        "You’ve used this %(num)s of %(num)s times.", "You’ve used this %(num)s of %(num)s times.", limit
    )


def _all_lapsed(limit: int, lapsed: int) -> str | None:
    if lapsed and limit == 1:
        return _("Yours expired before you used it. Each member can have it once.")
    words = ngettext(
        "You’ve had all %(limit)s of these, and %(num)s expired before you used it.",
        "You’ve had all %(limit)s of these, and %(num)s expired before you used them.",
        lapsed,
        limit=money.number(limit),
    )
    return words if lapsed else None


def _all_had(limit: int) -> str:
    if limit == 2:
        return _("You’ve had both of these.")
    return ngettext("You’ve had this one.", "You’ve had all %(num)s of these.", limit)


def _all_gone(limit: int) -> str:
    return ngettext("The only one has been used.", "All %(num)s have been used.", limit)


def _period_used(period: str, limit: int) -> str | None:
    used = {
        "day": lambda: ngettext("You’ve used today’s one.", "You’ve used today’s %(num)s.", limit),
        "week": lambda: ngettext("You’ve used this week’s one.", "You’ve used this week’s %(num)s.", limit),
        "month": lambda: ngettext(
            "You’ve used this month’s one.", "You’ve used this month’s %(num)s.", limit
        ),
    }
    return used[period]() if period in used else None


def _none_left(period: str) -> str | None:
    words = {
        "day": _("None left today"),
        "week": _("None left this week"),
        "month": _("None left this month"),
    }
    return words.get(period)


def _seconds(count: int) -> str | None:
    return ngettext("%(num)s second", "%(num)s seconds", count) if count > 0 else None


def _seconds_until(until: datetime, now: datetime) -> str | None:
    left = (until - now).total_seconds()
    return _seconds(int(-(-left // 1)))


def _minutes_until(until: datetime, now: datetime) -> str | None:
    left = int((until - now).total_seconds() // 60)
    return ngettext("%(num)s minute", "%(num)s minutes", left) if left > 0 else None


def _stores(names: Sequence[str]) -> str | None:
    if len(names) <= STORES_NAMED:
        return format_list(list(names), locale=locale()) if names else None
    others = len(names) - STORES_NAMED
    more = ngettext("%(num)s more", "%(num)s more", others)
    return format_list([*names[:STORES_NAMED], more], locale=locale())


def _first_days(count: int) -> str:
    return ngettext("their first %(num)s day", "their first %(num)s days", count)


def _birthday(told: bool) -> str:
    if told:
        return _("This one is for the month of your birthday.")
    return _("This one is for the month of your birthday. You can tell us when that is, under About you.")


def _pin(asked: bool) -> str | None:
    return _("Enter your PIN to carry on.") if asked else None


_WHEN = ("now", "zone")
_PARTS: dict[str, tuple[tuple[str, ...], Callable[..., str | None]]] = {
    "active_until": (("active_until", "zone"), dates.clock_words),
    "active_left": (("active_until", "now"), _minutes_until),
    "amount_left": (("amount_left", "currency"), money.money),
    "all_had": (("limit",), _all_had),
    "all_lapsed": (("limit", "lapsed"), _all_lapsed),
    "all_used": (("limit",), _all_used),
    "available": (("available",), money.number),
    "award": (("award",), money.points),
    "banned": (("banned_until", *_WHEN), _last_day),
    "birthday": (("birthday_told",), _birthday),
    "cost": (("current_cost",), money.points),
    "ended": (("ended_at", *_WHEN), dates.end_words),
    "expired": (("expired_at", *_WHEN), dates.end_words),
    "expired_stamp": (("expired_at", *_WHEN), _end_stamp),
    "first_days": (("new_member_days",), _first_days),
    "gap": (("points_to_tier",), money.points),
    "gone": (("sold_out_at", *_WHEN), _day),
    "hours": (("hours",), hours.of_facts),
    "all_gone": (("limit",), _all_gone),
    "minimum": (("minimum", "currency"), money.money),
    "more": (("shortfall",), _more_points),
    "needed": (("needed",), money.number),
    "none_left": (("period",), _none_left),
    "opens": (("opens_at", *_WHEN), dates.moment_words),
    "own_tier": (("current_tier",), str),
    "period_used": (("period", "limit"), _period_used),
    "pin": (("fresh_sign_in",), _pin),
    "resets": (("resets_at", *_WHEN), _day),
    "staff": (("staff",), str),
    "starts": (("starts_at", *_WHEN), dates.moment_words),
    "stock": (("stock",), money.number),
    "store": (("store",), str),
    "stores": (("stores",), _stores),
    "tier": (("required_tier",), str),
    "till": (("till",), str),
    "too_late": (("until", *_WHEN), _already_past),
    "uses_left": (("uses_left",), _uses_left),
    "used": (("redeemed_at", *_WHEN), dates.past_words),
    "used_stamp": (("redeemed_at", *_WHEN), dates.stamp_words),
    "valid": (("valid_from", *_WHEN), _from_then),
    "voided_stamp": (("voided_at", *_WHEN), dates.stamp_words),
    "wait": (("retry_after",), _seconds),
    "wait_until": (("until", "now"), _seconds_until),
}
