"""The two forms of the account page: how the member likes the portal, and what the club asks of them."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from wtforms import BooleanField, Field, StringField
from wtforms.validators import AnyOf, DataRequired, Length, Optional, ValidationError

from portal.core.club.preferences import Preferences, Theme
from portal.core.club.profiles import TEXT_LENGTH, FieldKind, ProfileField, Told
from portal.web import forms, i18n
from portal.web.i18n import gettext as _
from portal.web.i18n import lazy

EARLIEST, LATEST = 1900, 2100


def _tidy(typed: str | None) -> str:
    return (typed or "").strip()


class SettingsForm(forms.Form):
    """The name, and how the portal looks and speaks."""

    name = StringField(
        filters=[_tidy],
        validators=[
            DataRequired(lazy("Enter your name")),
            Length(min=1, max=80, message=lazy("Enter a name of 1 to 80 letters")),
        ],
    )
    language = StringField()
    theme = StringField(validators=[AnyOf([*Theme], message=lazy("Choose system, light or dark"))])
    reminders = BooleanField()

    def validate_language(self, field: Field) -> None:
        """Only what is spoken here can be chosen."""
        if field.data not in i18n.languages():
            raise ValidationError(_("Choose one of the languages"))

    def chosen(self) -> Preferences:
        """What was chosen, as a value."""
        name, language = str(self.name.data), str(self.language.data)
        return Preferences(name, language, Theme(str(self.theme.data)), bool(self.reminders.data))


def settings(now: Preferences, *, sent: bool) -> SettingsForm:
    """The form as it stands, or as it was sent; a language that is gone gives way to English."""
    language = now.language if now.language in i18n.languages() else i18n.DEFAULT
    values = {"name": now.name, "language": language, "theme": now.theme.value, "reminders": now.reminders}
    return SettingsForm(data=values) if sent else SettingsForm(formdata=None, data=values)


def profile(fields: Sequence[ProfileField], known: Mapping[str, Told], *, sent: bool) -> forms.Form:
    """A form of one field for each that the member may fill in."""
    made: dict[str, Any] = {name_of(field): _field(field) for field in fields}
    values = {name_of(field): known.get(field.key) for field in fields}
    kind = type("ProfileForm", (forms.Form,), made)
    form: forms.Form = kind(data=values) if sent else kind(formdata=None, data=values)
    return form


def told(form: forms.Form, fields: Sequence[ProfileField]) -> dict[str, Told | None]:
    """What the member told; what was left empty is taken back."""
    return {field.key: _value(field, form[name_of(field)].data) for field in fields}


def name_of(field: ProfileField) -> str:
    """How the form calls a field, so that none is called like one of the other form."""
    return f"profile_{field.key}"


def _value(field: ProfileField, data: Any) -> Told | None:
    return bool(data) if field.kind == FieldKind.BOOLEAN else str(data or "") or None


def _field(field: ProfileField) -> Field:
    if field.kind == FieldKind.BOOLEAN:
        return BooleanField()
    return StringField(filters=[_tidy], validators=[Optional(), _fits(field)])


def _fits(field: ProfileField) -> Callable[..., None]:
    match field.kind:
        case FieldKind.CHOICE:
            return AnyOf(field.options, _("Choose one of the answers to “%(label)s”", label=field.label))
        case FieldKind.DATE:
            return _date_of(_("Enter a real date for “%(label)s”, such as 1985-03-27", label=field.label))
    words = _("Enter at most %(max)s letters for “%(label)s”", max=TEXT_LENGTH, label=field.label)
    return Length(max=TEXT_LENGTH, message=words)


def _date_of(words: str) -> Callable[[forms.Form, Field], None]:
    def check(_form: forms.Form, typed: Field) -> None:
        try:
            day = date.fromisoformat(typed.data)
        except ValueError:
            raise ValidationError(words) from None
        if day.isoformat() != typed.data or not EARLIEST <= day.year <= LATEST:
            raise ValidationError(words)

    return check
