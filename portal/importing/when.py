"""The columns of an offer that say when and how often; a file may lack any of them."""

import re
from datetime import datetime
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, ValidationInfo, field_validator

from portal.core.offers import timeframes
from portal.core.offers.periods import Period
from portal.core.offers.timeframes import EVERY_DAY, Timeframe
from portal.importing.cells import AtLeastOne, Closing, Mend, Opening, listed, one_of
from portal.importing.limits import LIMITS, Limits

# Column of the file -> column of the offer.
WHEN = {
    "visible_from": "visible_from",
    "visible_to": "visible_to",
    "use_from": "use_from",
    "use_to": "use_to",
    "starts_after_days": "starts_after_days",
    "starts_after_minutes": "starts_after_minutes",
    "hours": "timeframes",
    "per_period": "per_period",
    "period": "period",
    **{name: name for name in LIMITS},
}
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_HOURS = re.compile(
    r"(?P<days>[a-z]{3}([,-][a-z]{3})*)?\s*((?P<begins>[0-9:]{4,5})-(?P<ends>[0-9:]{4,5}))?", re.ASCII
)
_CLOCK = re.compile(r"([01]?[0-9]|2[0-4]):([0-5][0-9])")
_MEND = "use days and hours such as mon-fri 07:00-10:00, with | between several"


def as_hours(text: str) -> tuple[Timeframe, ...]:
    """Days, hours or both: mon-fri 07:00-10:00 | sat,sun | 22:00-02:00."""
    return tuple(_timeframe(part.casefold()) for part in listed(text))


class When(Limits):
    """What a line says of clocks, hours and limits."""

    visible_from: Opening | None = None
    visible_to: Closing | None = None
    use_from: Opening | None = None
    use_to: Closing | None = None
    starts_after_days: AtLeastOne | None = None
    starts_after_minutes: AtLeastOne | None = None
    hours: Annotated[tuple[Timeframe, ...], BeforeValidator(as_hours)] = ()
    per_period: AtLeastOne | None = None
    period: Annotated[Period, BeforeValidator(one_of(Period))] | None = Field(
        default=None, validate_default=True
    )

    @property
    def timeframes(self) -> list[dict[str, Any]]:
        """The hours as an offer keeps them."""
        return timeframes.kept(self.hours)

    @field_validator("period", mode="after")
    @classmethod
    def _goes_with_its_limit(cls, period: Period | None, info: ValidationInfo) -> Period | None:
        if "per_period" in info.data and (period is None) != (info.data["per_period"] is None):
            raise Mend("fill in both per_period and period, or neither")
        return period

    @field_validator("visible_to", "claim_to", "use_to", mode="after", check_fields=False)
    @classmethod
    def _ends_after_it_begins(cls, ends: datetime | None, info: ValidationInfo) -> datetime | None:
        column = (info.field_name or "").replace("_to", "_from")
        begins = info.data.get(column)
        if ends is not None and begins is not None and ends <= begins:
            raise Mend(f"use a day that is not before {column}")
        return ends

    @field_validator("valid_days", mode="after", check_fields=False)
    @classmethod
    def _works_for_a_while(cls, days: int | None, info: ValidationInfo) -> int | None:
        starts = info.data.get("starts_after_days")
        if days is not None and starts is not None and days < starts:
            raise Mend("use at least as many days as starts_after_days, or the code never works")
        return days


def _timeframe(text: str) -> Timeframe:
    said = _HOURS.fullmatch(text)
    if not text or said is None:
        raise Mend(_MEND)
    given: dict[str, Any] = {}
    if said["days"]:
        given["days"] = _days(said["days"])
    if said["begins"]:
        given |= {"begins": _minute(said["begins"]), "ends": _minute(said["ends"])}
    try:
        return Timeframe.model_validate(given)
    except ValueError:
        raise Mend(_MEND) from None


def _days(text: str) -> tuple[int, ...]:
    found: set[int] = set()
    for part in text.split(","):
        first, *last = (_day(name) for name in part.split("-"))
        if len(last) > 1:
            raise Mend(_MEND)
        reach = (last[0] - first) % 7 if last else 0
        found |= {(first + ahead) % 7 for ahead in range(reach + 1)}
    return tuple(day for day in EVERY_DAY if day in found)


def _day(name: str) -> int:
    if name not in _DAYS:
        raise Mend(_MEND)
    return _DAYS.index(name)


def _minute(text: str) -> int:
    clock = _CLOCK.fullmatch(text)
    if clock is None:
        raise Mend(_MEND)
    return int(clock[1]) * 60 + int(clock[2])
