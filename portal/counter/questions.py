"""The questions that a scan can end in, as staff read them: the first fills the screen, the others follow."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from portal.core.reading.bench import Look
from portal.core.redeeming.questions import Asks
from portal.counter import instructions
from portal.web import dates, money
from portal.web.i18n import gettext as _


@dataclass(frozen=True)
class Question:
    """What to look at, what follows from the answer, and the words of the button that says yes."""

    headline: str
    then: str
    yes: str


def all_of_it(look: Look) -> str:
    """The words of the button that takes all that is left of a value."""
    return _("All of it: %(sum)s", sum=_left(look))


def _other_basket(look: Look, zone: str, now: datetime) -> Question:
    used = dates.past_words(look.facts["before_at"], now, zone)
    then = _(
        "“%(title)s” was used %(used)s. The two don’t go together in the same basket",
        title=look.facts["before"],
        used=used,
    )
    return Question(_("Is this another basket?"), then, _("Yes, redeem"))


def _minimum(look: Look, zone: str, now: datetime) -> Question:
    assert look.promised is not None
    least = money.money(look.promised.minimum_purchase or 0, look.promised.currency)
    then = _("If yes: %(benefit)s. If not, they keep the code.", benefit=instructions.benefit(look.promised))
    return Question(_("Is the basket %(sum)s or more?", sum=least), then, _("Yes, redeem"))


def _amount(look: Look, zone: str, now: datetime) -> Question:
    then = _("%(sum)s is left. What they don’t use stays on the code", sum=_left(look))
    return Question(_("How much do they use?"), then, _("Redeem this sum"))


def _left(look: Look) -> str:
    assert look.promised is not None
    return money.money(look.facts["amount_left"], look.promised.currency)


ASK: dict[str, Callable[[Look, str, datetime], Question]] = {
    Asks.OTHER_BASKET: _other_basket,
    Asks.MINIMUM_PURCHASE: _minimum,
    Asks.AMOUNT: _amount,
}
