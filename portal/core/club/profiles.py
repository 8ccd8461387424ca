"""The profile: fields that the club declares, each with its purpose, and what a member has told in them."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.core.base import Base, Id, Words
from portal.core.club.members import Member

TEXT_LENGTH = 200
Told: TypeAlias = str | bool
_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")


class FieldKind(StrEnum):
    """What can be told in a field; a date is kept as 2026-06-10."""

    TEXT = "text"
    DATE = "date"
    CHOICE = "choice"
    BOOLEAN = "boolean"


class Editor(StrEnum):
    """Who may fill a field in. What a member may fill in, staff may too."""

    MEMBER = "member"
    STAFF = "staff"


class ProfileField(Base):
    __tablename__ = "profile_fields"
    id: Mapped[Id]
    key: Mapped[str] = mapped_column(unique=True)
    label: Mapped[str]
    kind: Mapped[str]
    editor: Mapped[str]
    purpose: Mapped[str]
    options: Mapped[Words]
    place: Mapped[int]

    def is_open_to(self, editor: Editor) -> bool:
        """Whether somebody of that kind may fill it in."""
        return editor is Editor.STAFF or self.editor == Editor.MEMBER

    def takes(self, value: Told) -> bool:
        """Whether that can be told in this field."""
        match self.kind:
            case FieldKind.BOOLEAN:
                return isinstance(value, bool)
            case FieldKind.CHOICE:
                return value in self.options
            case FieldKind.DATE:
                return isinstance(value, str) and _is_date(value)
        return isinstance(value, str) and 0 < len(value) <= TEXT_LENGTH


_DECLARED = select(ProfileField).order_by(ProfileField.place, ProfileField.id)
_TOLD = select(Member.profile).where(Member.id == bindparam("of_member"))


def declared(session: Session) -> Sequence[ProfileField]:
    """Every field of the club, in its order; none is a club that asks nothing."""
    return session.scalars(_DECLARED).all()


def told(session: Session, member_id: int) -> Mapping[str, Told]:
    """What is known of the member, by key."""
    return dict(session.scalars(_TOLD, {"of_member": member_id}).one())


def declare(
    session: Session,
    key: str,
    label: str,
    kind: FieldKind,
    *,
    purpose: str,
    editor: Editor = Editor.MEMBER,
    options: Sequence[str] = (),
) -> ProfileField:
    """Ask members one thing more; a choice names its options."""
    if not _KEY.fullmatch(key):
        raise ValueError(f"{key!r} is no key: small letters, digits and _ after a letter")
    if (kind is FieldKind.CHOICE) != bool(options):
        raise ValueError("a choice has options, and nothing else has")
    place = session.scalar(select(func.count()).select_from(ProfileField)) or 0
    field = ProfileField(
        key=key, label=label, kind=kind, editor=editor, purpose=purpose, options=list(options), place=place
    )
    session.add(field)
    session.flush()
    return field


def tell(session: Session, member_id: int, news: Mapping[str, Told | None], *, by: Editor) -> None:
    """Keep what was told; None takes a value back. What is not named stays.

    Raises ValueError for a field that is not declared, is not theirs to fill in or does not take the value.
    """
    fields = {field.key: field for field in declared(session)}
    for key, value in news.items():
        if key not in fields or not fields[key].is_open_to(by):
            raise ValueError(f"{key} is not theirs to fill in")
        if value is not None and not fields[key].takes(value):
            raise ValueError(f"{key} does not take {value!r}")
    known = session.scalars(_TOLD.with_for_update(), {"of_member": member_id}).one()
    kept = {key: value for key, value in {**known, **news}.items() if value is not None}
    session.execute(
        update(Member)
        .where(Member.id == member_id)
        .values(profile=kept)
        .execution_options(synchronize_session=False)
    )


def _is_date(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False
