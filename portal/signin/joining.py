"""Joining the club, from a link or a poster, and the terms that who joins accepts."""

from flask import Response, current_app, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, Field, StringField
from wtforms.validators import InputRequired, Length, Optional, Regexp, ValidationError

from portal.config import Settings
from portal.core.club import phones
from portal.core.club.joining import Wish
from portal.core.club.sign_ins import Face
from portal.core.reading import posters
from portal.core.reading.posters import Poster
from portal.signin import by_mail, proving
from portal.signin.signin import bp
from portal.web import clock, db, doors, forms, i18n, limits
from portal.web.i18n import gettext as _
from portal.web.i18n import lazy

POSTER = "poster"
_CARD = r"^[0-9A-Za-z][0-9A-Za-z \-]{2,39}$"


def _tidy(typed: str | None) -> str:
    return " ".join((typed or "").split())


class JoinForm(forms.Form):
    """A name, an address, and two boxes that have nothing to do with one another."""

    name = StringField(
        filters=[_tidy],
        validators=[
            InputRequired(lazy("Enter your name")),
            Length(min=1, max=80, message=lazy("Enter a name of at most 80 letters")),
        ],
    )
    email = by_mail.email_field()
    phone = StringField(filters=[_tidy], validators=[Optional()])
    card = StringField(
        filters=[_tidy],
        validators=[Optional(), Regexp(_CARD, message=lazy("Enter the number as it stands on the card"))],
    )
    terms = BooleanField(validators=[InputRequired(lazy("Accept the terms to join"))])
    marketing = BooleanField()

    def validate_phone(self, field: Field) -> None:
        """A number that could be one, with its country or in the club's own."""
        if phones.tidy(field.data, _settings().phone_country) is None:
            raise ValidationError(_("Enter a phone number with its country, such as +370 612 34567"))

    def wish(self, seen: Poster | None) -> Wish:
        return Wish(
            email=str(self.email.data),
            name=str(self.name.data),
            phone=phones.tidy(str(self.phone.data or ""), _settings().phone_country),
            card=str(self.card.data or "") or None,
            language=i18n.lang(),
            terms_version=_settings().terms_version,
            marketing=bool(self.marketing.data),
            source=_source(),
            offer_id=seen.offer_id if seen else None,
            offer_version=_seen_version(),
        )


@bp.route("/join", methods=["GET", "POST"])
@limits.mailed
def join() -> ResponseReturnValue:
    """Join; who came for an offer gets it with the same few steps."""
    seen = posters.poster(db.session(), request.values.get("offer", ""), i18n.lang(), clock.now())
    if doors.knows(Face.MEMBER):
        return redirect(_page_of(seen), 303)
    if not proving.is_on():
        return proving.switched_off()
    form = JoinForm()
    if form.validate_on_submit():
        wish = form.wish(seen)
        db.session().rollback()
        return proving.ask_to_join(wish)
    return _ask(form, seen)


@bp.get("/terms")
def terms() -> ResponseReturnValue:
    """The club's own terms where it has them, else a short general text."""
    settings = _settings()
    if settings.terms_url:
        return redirect(settings.terms_url, 303)
    return render_template("signin/terms.html", version=settings.terms_version)


def _ask(form: JoinForm, seen: Poster | None) -> Response:
    problems = form.problems()
    drawn = render_template("signin/join.html", form=form, problems=problems, seen=seen, source=_source())
    return make_response(drawn, 422 if form.is_submitted() else 200)


def _page_of(seen: Poster | None) -> str:
    return url_for("members.offer", slug=seen.slug) if seen else url_for("members.offers")


def _seen_version() -> int | None:
    """The terms that the form showed, which may not be today's; none where joining was not to claim it."""
    return request.form.get("seen", type=int)


def _source() -> str:
    return POSTER if request.values.get("from") == POSTER else "join"


def _settings() -> Settings:
    settings: Settings = current_app.config["PORTAL"]
    return settings
