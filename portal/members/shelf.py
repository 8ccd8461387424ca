"""What stands above the shelf: the member's standing, and the one end that is nearest."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from flask import url_for
from markupsafe import Markup

from portal.core.offers import windows
from portal.core.reading.climbing import Progress
from portal.core.reading.wallet import Pass
from portal.members import passes
from portal.members.stubs import Link
from portal.web import dates, expiry, money, tongues
from portal.web.expiry import Level
from portal.web.i18n import gettext as _
from portal.web.i18n import gettext_html, ngettext


@dataclass(frozen=True)
class Next:
    """The way to the next tier, for the meter of the standing card."""

    value: int
    most: int
    words: str
    left: str
    right: Markup


@dataclass(frozen=True)
class Warn:
    """The nearest end in words, how strongly it is drawn, and where the code is."""

    words: Markup
    level: str
    hue: str
    link: Link


def year_ends(now: datetime, zone: str) -> datetime:
    """The first instant of the next one."""
    today = now.astimezone(ZoneInfo(zone)).date()
    return windows.start_of_day(today.replace(year=today.year + 1, month=1, day=1), zone)


def next_tier(progress: Progress) -> Next | None:
    """How far it is; None at the top."""
    if progress.next_name is None or not progress.next_threshold:
        return None
    most, tier = progress.next_threshold, progress.next_name
    earned, left = money.number(progress.earned), max(0, most - progress.earned)
    return Next(
        value=min(progress.earned, most),
        most=most,
        words=_(
            "Progress to %(tier)s: %(earned)s of %(most)s points earned this year",
            tier=tier,
            earned=earned,
            most=money.number(most),
        ),
        left=_("%(earned)s earned this year", earned=earned),
        right=gettext_html("<b>%(count)s</b> more for %(tier)s", count=money.number(left), tier=tier),
    )


def warning(held: Sequence[Pass], now: datetime) -> Warn | None:
    """The one notice: the pass that ends soonest, or how many end within the week."""
    ending = [one for one in held if one.expires_at is not None and one.reading in passes.WATCHED]
    if not ending:
        return None
    soonest = ending[0]
    said = expiry.expiry(soonest.expires_at, now, soonest.zone, what=_value(soonest))
    assert said is not None
    hue = "slate" if said.level is Level.LATER else "ochre"
    this_week = sum(1 for one in ending if _level(one, now) is not Level.LATER)
    if this_week > 1:
        count = ngettext("%(num)s code expires this week", "%(num)s codes expire this week", this_week)
        link = Link(url_for("members.wallet"), _("See my wallet"), "")
        return Warn(Markup("<b>{}</b>.").format(count), said.look, hue, link)
    link = Link(url_for("members.claimed", ref=soonest.reference), _("Show the code"), "")
    words = dates.time_tag(said.spoken, soonest.zone, said.words)
    return Warn(words + ".", said.look, hue, link)


def _value(one: Pass) -> Markup:
    head = passes.headline_of(one)
    return tongues.in_tongue(head.value, head.language)


def _level(one: Pass, now: datetime) -> Level:
    assert one.expires_at is not None
    return expiry.level(one.expires_at, now, one.zone)
