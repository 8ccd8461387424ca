"""How a claim went, line by line: what happened, when, and what it did to the points."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from portal.core.reading.wallet import Step
from portal.core.records.timeline import Happening
from portal.web import dates, money
from portal.web.i18n import gettext as _
from portal.web.i18n import lazy, ngettext

_TITLES = {
    Happening.CLAIMED: lazy("Claimed"),
    Happening.GIVEN_BACK: lazy("Given back"),
    Happening.PREPARED: lazy("The code is there"),
    Happening.NOT_PREPARED: lazy("The code could not be made"),
    Happening.REDEEMED: lazy("Used"),
    Happening.REVERSED: lazy("The use was undone"),
    Happening.EXPIRED: lazy("Expired"),
    Happening.CANCELLED: lazy("Cancelled by the club"),
    Happening.WITHDRAWN: lazy("Withdrawn by the club"),
    Happening.EXTENDED: lazy("Given more time"),
    Happening.OFFERED_ON: lazy("Offered to another member"),
    Happening.HANDED_OVER: lazy("Handed over"),
    Happening.RECEIVED: lazy("Received from another member"),
}


@dataclass(frozen=True)
class Event:
    """One line of the history."""

    title: str
    at: str
    stamp: str
    detail: str | None
    strong: bool


def events(steps: Sequence[Step], now: datetime, zone: str) -> list[Event]:
    """The history of a claim, newest first; the newest line stands out."""
    told = [step for step in steps if step.kind in _TITLES]
    return [_event(step, now, zone, strong=place == 0) for place, step in enumerate(told)]


def _event(step: Step, now: datetime, zone: str, *, strong: bool) -> Event:
    at = dates.spoken_end(step.happened_at, zone) if step.kind is Happening.EXPIRED else step.happened_at
    return Event(
        str(_TITLES[step.kind]), dates.when_words(at, now, zone), dates.iso(at, zone), _detail(step), strong
    )


def _detail(step: Step) -> str | None:
    if step.store:
        return _("at %(store)s", store=step.store)
    if step.amount is None or step.balance_after is None:
        return None
    before, after = money.number(step.balance_after - step.amount), money.number(step.balance_after)
    if step.amount < 0:
        return ngettext(
            "%(num)s point spent: %(before)s before, %(after)s after",
            "%(num)s points spent: %(before)s before, %(after)s after",
            -step.amount,
            before=before,
            after=after,
        )
    return ngettext(
        "%(num)s point returned: %(before)s before, %(after)s after",
        "%(num)s points returned: %(before)s before, %(after)s after",
        step.amount,
        before=before,
        after=after,
    )
