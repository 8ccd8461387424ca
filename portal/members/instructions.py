"""How a claim is used, what it is bound to, and until when it can be given back."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from flask import url_for
from markupsafe import Markup

from portal.core.claims.claims import USABLE
from portal.core.offers.offers import CodeMode
from portal.core.reading.wallet import Pass
from portal.members import details, endings, headline, passes
from portal.web import dates, money, prose
from portal.web.i18n import gettext as _
from portal.web.i18n import ngettext


@dataclass(frozen=True)
class Instructions:
    """What to do in the store and online; the partner's own codes stand beside ours while the claim works."""

    steps: Sequence[str]
    online: str
    store_code: str | None
    online_code: str | None
    partner_code: str | None = field(repr=False)
    conditions: Sequence[tuple[str, str]]
    long: Markup
    terms: Sequence[str]
    zone: str
    lang: str
    steps_lang: str


@dataclass(frozen=True)
class GiveBack:
    """The way back: what returns, until when, and where it is asked."""

    href: str
    words: str
    until: str
    stamp: str


def instructions(seen: Pass, partner_code: str | None = None) -> Instructions:
    """The frozen instructions; where the club wrote none, how our own codes work."""
    terms = seen.promised
    works, free = seen.reading in USABLE, endings.is_free_play(seen)
    to_come = seen.reading in passes.WATCHED or free
    steps = details.lines(terms.how_store) if to_come else []
    if to_come and not steps and not free:
        steps = [
            _("Before you pay, say that you have a code."),
            _("Show it. They scan it, or type it.")
            if terms.code_mode in (CodeMode.POOL, CodeMode.PROVIDER)
            else _("Show it. They scan it, or type the 12 letters."),
        ]
    return Instructions(
        steps=steps,
        online=terms.how_online if to_come else "",
        store_code=terms.store_code if works else None,
        online_code=terms.online_code if works else None,
        partner_code=partner_code,
        conditions=headline.conditions_list(passes.conditions_of(seen)),
        long=prose.html(terms.long),
        terms=details.lines(terms.terms),
        zone=seen.zone,
        lang=terms.language,
        steps_lang=terms.language if terms.how_store.strip() else "",
    )


def give_back(seen: Pass, dead: int) -> GiveBack | None:
    """The offer to take it back, while it stands, for the points that would be there to spend."""
    if not seen.can_be_given_back:
        return None
    back = seen.price_paid - dead
    words = _("Give it back for %(points)s", points=money.points(back)) if back else _("Give it back")
    until = seen.give_back_until
    return GiveBack(
        href=url_for("members.give_back", ref=seen.reference),
        words=words,
        until=_("until %(clock)s", clock=dates.clock_words(until, seen.zone)),
        stamp=dates.iso(until, seen.zone),
    )


def returned(points: int, paid: int) -> str:
    """What happened when it was given back."""
    if not paid:
        return _("Given back.")
    if not points:
        return _("Given back. Its points have expired.")
    if points < paid:
        dead = money.points(paid - points)
        return _("Given back. %(points)s returned, %(dead)s expired.", points=money.points(points), dead=dead)
    return _("Given back. %(points)s returned.", points=money.points(points))


def asked(seen: Pass, dead: int) -> list[str]:
    """What giving back would do, before it is done; `dead` of its points have expired since the claim."""
    again, paid = _("You can claim it again while it lasts."), seen.price_paid
    back = paid - dead
    if not back:
        first = _("The code stops working.")
    else:
        first = _("The code stops working and %(points)s return to you at once.", points=money.points(back))
    return [first, _died(dead, all_of_them=not back), again] if dead else [first, again]


def _died(dead: int, *, all_of_them: bool) -> str:
    if all_of_them:
        return ngettext(
            "The %(num)s point that you paid has expired meanwhile: it returns and expires at once.",
            "All %(num)s points that you paid have expired meanwhile: they return and expire at once.",
            dead,
        )
    return ngettext(
        "%(num)s point of what you paid has expired meanwhile: it returns and expires at once.",
        "%(num)s points of what you paid have expired meanwhile: they return and expire at once.",
        dead,
    )
