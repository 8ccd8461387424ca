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

from portal.core.club import consents, fields, preferences, profiles
from portal.core.club.consents import Consent, ConsentGiven
from portal.core.club.fields import Editor
from portal.core.club.preferences import Preferences, Theme
from portal.members import about, about_form, account_forms, members
from portal.members.members import bp
from portal.web import clock, dates, db, doors, forms, i18n, languages, pages
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
    _answer_marketing(given=bool(form.marketing.data))
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
    marketing = consents.holding(db.session(), me, Consent.MARKETING)
    agreed = marketing is not None and marketing.given
    form = form or account_forms.settings(
        preferences.of_member(db.session(), me), marketing=agreed, sent=False
    )
    about_me = about_me or about_form.about(mine, known, sent=False)
    page = render_template(
        "members/account/index.html",
        form=form,
        problems=wrong.problems() if wrong else [],
        languages=languages.named(),
        themes=[(theme.value, str(words)) for theme, words in _THEMES.items()],
        answered=_answered(marketing),
        asked=about.asked(mine, about_me),
        on_file=about.on_file(declared, known),
        said=[*get_flashed_messages()],
        **members.frame(),
    )
    return make_response(page, 422 if wrong else 200)


def _answer_marketing(*, given: bool) -> None:
    me, kind = doors.me().member_id, Consent.MARKETING
    consents.answer(db.session(), me, kind, given=given, source="account", now=clock.now())


def _answered(held: ConsentGiven | None) -> str:
    """Since when the club may write, or may not any more; nothing where nobody ever asked."""
    if held is None:
        return ""
    day = dates.date_words(held.happened_at, clock.now(), pages.club().zone, "day")
    return _("You said yes on %(day)s.", day=day) if held.given else _("You said no on %(day)s.", day=day)


def _saved() -> Response:
    flash(_("Saved."))
    return make_response(redirect(url_for(".account"), 303))


def _remember(answer: Response, chosen: Preferences) -> Response:
    """Pages outside of the door, such as the sign-in, look and speak the same on this device."""
    languages.keep(answer, "theme", chosen.theme.value)
    return languages.remember(answer, chosen.language)
