"""Whom an offer is for: who sees it, and who of them may have it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from portal.core.base import Facts
from portal.core.offers.audience import answers, people, reading
from portal.core.offers.audience.people import Person


@dataclass(frozen=True)
class Who:
    """The rules, as they stand in the offer; the conditions as `reading.accept` gave them."""

    view_condition: str | None = None
    audience: str | None = None
    new_member_days: int | None = None
    birthday_month: bool = False


EVERYBODY = Who()


def is_shown(who: Who, person: Person | None, now: datetime, zone: str) -> bool:
    """Whether the offer is there for this person; a guest has told nothing."""
    if who.view_condition is None:
        return True
    values = people.values(person, now, zone) if person else {}
    return answers.holds(reading.kept(who.view_condition), values)


def shut_out(who: Who, person: Person | None, now: datetime, zone: str) -> Facts | None:
    """What keeps this person from having it, if anything does; a guest is asked to sign in first."""
    if person is None or who == EVERYBODY:
        return None
    if who.new_member_days and now - person.joined_at >= timedelta(days=who.new_member_days):
        return {"new_member_days": who.new_member_days}
    if who.birthday_month and not _is_birthday_month(person, now, zone):
        return {"birthday_told": person.birthday() is not None}
    if who.audience is None or answers.holds(reading.kept(who.audience), people.values(person, now, zone)):
        return None
    return {}


def _is_birthday_month(person: Person, now: datetime, zone: str) -> bool:
    born = person.birthday()
    return born is not None and born.month == people.today_in(now, zone).month
