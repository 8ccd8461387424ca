"""What to hand over, as a command to the person at the till, from the terms that the claim was made under."""

import re

from portal.core.claims.claims import FrozenTerms
from portal.core.offers.offers import IN_MONEY, BenefitKind
from portal.core.redeeming.parts import ONE_USE, Part
from portal.web import money
from portal.web.i18n import gettext as _
from portal.web.i18n import lang, speaking

_ENDS_A_SENTENCE = (".", "!", "?", "…")
_FREE_THING = re.compile(r"free (?P<what>.+)", re.IGNORECASE)


def give(promised: FrozenTerms, part: Part = ONE_USE) -> str:
    """Take 20% off, Take €5 off, Give a free coffee; of a value the sum, of several uses how many."""
    once = _give(promised, part.amount)
    if part.uses > 1:
        return _("%(times)s times: %(command)s", times=part.uses, command=once[:1].lower() + once[1:])
    return once


def _give(promised: FrozenTerms, taken: int) -> str:
    amount = money.money(taken, promised.currency) if taken else _amount(promised)
    if promised.benefit_kind == BenefitKind.CASHBACK:
        return _("Give %(amount)s back", amount=amount)
    if promised.benefit_kind == BenefitKind.PERSONAL_PRICE:
        return _("Charge %(amount)s for %(product)s", amount=amount, product=promised.product)
    if promised.benefit_kind == BenefitKind.THIRD_PARTY:
        return _("Accept: %(title)s", title=promised.title)
    if amount is not None:
        return _("Take %(amount)s off", amount=amount)
    return _free_thing(promised.title) or _("Give: %(title)s", title=promised.title)


def more(promised: FrozenTerms) -> str:
    """What the command itself does not say: off what, which size, eaten where."""
    said = _amount(promised) is None
    return sentences("" if said else promised.title, promised.short)


def value(promised: FrozenTerms) -> str:
    """The large words on the customer's ticket, in its language."""
    with speaking(promised.language):
        words = money.benefit_words(promised.benefit_kind, promised.benefit_value, promised.currency)
    return words or promised.title


def of_club(promised: FrozenTerms) -> tuple[str, ...]:
    """What of a verdict the club has worded itself, in the language that the member read."""
    return promised.title, promised.title.strip().removesuffix("."), promised.short, benefit(promised)


def sentences(*parts: str) -> str:
    """The parts one after another, each with its full stop."""
    told = (part.strip() for part in parts if part.strip())
    return " ".join(part if part.endswith(_ENDS_A_SENTENCE) else f"{part}." for part in told)


def benefit(promised: FrozenTerms) -> str:
    """The whole of it inside a sentence: 20% off your next purchase; 20% off, Autumn thanks."""
    amount, title = value(promised), promised.title.strip().removesuffix(".")
    return title if money.begins(title, amount) else f"{amount}, {title}"


def _amount(promised: FrozenTerms) -> str | None:
    if promised.benefit_value is None:
        return None
    if promised.benefit_kind == BenefitKind.PERCENTAGE:
        return money.percent(promised.benefit_value)
    if promised.benefit_kind in IN_MONEY:
        return money.money(promised.benefit_value, promised.currency)
    return None


def _free_thing(title: str) -> str | None:
    # English alone can be told how to say it: "Free coffee" is one, "Free chips" are several.
    found = _FREE_THING.fullmatch(title.strip()) if lang() == "en" else None
    if found is None:
        return None
    what = found["what"]
    several = what.endswith("s") and not what.endswith("ss")
    return _("Give free %(what)s", what=what) if several else _("Give a free %(what)s", what=what)
