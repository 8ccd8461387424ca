"""How a member likes the portal: their name and phone, their language, light or dark, reminders or none."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from portal.core.club.members import Member


class Theme(StrEnum):
    """Light or dark; `system` is whatever the device says."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True)
class Preferences:
    """What a member can choose for themselves."""

    name: str
    language: str
    theme: Theme
    reminders: bool
    phone: str | None = None


_CHOSEN = (Member.name, Member.language, Member.theme, Member.reminders, Member.phone)
_OF_MEMBER = select(*_CHOSEN).where(Member.id == bindparam("of_member"))


def of_member(session: Session, member_id: int) -> Preferences:
    """What the member has chosen, or was given to begin with."""
    row = session.execute(_OF_MEMBER, {"of_member": member_id}).one()
    return Preferences(row.name, row.language, Theme(row.theme), row.reminders, row.phone)


def choose(session: Session, member_id: int, chosen: Preferences) -> None:
    """Keep the member's choice."""
    session.execute(
        update(Member)
        .where(Member.id == member_id)
        .values(
            name=chosen.name,
            language=chosen.language,
            theme=chosen.theme.value,
            reminders=chosen.reminders,
            phone=chosen.phone,
        )
        .execution_options(synchronize_session=False)
    )
