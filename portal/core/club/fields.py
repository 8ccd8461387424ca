"""The fields of the profile: what the club asks of its members, of which kind, why, and who may answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from sqlalchemy import func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.core.base import Base, Document, Id, Words

# The form in which a value is kept, as JSON: a date is written 2026-06-10, several choices are a list.
Told: TypeAlias = str | bool | int | float | list[str]
TEXT_LENGTH = 200
# Within these, both databases and Python hold the same number and compare it alike.
LARGEST, DECIMALS = 1_000_000_000, 4
# The years that a date may have: outside of them it is a slip.
EARLIEST, LATEST = 1900, 2100
# Whoever speaks no language of the field's words reads these.
FALLBACK = "en"
# What is told here is when the member celebrates: offers and grants for birthdays read this field.
BIRTHDAY = "birthday"


class FieldKind(StrEnum):
    """What can be told in a field."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"
    CHOICE = "choice"
    CHOICES = "choices"


class Editor(StrEnum):
    """Who fills a field in. What a member may fill in, staff may too; the club's own lists fill in each."""

    MEMBER = "member"
    STAFF = "staff"
    NOBODY = "nobody"


_REACH = {Editor.MEMBER: 0, Editor.STAFF: 1, Editor.NOBODY: 2}


@dataclass(frozen=True)
class FieldWords:
    """A field in one language; `options` are the words of each choice by its key."""

    label: str
    purpose: str
    options: Mapping[str, str] = field(default_factory=dict)


class ProfileField(Base):
    __tablename__ = "profile_fields"
    id: Mapped[Id]
    key: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    editor: Mapped[str]
    required: Mapped[bool] = mapped_column(default=False)
    options: Mapped[Words]
    place: Mapped[int]
    texts: Mapped[Document]

    def is_open_to(self, editor: Editor) -> bool:
        """Whether somebody of that kind may fill it in."""
        return _REACH[editor] >= _REACH[Editor(self.editor)]

    def words(self, language: str) -> FieldWords:
        """Its words in that language, else in the fallback's, else in those there are."""
        texts = self.texts.get(language) or self.texts.get(FALLBACK) or next(iter(self.texts.values()))
        options = {option: texts["options"].get(option, option) for option in self.options}
        return FieldWords(texts["label"], texts["purpose"], options)

    def takes(self, value: Told) -> bool:
        """Whether that can be told in this field."""
        match self.kind:
            case FieldKind.BOOLEAN:
                return isinstance(value, bool)
            case FieldKind.INTEGER:
                return type(value) is int and abs(value) <= LARGEST
            case FieldKind.NUMBER:
                return _is_kept_whole(value)
            case FieldKind.CHOICE:
                return isinstance(value, str) and value in self.options
            case FieldKind.CHOICES:
                return isinstance(value, list) and bool(value) and value == self.in_order(value)
            case FieldKind.DATE:
                return isinstance(value, str) and _is_date(value)
        return isinstance(value, str) and 0 < len(value) <= TEXT_LENGTH

    def in_order(self, chosen: Sequence[str]) -> list[str]:
        """Those choices that it has, each once, in its own order."""
        return [option for option in self.options if option in chosen]


_DECLARED = select(ProfileField).order_by(ProfileField.place, ProfileField.id)


def declared(session: Session) -> Sequence[ProfileField]:
    """Every field of the club, in its order; none is a club that asks nothing."""
    return session.scalars(_DECLARED).all()


def kinds(session: Session) -> dict[str, FieldKind]:
    """The kind of each field, by key."""
    rows = session.execute(select(ProfileField.key, ProfileField.kind))
    return {key: FieldKind(kind) for key, kind in rows}


def declare(
    session: Session,
    key: str,
    label: str,
    kind: FieldKind,
    *,
    purpose: str,
    editor: Editor = Editor.MEMBER,
    options: Sequence[str] | Mapping[str, str] = (),
    required: bool = False,
    language: str = FALLBACK,
) -> ProfileField:
    """Ask members one thing more; a choice names its options, or their words by key."""
    if fault := fault_of(key, kind, options):
        raise ValueError(fault)
    place = session.scalar(select(func.count()).select_from(ProfileField)) or 0
    asked = ProfileField(
        key=key, kind=kind, editor=editor, required=required, options=[*options], place=place, texts={}
    )
    spoken = dict(options) if isinstance(options, Mapping) else {option: option for option in options}
    say(asked, language, FieldWords(label, purpose, spoken))
    session.add(asked)
    session.flush()
    return asked


def fault_of(key: str, kind: FieldKind, options: Sequence[str] | Mapping[str, str]) -> str:
    """Why there can be no such field, or nothing."""
    if not (key.isascii() and key.isidentifier() and key == key.lower() and key[0] != "_") or len(key) > 40:
        return f"{key!r} is no key: small letters, digits and _ after a letter"
    if (kind in (FieldKind.CHOICE, FieldKind.CHOICES)) != bool(options):
        return "a choice has options, and nothing else has"
    if key == BIRTHDAY and kind is not FieldKind.DATE:
        return f"{BIRTHDAY} is a date"
    return ""


def say(asked: ProfileField, language: str, words: FieldWords) -> bool:
    """Give a field its words in a language; answers whether they are others than before."""
    text = {"label": words.label, "purpose": words.purpose, "options": dict(words.options)}
    if asked.texts.get(language) == text:
        return False
    asked.texts = {**asked.texts, language: text}
    return True


def _is_kept_whole(value: Told) -> bool:
    if isinstance(value, bool | str | list):
        return False
    return abs(value) <= LARGEST and round(value, DECIMALS) == value


def _is_date(value: str) -> bool:
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return False
    return day.isoformat() == value and EARLIEST <= day.year <= LATEST
