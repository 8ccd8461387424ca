"""A claim as its owner sees it, in words: for the wallet, which holds no code, and for its own page."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from flask import url_for
from markupsafe import Markup

from portal.core.claims import claims
from portal.core.claims.claims import USABLE, Reading
from portal.core.codes import alphabet
from portal.core.reading.wallet import LastUse, Pass
from portal.members import headline
from portal.members.cards import Card
from portal.members.headline import Conditions, Headline
from portal.members.stubs import Link, Stub
from portal.web import dates, expiry, money, qr, rosettes
from portal.web.i18n import gettext as _

WATCHED = USABLE | {Reading.LATER}


@dataclass(frozen=True)
class Spent:
    """What stands where the code was, or will be."""

    big: str
    small: str | None = None


@dataclass(frozen=True)
class Drawn:
    """What a pass draws. The code, in groups, is there only on its own page, and in no representation."""

    ref: str
    href: str
    hue: str
    shape: int
    value: str
    what: str
    facts: Sequence[tuple[str, str]]
    ends: str | None
    spent: Spent | None
    code: Sequence[str] | None = field(default=None, repr=False)
    spoken: str = field(default="", repr=False)
    qr: Markup = field(default=Markup(""), repr=False)
    qr_href: str = ""
    qr_words: str = ""
    live: str | None = None


def drawn(seen: Pass, now: datetime, last: LastUse | None = None) -> Drawn:
    """A pass without its code: its value, its end and, when it no longer works, what became of it."""
    head = headline_of(seen)
    return Drawn(
        ref=seen.reference,
        href=url_for("members.claimed", ref=seen.reference),
        hue=seen.promised.hue,
        shape=rosettes.shape_of(seen.offer_id),
        value=head.value,
        what=head.what,
        facts=_facts(seen),
        ends=_until(seen, now),
        spent=end_of(seen, now, last),
    )


def ticket(seen: Pass, now: datetime) -> Card:
    """A pass in the wallet: a ticket whose stub says until when, and leads to the code."""
    head = headline_of(seen)
    href = url_for("members.claimed", ref=seen.reference)
    words = _("Show code") if seen.reading in USABLE else _("Open")
    big, small = _stub_words(seen, now)
    return Card(
        id=seen.reference,
        href=href,
        hue=seen.promised.hue,
        shape=rosettes.shape_of(seen.offer_id),
        value=head.value,
        what=head.what,
        terms=headline.terms_line(conditions_of(seen)),
        ends_icon="ticket",
        ends=_uses(seen) if seen.uses_allowed > 1 else None,
        stub=Stub(big=big, small=small, link=Link(href, words, _("for %(offer)s", offer=head.whole))),
    )


def with_code(drawn: Drawn, seen: Pass, code: str, now: datetime) -> Drawn:
    """The pass with its code: as a QR, in letters, and spelled."""
    return replace(
        drawn,
        code=alphabet.grouped(code).split(),
        spoken=alphabet.spelled(code),
        qr=qr.qr_svg(code),
        qr_href=url_for("members.full_screen", ref=seen.reference),
        qr_words=_("QR code for %(value)s. Show it full screen", value=drawn.value),
        live=_("Ready to use, checked at %(clock)s", clock=dates.clock_words(now, seen.zone)),
    )


def headline_of(seen: Pass) -> Headline:
    """The benefit as it was promised."""
    terms = seen.promised
    return headline.headline(
        terms.benefit_kind, terms.benefit_value, terms.currency, title=terms.title, short=terms.short
    )


def conditions_of(seen: Pass) -> Conditions:
    """The conditions as they were promised."""
    terms = seen.promised
    stores = None if terms.stores is None else [store.name for store in terms.stores]
    return Conditions(
        terms.minimum_purchase, terms.currency, stores, terms.combines, uses=max(1, seen.uses_allowed)
    )


def token(seen: Pass) -> str:
    """The state a page shows, so that a later look can tell whether it changed; nothing of the code."""
    return f"{seen.reading}-{seen.uses_left}"


def is_free_play(seen: Pass) -> bool:
    """Whether the claim was closed as it was made and has no code to show."""
    return not claims.has_code(seen.promised)


def end_of(seen: Pass, now: datetime, last: LastUse | None) -> Spent | None:
    """What became of a pass that shows no code now; None while it works."""
    match seen.reading:
        case Reading.LATER:
            begins = seen.promised.use_from or now
            from_then = _("From %(moment)s", moment=dates.moment_words(begins, now, seen.zone))
            return Spent(dates.time_tag(begins, seen.zone, from_then))
        case Reading.HELD:
            return Spent(_("On hold"), _held_until(seen, now))
        case Reading.EXPIRED:
            ended = seen.expires_at or now
            since = _("Expired %(ended)s", ended=dates.end_words(ended, now, seen.zone))
            return Spent(dates.time_tag(dates.spoken_end(ended, seen.zone), seen.zone, since))
        case Reading.GIVEN_BACK:
            return Spent(_past(_("Given back %(when)s"), seen.closed_at or now, now, seen.zone))
        case Reading.USED:
            return _used(seen, now, last)
    return None


def _used(seen: Pass, now: datetime, last: LastUse | None) -> Spent:
    if is_free_play(seen):
        return Spent(_("Yours. Used at once"), _("Nothing to show: it was yours as you claimed it."))
    if last is None:
        return Spent(_past(_("Used %(when)s"), seen.closed_at or now, now, seen.zone))
    return Spent(
        _past(_("Used %(when)s"), last.redeemed_at, now, seen.zone), _("at %(store)s", store=last.store)
    )


def _past(sentence: str, at: datetime, now: datetime, zone: str) -> str:
    return dates.time_tag(at, zone, sentence % {"when": dates.past_words(at, now, zone)})


def _held_until(seen: Pass, now: datetime) -> str | None:
    if seen.banned_until is None:
        return None
    last_day = dates.date_words(dates.spoken_end(seen.banned_until, seen.zone), now, seen.zone, "day")
    return _("Your membership is paused until %(day)s. Then it works again.", day=last_day)


def _facts(seen: Pass) -> list[tuple[str, str]]:
    given = conditions_of(seen)
    spend = headline.spend_words(given)
    rows = [(_("Spend"), spend)] if spend else []
    rows.append((_("Where"), headline.where_words(given.stores)))
    if seen.reading in WATCHED:
        rows.append((_("Uses left"), _counted(seen)))
    return rows


def _stub_words(seen: Pass, now: datetime) -> tuple[str, str]:
    """Until when it works; from when; or that it is on hold."""
    if seen.reading is Reading.HELD:
        return _("On hold"), ""
    if seen.reading is Reading.LATER:
        return expiry.opens_stub(seen.promised.use_from or now, now, seen.zone).when, _("works from then")
    return "", _until(seen, now) or _("No end date")


def _until(seen: Pass, now: datetime) -> str | None:
    words = expiry.on_card(seen.expires_at, now, seen.zone)
    if words is None or seen.expires_at is None:
        return None
    return dates.time_tag(dates.spoken_end(seen.expires_at, seen.zone), seen.zone, words)


def _uses(seen: Pass) -> str:
    return _("Uses left: %(count)s", count=_counted(seen))


def _counted(seen: Pass) -> str:
    left, most = money.number(seen.uses_left), money.number(seen.uses_allowed)
    return _("%(left)s of %(most)s", left=left, most=most)
