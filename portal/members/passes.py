"""A claim as its owner sees it, in words: for the wallet, which holds no code, and for its own page."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from flask import url_for
from markupsafe import Markup

from portal.core.claims.claims import USABLE, Reading
from portal.core.codes import alphabet
from portal.core.offers.offers import CodeMode
from portal.core.reading.wallet import LastUse, Pass
from portal.members import endings, headline
from portal.members.cards import Card
from portal.members.endings import Spent
from portal.members.headline import Conditions, Headline
from portal.members.stubs import Link, Stub
from portal.web import dates, expiry, hours, money, paper, qr, rosettes, tongues
from portal.web.i18n import gettext as _
from portal.web.i18n import gettext_html, ngettext

# Where a partner's long code may go on to the next line: after its dashes and blanks, and within long runs.
_RUNS = re.compile(r"[-\s]*[^-\s]{1,8}[-\s]*")
WATCHED = USABLE | {Reading.PENDING, Reading.LATER, Reading.ACTIVE}


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
    lang: str = ""
    live: str | None = None
    uses: str | None = None


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
        lang=head.language,
        facts=_facts(seen),
        ends=_until(seen, now),
        uses=_uses(seen),
        spent=endings.end_of(seen, now, last),
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
        lang=head.language,
        terms=headline.terms_line(conditions_of(seen)),
        ends_icon="ticket",
        ends=_uses(seen),
        stub=Stub(
            big=big, small=small, link=Link(href, words, gettext_html("for %(offer)s", offer=head.named))
        ),
    )


def with_code(drawn: Drawn, seen: Pass, code: str, now: datetime) -> Drawn:
    """The pass with its code: as a QR, in letters, and spelled. A partner's is left as it was written."""
    is_ours = seen.promised.code_mode == CodeMode.MINTED
    return replace(
        drawn,
        code=alphabet.grouped(code).split() if is_ours else _RUNS.findall(code),
        spoken=alphabet.spelled(code) if is_ours else ", ".join(" ".join(run) for run in code.split()),
        qr=qr.qr_svg(code) if is_ours else qr.partner_svg(code),
        qr_href=url_for("members.full_screen", ref=seen.reference),
        qr_words=gettext_html(
            "QR code for %(value)s. Show it full screen", value=tongues.in_tongue(drawn.value, drawn.lang)
        ),
        live=_(
            "%(state)s, checked at %(clock)s", state=_state(seen), clock=dates.clock_words(now, seen.zone)
        ),
    )


def headline_of(seen: Pass) -> Headline:
    """The benefit as it was promised."""
    terms = seen.promised
    return headline.headline(
        terms.benefit_kind,
        terms.benefit_value,
        terms.currency,
        title=terms.title,
        short=terms.short,
        language=terms.language,
    )


def conditions_of(seen: Pass) -> Conditions:
    """The conditions as they were promised."""
    terms = seen.promised
    stores = None if terms.stores is None else [store.name for store in terms.stores]
    return Conditions(
        terms.minimum_purchase,
        terms.currency,
        stores,
        terms.combines,
        uses=max(1, seen.uses_allowed),
        hours=terms.timeframes,
        product=terms.product,
    )


def token(seen: Pass) -> str:
    """The state a page shows, so that a later look can tell whether it changed; nothing of the code."""
    left = seen.uses_left if seen.amount_left is None else seen.amount_left
    return f"{seen.reading}-{left}"


def left_words(seen: Pass) -> str:
    """What is left of it, where that is more than one use."""
    return _uses(seen) or ""


def _facts(seen: Pass) -> list[tuple[str, str]]:
    given = conditions_of(seen)
    spend = headline.spend_words(given)
    rows = [(_("Spend"), spend)] if spend else []
    rows.append((_("Where"), headline.where_words(given.stores)))
    if given.hours:
        rows.append((_("When"), hours.as_a_line(given.hours)))
    if seen.amount_left is not None:
        rows.append((_("Left"), _uses(seen) or ""))
    elif seen.reading in WATCHED:
        rows.append((_("Uses left"), _counted(seen)))
    return rows


def _stub_words(seen: Pass, now: datetime) -> tuple[str, str]:
    """Until when it works; from when; or that it is on hold."""
    if seen.reading is Reading.PENDING:
        return _("Being prepared"), ""
    if seen.reading is Reading.HELD:
        return _("On hold"), ""
    if seen.reading is Reading.LATER:
        begins = seen.begins or now
        return endings.from_then(expiry.from_when(begins, now, seen.zone), begins, seen.zone), ""
    return "", _until(seen, now) or _("No end date")


def _until(seen: Pass, now: datetime) -> str | None:
    words = expiry.on_card(seen.expires_at, now, seen.zone)
    if words is None or seen.expires_at is None:
        return None
    end = dates.spoken_end(seen.expires_at, seen.zone)
    on_paper = _("Use by %(moment)s", moment=dates.by(dates.paper_words(end, seen.zone)))
    return paper.both(dates.time_tag(end, seen.zone, words), on_paper)


def _state(seen: Pass) -> str:
    return (seen.reading is Reading.PART_USED and _uses(seen)) or _("Ready to use")


def _uses(seen: Pass) -> str | None:
    """€14.50 left of €20; 68 of 100 uses left; nothing where there is only one."""
    if seen.amount_left is not None:
        return _(
            "%(left)s left of %(most)s", left=_sum(seen, seen.amount_left), most=_sum(seen, seen.amount or 0)
        )
    if seen.uses_allowed <= 1:
        return None
    left = money.number(seen.uses_left)
    return ngettext(
        "%(left)s of %(num)s use left", "%(left)s of %(num)s uses left", seen.uses_allowed, left=left
    )


def _sum(seen: Pass, minor: int) -> str:
    return money.money(minor, seen.promised.currency)


def _counted(seen: Pass) -> str:
    left, most = money.number(seen.uses_left), money.number(seen.uses_allowed)
    return _("%(left)s of %(most)s", left=left, most=most)
