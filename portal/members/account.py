"""The account: the member's name, language, theme and reminders, what the club asks, and the way out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import (
    Response,
    flash,
    get_flashed_messages,
    make_response,
    redirect,
    render_template,
    url_for,
)
from flask.typing import ResponseReturnValue

from portal.core.club import preferences, profiles
from portal.core.club.preferences import Preferences, Theme
from portal.core.club.profiles import Editor, ProfileField, Told
from portal.members import account_forms, members
from portal.members.members import bp
from portal.web import db, doors, forms, i18n, languages
from portal.web.i18n import gettext as _
from portal.web.i18n import lazy

_THEMES = {
    Theme.SYSTEM: lazy("Same as this device"),
    Theme.LIGHT: lazy("Light"),
    Theme.DARK: lazy("Dark"),
}


@dataclass(frozen=True)
class Asked:
    """One field of the profile as the page draws it."""

    name: str
    kind: str
    label: str
    purpose: str
    options: Sequence[tuple[str, str]]
    value: Any
    error: str


@bp.get("/account")
def account() -> ResponseReturnValue:
    """The member's own page."""
    return _page()


@bp.post("/account/settings")
def settings() -> ResponseReturnValue:
    """Keep how the member likes the portal."""
    me = doors.me().member_id
    form = account_forms.settings(preferences.of_member(db.session(), me), sent=True)
    if not form.validate_on_submit():
        return _page(form)
    chosen = form.chosen()
    preferences.choose(db.session(), me, chosen)
    db.session().commit()
    i18n.choose(chosen.language)
    return _remember(_saved(), chosen)


@bp.post("/account/profile")
def profile() -> ResponseReturnValue:
    """Keep what the member told the club."""
    me, fields = doors.me().member_id, _open_fields(profiles.declared(db.session()))
    form = account_forms.profile(fields, profiles.told(db.session(), me), sent=True)
    if not form.validate_on_submit():
        return _page(profile_form=form)
    profiles.tell(db.session(), me, account_forms.told(form, fields), by=Editor.MEMBER)
    db.session().commit()
    return _saved()


def _page(form: account_forms.SettingsForm | None = None, profile_form: forms.Form | None = None) -> Response:
    me, wrong = doors.me().member_id, form or profile_form
    declared, known = profiles.declared(db.session()), profiles.told(db.session(), me)
    mine = _open_fields(declared)
    form = form or account_forms.settings(preferences.of_member(db.session(), me), sent=False)
    profile_form = profile_form or account_forms.profile(mine, known, sent=False)
    page = render_template(
        "members/account/index.html",
        form=form,
        problems=wrong.problems() if wrong else [],
        languages=languages.named(),
        themes=[(theme.value, str(words)) for theme, words in _THEMES.items()],
        asked=[_asked(field, profile_form) for field in mine],
        on_file=[(field.label, _spoken(known[field.key])) for field in declared if _is_on_file(field, known)],
        said=[*get_flashed_messages()],
        **members.frame(),
    )
    return make_response(page, 422 if wrong else 200)


def _saved() -> Response:
    flash(_("Saved."))
    return make_response(redirect(url_for(".account"), 303))


def _remember(answer: Response, chosen: Preferences) -> Response:
    """Pages outside of the door, such as the sign-in, look and speak the same on this device."""
    languages.keep(answer, "theme", chosen.theme.value)
    return languages.remember(answer, chosen.language)


def _open_fields(declared: Sequence[ProfileField]) -> list[ProfileField]:
    return [field for field in declared if field.is_open_to(Editor.MEMBER)]


def _asked(field: ProfileField, form: forms.Form) -> Asked:
    name = account_forms.name_of(field)
    options = [(option, option) for option in field.options]
    if options:
        options.append(("", _("I’d rather not say")))
    return Asked(
        name, field.kind, field.label, field.purpose, options, form[name].data or "", form.error(name)
    )


def _is_on_file(field: ProfileField, known: Mapping[str, Told]) -> bool:
    """What only staff fill in is shown to whom it is about."""
    return field.key in known and not field.is_open_to(Editor.MEMBER)


def _spoken(value: Told) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return value
