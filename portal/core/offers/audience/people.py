"""What a condition may ask of a member beside their profile, in Python and in SQL side by side."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Integer, String, case, cast, func, literal, select

from portal.core.base import UtcInstant
from portal.core.club.fields import BIRTHDAY, FieldKind
from portal.core.club.members import Member
from portal.core.club.tiers import Tier
from portal.core.offers.audience.tree import Sort, Value

TIER, JOINED, LANGUAGE = "member.tier", "member.joined_days", "member.language"
AGE, MONTH = "member.age", "member.birthday_month"
BUILT_IN = {
    TIER: Sort.TEXT,
    JOINED: Sort.NUMBER,
    LANGUAGE: Sort.TEXT,
    AGE: Sort.NUMBER,
    MONTH: Sort.NUMBER,
}
_SORT = {
    FieldKind.TEXT: Sort.TEXT,
    FieldKind.CHOICE: Sort.TEXT,
    FieldKind.DATE: Sort.TEXT,
    FieldKind.INTEGER: Sort.NUMBER,
    FieldKind.NUMBER: Sort.NUMBER,
    FieldKind.BOOLEAN: Sort.SWITCH,
    FieldKind.CHOICES: Sort.LIST,
}
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Person:
    """A member as a condition meets them: what they told (`members.profile`), and what the club knows."""

    profile: Mapping[str, Value]
    tier: str | None
    language: str
    joined_at: datetime

    def birthday(self) -> date | None:
        """When they celebrate, if they told."""
        told = self.profile.get(BIRTHDAY)
        return date.fromisoformat(told) if isinstance(told, str) else None


def sorts(kinds: Mapping[str, FieldKind]) -> dict[str, Sort]:
    """What sort of value each name gives that a condition may ask for."""
    return {key: _SORT[kind] for key, kind in kinds.items()} | BUILT_IN


def values(person: Person, now: datetime, zone: str) -> dict[str, Value]:
    """Everything that a condition may ask of a member, as of that moment."""
    born, today = person.birthday(), today_in(now, zone)
    return {
        **person.profile,
        TIER: person.tier,
        LANGUAGE: person.language,
        JOINED: (now - person.joined_at) // _DAY,
        MONTH: born.month if born else None,
        AGE: (_number(today) - _number(born)) // 10_000 if born and born <= today else None,
    }


def today_in(now: datetime, zone: str) -> date:
    """The day it is there."""
    return now.astimezone(ZoneInfo(zone)).date()


def columns(now: datetime, zone: str, dialect: str) -> dict[str, ColumnElement[Any]]:
    """The same as columns of `members`."""
    born, today = Member.profile[BIRTHDAY].as_string(), today_in(now, zone)
    digits = cast(func.replace(born, "-", ""), Integer)
    years = (literal(_number(today)) - digits) // 10_000
    tier = select(Tier.code).where(Tier.id == Member.tier_id).correlate(Member).scalar_subquery()
    return {
        TIER: tier,
        LANGUAGE: Member.language.expression,
        JOINED: _days_since(now, dialect),
        MONTH: cast(func.substr(born, 6, 2), Integer),
        AGE: case((born <= today.isoformat(), years)),
    }


def _days_since(now: datetime, dialect: str) -> ColumnElement[Any]:
    moment, joined = literal(now, UtcInstant()), Member.joined_at
    if dialect != "sqlite":
        return func.floor(func.extract("epoch", moment - joined) / 86_400)
    # As text: the days between, less one where the time of day has not come yet.
    was, is_ = cast(joined, String), literal(now.astimezone(ZoneInfo("UTC")).strftime("%Y-%m-%d %H:%M:%S.%f"))
    days = func.julianday(func.substr(is_, 1, 10)) - func.julianday(func.substr(was, 1, 10))
    return cast(days, Integer) - case((func.substr(was, 12) > func.substr(is_, 12), 1), else_=0)


def _number(day: date) -> int:
    return day.year * 10_000 + day.month * 100 + day.day
