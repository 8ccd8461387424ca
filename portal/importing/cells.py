"""What a cell may hold: typed values, and for each the mend that is said when it holds something else."""

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, TypeVar
from zoneinfo import available_timezones

from pydantic import BeforeValidator, ValidationInfo

from portal.core.club.accounts import tidy_email
from portal.core.offers import windows
from portal.web import i18n

LARGEST = 1_000_000_000
_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_SNAKE = re.compile(r"[a-z][a-z0-9_]*")
_EMAIL = re.compile(r"[^@\s,;|<>]+@[^@\s,;|<>]+\.[^@\s,;|<>]+")
_MONEY = re.compile(r"[0-9]{1,9}([.][0-9]+)?")
Words = TypeVar("Words", bound=StrEnum)


class Mend(ValueError):
    """A cell cannot be used; the message says what to write there instead."""


def whole(text: str) -> int:
    """A whole number, written without separators."""
    if not re.fullmatch(r"[0-9]{1,10}", text) or int(text) > LARGEST:
        raise Mend("use a whole number such as 120")
    return int(text)


def at_least_one(text: str) -> int:
    """A whole number above zero."""
    if whole(text) == 0:
        raise Mend("use a whole number from 1, or leave it empty for no limit")
    return whole(text)


def minor_units(text: str, digits: int) -> int:
    """Money as people write it, in the smallest unit of the currency."""
    if not _MONEY.fullmatch(text):
        raise Mend("use a sum such as 5 or 5.20, without the currency")
    sum_ = Decimal(text).scaleb(digits)
    if sum_ != sum_.to_integral_value() or sum_ > LARGEST:
        raise Mend(f"use a sum with at most {digits} digits after the point, such as 5 or 5.20")
    return int(sum_)


def money(text: str, info: ValidationInfo) -> int:
    """The same, in the club's currency."""
    return minor_units(text, of_club(info)["digits"])


def email(text: str) -> str:
    """An address, in the form in which it is kept."""
    if len(text) > 254 or not _EMAIL.fullmatch(text):
        raise Mend("use one address such as ona@example.com")
    return tidy_email(text)


def code(text: str) -> str:
    """A handle for addresses and lists."""
    if len(text) > 60 or not _CODE.fullmatch(text):
        raise Mend("use small letters, digits and single dashes, such as pier-cafe")
    return text


def snake(text: str) -> str:
    """A name for programs."""
    if len(text) > 40 or not _SNAKE.fullmatch(text):
        raise Mend("use small letters, digits and _ after a letter, such as favourite_store")
    return text


def choices(text: str) -> dict[str, str]:
    """What can be chosen: the words of each by its key, or words that are their own key."""
    parts = [part.partition("=") for part in listed(text)]
    made = {short(key.strip()): short(words.strip() or key.strip()) for key, _, words in parts}
    if len(made) < len(parts) or not all(made):
        raise Mend("give each choice a key of its own, such as tea=Tea and cake|books=Books")
    return made


def pin(text: str) -> str:
    """A staff PIN. What was written instead is not repeated."""
    if not re.fullmatch(r"[0-9]{4,8}", text):
        raise Mend("use 4 to 8 digits, in a column formatted as text so that a leading 0 stays")
    return text


def zone(text: str) -> str:
    """A time zone."""
    if text not in available_timezones():
        raise Mend("use the name of a time zone such as Europe/Vilnius")
    return text


def opening(text: str, info: ValidationInfo) -> datetime:
    """A day, meaning its start in the club's zone, or an instant."""
    return _moment(text, info, windows.start_of_day)


def closing(text: str, info: ValidationInfo) -> datetime:
    """A day, meaning its end in the club's zone, or an instant."""
    return _moment(text, info, windows.end_of_day)


def moment(text: str) -> datetime:
    """A day with its time; without an offset it is the store's own time, which the caller knows."""
    try:
        read = datetime.fromisoformat(text)
        if len(text) > 10 and 1970 < read.year < 9990:
            return read
    except ValueError:
        pass
    raise Mend("use a day and a time such as 2026-12-31 18:00, in the store’s own time")


def yes_or_no(text: str) -> bool:
    """A switch."""
    if text.casefold() not in ("yes", "no"):
        raise Mend("use yes or no")
    return text.casefold() == "yes"


def spoken(text: str) -> str:
    """A language that the portal speaks."""
    if text not in i18n.LOCALES:
        raise Mend(f"use one of: {', '.join(i18n.LOCALES)}")
    return text


def listed(text: str) -> tuple[str, ...]:
    """Several values, separated by |; each once."""
    return tuple(dict.fromkeys(part.strip() for part in text.split("|") if part.strip()))


def codes(text: str) -> tuple[str, ...]:
    """Several handles."""
    return tuple(code(part) for part in listed(text))


def names(text: str) -> tuple[str, ...]:
    """Several names."""
    return tuple(short(part) for part in listed(text))


def short(text: str) -> str:
    """One line, not too long for a screen."""
    if len(text) > 120 or "\n" in text or "\r" in text:
        raise Mend("use one line of at most 120 characters")
    return text


def one_of(words: type[Words]) -> Callable[[str], Words]:
    """One word out of a short list."""

    def read(text: str) -> Words:
        try:
            return words(text.casefold())
        except ValueError:
            raise Mend(f"use one of: {', '.join(words)}") from None

    return read


def of_club(info: ValidationInfo) -> dict[str, Any]:
    """The club's zone and the digits of its currency, which the parser is given."""
    assert isinstance(info.context, dict)
    return info.context


def _moment(text: str, info: ValidationInfo, of_day: Callable[[date, str], datetime]) -> datetime:
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
            return of_day(date.fromisoformat(text), of_club(info)["zone"])
        instant = datetime.fromisoformat(text)
        if instant.tzinfo is not None and 1970 < instant.year < 9990:
            return instant
    except (ValueError, OverflowError):
        pass
    raise Mend("use a day such as 2026-12-31, or an instant such as 2026-12-31T18:00+02:00")


Whole = Annotated[int, BeforeValidator(whole)]
AtLeastOne = Annotated[int, BeforeValidator(at_least_one)]
Money = Annotated[int, BeforeValidator(money)]
Email = Annotated[str, BeforeValidator(email)]
Code = Annotated[str, BeforeValidator(code)]
Codes = Annotated[tuple[str, ...], BeforeValidator(codes)]
Choices = Annotated[dict[str, str], BeforeValidator(choices)]
Names = Annotated[tuple[str, ...], BeforeValidator(names)]
Short = Annotated[str, BeforeValidator(short)]
Switch = Annotated[bool, BeforeValidator(yes_or_no)]
Pin = Annotated[str, BeforeValidator(pin)]
ZoneName = Annotated[str, BeforeValidator(zone)]
Opening = Annotated[datetime, BeforeValidator(opening)]
Closing = Annotated[datetime, BeforeValidator(closing)]
