"""The form about the member: one field for each that the club declares and the member may fill in."""

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from wtforms import BooleanField, Field, SelectMultipleField, StringField
from wtforms.validators import AnyOf, InputRequired, Length, Optional, ValidationError

from portal.core.club.fields import DECIMALS, LARGEST, TEXT_LENGTH, FieldKind, ProfileField, Told
from portal.web import forms, i18n, money
from portal.web.i18n import gettext as _

_WHOLE, _NUMBER = r"[-−]?[0-9]{1,10}", rf"[-−]?[0-9]{{1,10}}([.,][0-9]{{1,{DECIMALS}}})?"


def about(fields: Sequence[ProfileField], known: Mapping[str, Told], *, sent: bool) -> forms.Form:
    """The form with what is known, or as it was sent."""
    made: dict[str, Any] = {name_of(field): _field(field) for field in fields}
    values = {name_of(field): _shown(field, known.get(field.key)) for field in fields}
    kind = type("AboutForm", (forms.Form,), made)
    form: forms.Form = kind(data=values) if sent else kind(formdata=None, data=values)
    return form


def told(form: forms.Form, fields: Sequence[ProfileField]) -> dict[str, Told | None]:
    """What the member told; what was left empty is taken back."""
    return {field.key: _value(field, form[name_of(field)].data) for field in fields}


def name_of(field: ProfileField) -> str:
    """How the form calls a field, so that none is called like one of the other form."""
    return f"profile_{field.key}"


def _shown(field: ProfileField, value: Told | None) -> Any:
    if field.kind in (FieldKind.INTEGER, FieldKind.NUMBER) and isinstance(value, int | float):
        return money.number(value, grouped=False)
    return value


def _value(field: ProfileField, data: Any) -> Told | None:
    match field.kind:
        case FieldKind.BOOLEAN:
            return bool(data)
        case FieldKind.CHOICES:
            return field.in_order(data or []) or None
    typed = str(data or "")
    if not typed:
        return None
    match field.kind:
        case FieldKind.INTEGER:
            return int(typed.replace("−", "-"))
        case FieldKind.NUMBER:
            return float(_decimal(typed))
    return typed


def _field(field: ProfileField) -> Field:
    needed = _needed(field) if field.required else Optional()
    match field.kind:
        case FieldKind.BOOLEAN:
            return BooleanField()
        case FieldKind.CHOICES:
            # What it may hold is looked at here, in our words.
            return SelectMultipleField(validate_choice=False, validators=[needed, _some_of(field)])
    return StringField(filters=[_tidy], validators=[needed, _fits(field)])


def _tidy(typed: str | None) -> str:
    return (typed or "").strip()


def _needed(field: ProfileField) -> InputRequired:
    label = _label(field)
    if field.kind in (FieldKind.CHOICE, FieldKind.CHOICES):
        return InputRequired(_("Choose an answer to “%(label)s”", label=label))
    return InputRequired(_("Fill in “%(label)s”", label=label))


def _fits(field: ProfileField) -> Callable[..., None]:
    label = _label(field)
    match field.kind:
        case FieldKind.CHOICE:
            return AnyOf(field.options, _("Choose one of the answers to “%(label)s”", label=label))
        case FieldKind.DATE:
            words = _("Enter a real date for “%(label)s”, such as 1985-03-27", label=label)
            return _reads(field.takes, words)
        case FieldKind.INTEGER:
            return _reads(_is_whole, _("Enter a whole number for “%(label)s”, such as 2", label=label))
        case FieldKind.NUMBER:
            example = money.number(1.5)
            words = _("Enter a number for “%(label)s”, such as %(example)s", label=label, example=example)
            return _reads(_is_number, words)
    words = _("Enter at most %(max)s letters for “%(label)s”", max=TEXT_LENGTH, label=label)
    return Length(max=TEXT_LENGTH, message=words)


def _some_of(field: ProfileField) -> Callable[..., None]:
    words = _("Choose among the answers to “%(label)s”", label=_label(field))
    return _reads(lambda chosen: set(chosen) <= set(field.options), words)


def _reads(can_be: Callable[[Any], bool], words: str) -> Callable[[forms.Form, Field], None]:
    def check(_form: forms.Form, typed: Field) -> None:
        if not can_be(typed.data):
            raise ValidationError(words)

    return check


def _is_whole(typed: str) -> bool:
    return bool(re.fullmatch(_WHOLE, typed)) and abs(_decimal(typed)) <= LARGEST


def _is_number(typed: str) -> bool:
    return bool(re.fullmatch(_NUMBER, typed)) and abs(_decimal(typed)) <= LARGEST


def _decimal(typed: str) -> Decimal:
    return Decimal(typed.replace("−", "-").replace(",", "."))


def _label(field: ProfileField) -> str:
    return field.words(i18n.lang()).label
