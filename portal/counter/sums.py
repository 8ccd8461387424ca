"""Sums and numbers as they are typed at a till."""

import re
from collections.abc import Mapping
from decimal import Decimal

from babel.numbers import get_currency_precision

from portal.core.reading.bench import Look
from portal.core.redeeming import parts
from portal.core.redeeming.parts import Part
from portal.web import money
from portal.web.i18n import gettext as _

_SUM = re.compile(r"[0-9]{1,9}(?:[.,][0-9]+)?")
_NUMBER = re.compile(r"[0-9]{1,6}")


class Unreadable(ValueError):
    """What was typed is no sum that can be taken; the words say which would be."""


def part(look: Look, form: Mapping[str, str]) -> Part:
    """What a yes takes: a use, all of a value, or the sum that was typed. Raises Unreadable."""
    if look.amount_left is None or look.promised is None or "all" in form:
        return parts.ONE_USE
    currency = look.promised.currency
    amount = _minor_units(form.get("amount", ""), get_currency_precision(currency))
    if not 0 < amount <= look.amount_left:
        left = money.money(look.amount_left, currency)
        raise Unreadable(_("Enter a sum up to %(left)s, such as 5 or 5.20.", left=left))
    return parts.of_value(amount)


def whole(text: str) -> int:
    """The number that was typed; 0 where it is none, of which nobody has any left."""
    return int(text) if _NUMBER.fullmatch(text.strip()) else 0


def _minor_units(text: str, digits: int) -> int:
    sum_ = text.strip()
    if not _SUM.fullmatch(sum_):
        return 0
    minor = Decimal(sum_.replace(",", ".")).scaleb(digits)
    return int(minor) if minor == minor.to_integral_value() else 0
