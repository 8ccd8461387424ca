"""The form of the settings: how the member likes the portal."""

from flask import current_app
from wtforms import BooleanField, Field, StringField
from wtforms.validators import AnyOf, DataRequired, Length, Optional, ValidationError

from portal.config import Settings
from portal.core.club import phones
from portal.core.club.preferences import Preferences, Theme
from portal.web import forms, i18n
from portal.web.i18n import gettext as _
from portal.web.i18n import lazy


def _tidy(typed: str | None) -> str:
    return (typed or "").strip()


def _phone(typed: str | None) -> str | None:
    settings: Settings = current_app.config["PORTAL"]
    return phones.tidy(typed or "", settings.phone_country)


class SettingsForm(forms.Form):
    """The name, and how the portal looks and speaks."""

    name = StringField(
        filters=[_tidy],
        validators=[
            DataRequired(lazy("Enter your name")),
            Length(min=1, max=80, message=lazy("Enter a name of 1 to 80 letters")),
        ],
    )
    phone = StringField(filters=[_tidy], validators=[Optional()])
    language = StringField()
    theme = StringField(validators=[AnyOf([*Theme], message=lazy("Choose system, light or dark"))])
    reminders = BooleanField()
    marketing = BooleanField()

    def validate_language(self, field: Field) -> None:
        """Only what is spoken here can be chosen."""
        if field.data not in i18n.languages():
            raise ValidationError(_("Choose one of the languages"))

    def validate_phone(self, field: Field) -> None:
        """A number that could be one."""
        if _phone(field.data) is None:
            raise ValidationError(_("Enter a phone number with its country, such as +370 612 34567"))

    def chosen(self) -> Preferences:
        """What was chosen, as a value."""
        name, language = str(self.name.data), str(self.language.data)
        return Preferences(
            name, language, Theme(str(self.theme.data)), bool(self.reminders.data), _phone(self.phone.data)
        )


def settings(now: Preferences, *, marketing: bool = False, sent: bool) -> SettingsForm:
    """The form as it stands, or as it was sent; a language that is gone gives way to English."""
    language = now.language if now.language in i18n.languages() else i18n.DEFAULT
    values = {"name": now.name, "language": language, "theme": now.theme.value, "reminders": now.reminders}
    values["phone"] = now.phone or ""
    values["marketing"] = marketing
    return SettingsForm(data=values) if sent else SettingsForm(formdata=None, data=values)
