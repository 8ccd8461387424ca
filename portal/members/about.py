"""What the club asks of the member, and what it has noted about them, as the account page draws it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from portal.core.club.fields import Editor, FieldKind, ProfileField, Told
from portal.members import about_form
from portal.web import dates, forms, i18n, money
from portal.web.i18n import gettext as _

_KEYS = {FieldKind.INTEGER: "numeric", FieldKind.NUMBER: "decimal"}


@dataclass(frozen=True)
class Asked:
    """One field of the form."""

    name: str
    kind: str
    label: str
    hint: str
    options: Sequence[tuple[str, str]]
    value: Any
    error: str
    attrs: Mapping[str, str]


def open_fields(declared: Sequence[ProfileField]) -> list[ProfileField]:
    """Those that the member fills in."""
    return [field for field in declared if field.is_open_to(Editor.MEMBER)]


def asked(fields: Sequence[ProfileField], form: forms.Form) -> list[Asked]:
    """The form, field by field."""
    return [_asked(field, form) for field in fields]


def on_file(declared: Sequence[ProfileField], known: Mapping[str, Told]) -> list[tuple[str, str]]:
    """What others fill in is shown to whom it is about."""
    theirs = [field for field in declared if field.key in known and not field.is_open_to(Editor.MEMBER)]
    return [(field.words(i18n.lang()).label, _spoken(field, known[field.key])) for field in theirs]


def _asked(field: ProfileField, form: forms.Form) -> Asked:
    name, words = about_form.name_of(field), field.words(i18n.lang())
    options = [*words.options.items()]
    if field.kind == FieldKind.CHOICE and not field.required:
        options.append(("", _("I’d rather not say")))
    hint = _("%(purpose)s We need an answer.", purpose=words.purpose) if field.required else words.purpose
    value, attrs = form[name].data or "", {}
    if keys := _KEYS.get(FieldKind(field.kind)):
        attrs["inputmode"] = keys
    if field.required:
        attrs["required"] = ""
    return Asked(name, field.kind, words.label, hint, options, value, form.error(name), attrs)


def _spoken(field: ProfileField, value: Told) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, int | float):
        return money.number(value)
    if field.kind == FieldKind.DATE:
        return dates.calendar_words(date.fromisoformat(str(value)))
    labels = field.words(i18n.lang()).options
    return ", ".join(labels.get(one, one) for one in ([value] if isinstance(value, str) else value))
