"""Signing in by mail: an address is typed, then the six digits that came."""

import re

from flask import Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import EmailField, StringField
from wtforms.validators import InputRequired, Length, Regexp

from portal.core.club import proofs
from portal.core.club.sign_ins import Face
from portal.signin import proving, ways
from portal.signin.signin import bp
from portal.web import doors, forms, limits
from portal.web.i18n import lazy

# Whether mail arrives there is for the mail to show; this only finds what cannot be an address.
LOOKS_RIGHT = r"^\s*[^@\s<>,;:\"()\[\]\\]+@[^@\s<>,;:\"()\[\]\\]+\.[^@\s<>,;:\"()\[\]\\.]+\s*$"
_NO_MATCH = lazy("Those digits don’t match, or their time is over. Check them, or ask for a new mail.")


def email_field() -> EmailField:
    """An address that could be one."""
    return EmailField(
        validators=[
            InputRequired(lazy("Enter your email address")),
            Length(max=254, message=lazy("Enter an email address of at most 254 letters")),
            Regexp(LOOKS_RIGHT, message=lazy("Enter an email address like name@example.com")),
        ]
    )


class AskForm(forms.Form):
    """Only an address."""

    email = email_field()


class DigitsForm(forms.Form):
    """What the mail said; spaces and dashes are forgiven."""

    digits = StringField(
        filters=[lambda typed: re.sub(r"[\s\-.]", "", typed or "")],
        validators=[Regexp(rf"^[0-9]{{{proofs.DIGITS}}}$", message=lazy("Enter the 6 digits from the mail"))],
    )


@bp.route("/sign-in/mail", methods=["GET", "POST"])
@limits.mailed
def ask() -> ResponseReturnValue:
    """Whose address it is shows only in the mail."""
    if request.method == "GET" and doors.knows(Face.MEMBER):
        return redirect(ways.onward(Face.MEMBER, request.args.get("next", "")), 303)
    if not proving.is_on():
        return proving.switched_off()
    form = AskForm()
    if form.validate_on_submit():
        return proving.ask_to_sign_in(str(form.email.data))
    return _page("signin/ask.html", form)


@bp.route("/sign-in/code", methods=["GET", "POST"])
@limits.typed
def type_digits() -> ResponseReturnValue:
    """Only the browser that asked may type them."""
    if not proving.began_here():
        return redirect(url_for(".ask", next=request.values.get("next") or None), 303)
    form = DigitsForm()
    if form.validate_on_submit():
        way_in = proving.by_digits(str(form.digits.data))
        asked = request.form.get("next", "")
        if way_in and (answer := proving.enter(way_in, by="digits", asked=asked)):
            return answer
        limits.failed()
        form.fail("digits", _NO_MATCH)
    return _page("signin/type_digits.html", form)


def _page(template: str, form: forms.Form) -> Response:
    onward, demo_mail = request.values.get("next", ""), proving.demo_mail()
    drawn = render_template(template, form=form, problems=form.problems(), next=onward, demo_mail=demo_mail)
    return make_response(drawn, 422 if form.is_submitted() else 200)
