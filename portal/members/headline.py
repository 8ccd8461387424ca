"""What a ticket says of its benefit and conditions, from structured facts: on a card and on a pass."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from portal.core.offers.timeframes import Timeframes
from portal.web import hours, i18n, money, tongues
from portal.web.i18n import gettext as _
from portal.web.i18n import ngettext

STORES_NAMED = 2


@dataclass(frozen=True)
class Headline:
    """20% off / your next purchase."""

    value: str
    what: str
    language: str = ""

    @property
    def named(self) -> Markup:
        """The same for a sentence of the page, which may be in another language."""
        return tongues.in_tongue(self.whole, self.language)

    @property
    def whole(self) -> str:
        """Both in one line, as a button or a heading names it."""
        return f"{self.value} {self.what}".strip()


@dataclass(frozen=True)
class Conditions:
    """The conditions that have words of their own; `stores` is None where every store honours it."""

    minimum: int | None
    currency: str
    stores: Sequence[str] | None
    combines: bool
    each: int | None = 1
    uses: int = 1
    hours: Timeframes = ()
    product: str | None = None


def headline(
    kind: str, value: int | None, currency: str, *, title: str, short: str, language: str = i18n.DEFAULT
) -> Headline:
    """The benefit in large letters with the rest of the title; the title, where no value says it.

    Both in the language that the title is in, which need not be the reader's.
    """
    with i18n.speaking(language):
        words = money.benefit_words(kind, value, currency)
    if words is None:
        return Headline(title, short, language)
    if money.begins(title, words):
        return Headline(words, title[len(words) :].lstrip(" ,:;–-") or short, language)
    return Headline(words, title, language)


def spend_words(given: Conditions) -> str | None:
    """€25 or more."""
    if not given.minimum:
        return None
    return _("%(sum)s or more", sum=money.money(given.minimum, given.currency))


def where_words(stores: Sequence[str] | None) -> str:
    """All stores, Pier Café, Crumb and Lantern, 5 stores."""
    if stores is None:
        return _("All stores")
    if len(stores) == STORES_NAMED:
        return _("%(one)s and %(other)s", one=stores[0], other=stores[1])
    return stores[0] if len(stores) == 1 else ngettext("%(num)s store", "%(num)s stores", len(stores))


def terms_line(given: Conditions) -> str:
    """One line for a card: On €25 or more at Pier Café. Up to 2 each. Not with other offers."""
    parts = [_spend_and_where(given)]
    if given.each and given.each > 1:
        parts.append(_("Up to %(count)s each", count=money.number(given.each)))
    if not given.combines:
        parts.append(_("Not with other offers"))
    return ". ".join(parts)


def conditions_list(given: Conditions) -> list[tuple[str, str]]:
    """Every condition as a name and its words, for the page of an offer and the pass."""
    spend = spend_words(given)
    rows = [(_("Spend"), _("%(spend)s in one purchase", spend=spend))] if spend else []
    if given.product:
        rows.append((_("For what"), given.product))
    rows.append((_("Where"), where_words(given.stores) if given.stores is None else ", ".join(given.stores)))
    if given.hours:
        rows.append((_("When"), hours.as_a_line(given.hours)))
    together = _("Can be used with other offers") if given.combines else _("Not with other offers")
    rows.append((_("With other offers"), together))
    uses = ngettext("Works once", "Works %(num)s times", given.uses)
    rows.append((_("Uses"), uses))
    return rows


def limit_words(each: int | None, often: int | None = None, period: str | None = None) -> str:
    """How many one member may have, in all and in a day, a week or a month."""
    lately = period_words(often, period) if often and period else None
    if each is None:
        return lately or _("As many as you like")
    whole = ngettext("%(num)s for each member", "Up to %(num)s for each member", each)
    return f"{whole}. {lately}" if lately else whole


def period_words(often: int, period: str) -> str:
    """Once a day, Up to 2 a month."""
    return {
        "day": lambda: ngettext("Once a day", "Up to %(num)s a day", often),
        "week": lambda: ngettext("Once a week", "Up to %(num)s a week", often),
        "month": lambda: ngettext("Once a month", "Up to %(num)s a month", often),
    }[period]()


def low_words(left: int | None, total: int | None) -> str | None:
    """Only 12 left: said under a fifth, or under twenty pieces."""
    if left is None or left <= 0:
        return None
    scarce = left < 20 or (total is not None and left * 5 < total)
    return ngettext("Only %(num)s left", "Only %(num)s left", left) if scarce else None


def _spend_and_where(given: Conditions) -> str:
    spend = spend_words(given)
    if spend is None:
        return where_words(given.stores) if given.stores is None else _at(given.stores)
    if given.stores is None:
        return _("On %(spend)s, all stores", spend=spend)
    return _("On %(spend)s at %(stores)s", spend=spend, stores=where_words(given.stores))


def _at(stores: Sequence[str]) -> str:
    return _("At %(stores)s", stores=where_words(stores))
