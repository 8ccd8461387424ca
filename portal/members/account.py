"""The account: the member's name, language, theme and reminders, what the club asks, and the way out."""

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

from portal.core.club import fields, preferences, profiles
from portal.core.club.fields import Editor
from portal.core.club.preferences import Preferences, Theme
from portal.members import about, about_form, account_forms, members
from portal.members.members import bp
from portal.web import db, doors, forms, i18n, languages
from portal.web.i18n import gettext as _
from portal.web.i18n import lazy

_THEMES = {
    Theme.SYSTEM: lazy("Same as this device"),
    Theme.LIGHT: lazy("Light"),
    Theme.DARK: lazy("Dark"),
}


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
    me, mine = doors.me().member_id, about.open_fields(fields.declared(db.session()))
    form = about_form.about(mine, profiles.told(db.session(), me), sent=True)
    if not form.validate_on_submit():
        return _page(about_me=form)
    profiles.tell(db.session(), me, about_form.told(form, mine), by=Editor.MEMBER)
    db.session().commit()
    return _saved()


def _page(form: account_forms.SettingsForm | None = None, about_me: forms.Form | None = None) -> Response:
    me, wrong = doors.me().member_id, form or about_me
    declared, known = fields.declared(db.session()), profiles.told(db.session(), me)
    mine = about.open_fields(declared)
    form = form or account_forms.settings(preferences.of_member(db.session(), me), sent=False)
    about_me = about_me or about_form.about(mine, known, sent=False)
    page = render_template(
        "members/account/index.html",
        form=form,
        problems=wrong.problems() if wrong else [],
        languages=languages.named(),
        themes=[(theme.value, str(words)) for theme, words in _THEMES.items()],
        asked=about.asked(mine, about_me),
        on_file=about.on_file(declared, known),
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
