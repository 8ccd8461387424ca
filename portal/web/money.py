"""Sums, points and shares in words, as the reader's language writes them: €5, €5.20, 1,250, 20%."""

from decimal import Decimal

from babel.numbers import format_currency, format_decimal, format_percent, get_currency_precision

from portal.web.i18n import gettext as _
from portal.web.i18n import kept, locale, ngettext


@kept
def money(minor: int, currency: str) -> str:
    """€5.20 from 520 minor units; €5 where nothing follows the point."""
    digits = get_currency_precision(currency)
    sum_ = Decimal(minor).scaleb(-digits)
    if sum_ != sum_.to_integral_value():
        return format_currency(sum_, currency, locale=locale())
    pattern = locale().currency_formats["standard"].pattern.replace(".00", "")
    return format_currency(sum_, currency, pattern, locale=locale(), currency_digits=False)


@kept
def number(value: float, *, grouped: bool = True) -> str:
    """1,250; 1.5; as it is typed, 1250."""
    return format_decimal(value, locale=locale(), decimal_quantization=False, group_separator=grouped)


def points(count: int) -> str:
    """1 point, 1,250 points."""
    return ngettext("%(num)s point", "%(num)s points", count)


@kept
def percent(value: int | Decimal) -> str:
    """20% from 20, 12.5% from 12.5."""
    return format_percent(Decimal(value) / 100, "#,##0.##" + _percent_sign(), locale=locale())


def benefit_words(kind: str, value: int | Decimal | None, currency: str | None) -> str | None:
    """20% off, €5 off: what the holder gets, where its value says it; others are told by their title."""
    if value is None:
        return None
    if kind == "percentage":
        return _("%(amount)s off", amount=percent(value))
    if kind == "fixed_amount" and currency:
        return _("%(amount)s off", amount=money(int(value), currency))
    if kind == "cashback" and currency:
        return _("%(amount)s back", amount=money(int(value), currency))
    if kind == "personal_price" and currency:
        return money(int(value), currency)
    return None


def begins(title: str, words: str) -> bool:
    """Whether a title says these words first, in whichever case and spaces it was typed."""
    return (
        title.casefold()
        .replace("\N{NO-BREAK SPACE}", " ")
        .startswith(words.casefold().replace("\N{NO-BREAK SPACE}", " "))
    )


def _percent_sign() -> str:
    # Some languages put a space before the sign: the end of their own pattern says so.
    pattern: str = locale().percent_formats[None].pattern
    return pattern.rpartition("0")[2]
