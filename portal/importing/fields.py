"""The fields that the club asks of its members. What members have told in one is never made unreadable."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from portal.core.base import Work
from portal.core.club import fields, profiles
from portal.core.club.fields import FALLBACK, Editor, FieldKind, FieldWords, ProfileField
from portal.core.records import journal
from portal.importing.cells import Choices, Short, Switch, one_of, snake, spoken
from portal.importing.reports import Remark, Tally
from portal.importing.rows import Row
from portal.importing.running import Kind

_CHOSEN = (FieldKind.CHOICE, FieldKind.CHOICES)


class FieldRow(Row):
    KEY, EXTRA = "name", frozenset({"language", "required"})

    name: Annotated[str, BeforeValidator(snake)]
    language: Annotated[str, BeforeValidator(spoken)] = FALLBACK
    type: Annotated[FieldKind, BeforeValidator(one_of(FieldKind))]
    label: Short
    purpose: Short
    editor: Annotated[Editor, BeforeValidator(one_of(Editor))] = Editor.MEMBER
    choices: Choices = Field(default_factory=dict)
    required: Switch = False

    def unique(self) -> Iterator[tuple[str, Any]]:
        """A field has one line for each language."""
        yield "name", (self.name, self.language)

    def terms(self) -> dict[str, Any]:
        """What is the same in every language: column of the file -> value."""
        columns = {"type": self.type, "editor": self.editor, "choices": [*self.choices]}
        return columns | ({"required": self.required} if self.says("required") else {})


class Fields(Kind[FieldRow]):
    """One line, one field in a language."""

    row = FieldRow

    def __init__(self) -> None:
        self._first: dict[str, FieldRow] = {}

    def take(self, session: Work, batch: Sequence[FieldRow], tally: Tally, now: datetime) -> None:
        declared = {field.key: field for field in fields.declared(session)}
        for row in batch:
            field = declared.get(row.name)
            if faults := [*_unfit(row), *self._contradictions(row), *_lost(session, row, field)]:
                tally.leave_out(faults)
                continue
            self._first.setdefault(row.name, row)
            is_new = field is None
            changed = ["type", "label"] if field is None else _change(field, row)
            if field is None:
                declared[row.name] = _declare(session, row)
            if changed:
                act = "field_declared" if is_new else "field_changed"
                facts = {"columns": changed, "by": "import"}
                journal.add(session, act, f"field:{row.name}", now=now, facts=facts)
            tally.count(is_new=is_new, changed=bool(changed))

    def _contradictions(self, row: FieldRow) -> Iterator[Remark]:
        first = self._first.get(row.name, row)
        for column, value in first.terms().items():
            if row.terms().get(column, value) != value:
                yield row.remark(column, f"line {first.line} says otherwise; say the same in each language")


def _unfit(row: FieldRow) -> Iterator[Remark]:
    if row.name == fields.BIRTHDAY and row.type is not FieldKind.DATE:
        yield row.remark("type", f"use {FieldKind.DATE}: birthday offers read this field; or another name")
    if row.type in _CHOSEN and not row.choices:
        yield row.remark("choices", "name them, such as tea=Tea and cake|books=Books")
    if row.type not in _CHOSEN and row.choices:
        yield row.remark("choices", f"leave it empty where the type is {row.type}")
    if row.required and (row.type is FieldKind.BOOLEAN or row.editor is not Editor.MEMBER):
        yield row.remark("required", "use no: only what members fill in or choose can be asked of them")


def _lost(session: Work, row: FieldRow, field: ProfileField | None) -> Iterator[Remark]:
    """What members have told already and could not tell so any more."""
    if field is None:
        return
    gone = set(field.options) - set(row.choices)
    if row.type == field.kind and not gone:
        return
    told = profiles.options_told(session, row.name)
    if told and row.type != field.kind:
        yield row.remark("type", f"members have told theirs as {field.kind}; take another name for this one")
    elif held := sorted(told & gone):
        yield row.remark("choices", f"members have chosen {', '.join(held)}; keep it")


def _declare(session: Work, row: FieldRow) -> ProfileField:
    return fields.declare(
        session,
        row.name,
        row.label,
        row.type,
        purpose=row.purpose,
        editor=row.editor,
        options=row.choices,
        required=row.required,
        language=row.language,
    )


def _change(field: ProfileField, row: FieldRow) -> list[str]:
    """Write what differs; answers its columns."""
    wanted: dict[str, Any] = {"kind": row.type, "editor": row.editor, "options": [*row.choices]}
    if row.says("required"):
        wanted["required"] = row.required
    changed = [column for column, value in wanted.items() if getattr(field, column) != value]
    for column in changed:
        setattr(field, column, wanted[column])
    if fields.say(field, row.language, FieldWords(row.label, row.purpose, dict(row.choices))):
        changed.append(f"words:{row.language}")
    return changed
