"""The front step: two sign-in forms, two ways out, and the link that works once."""

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import EmailField, PasswordField
from wtforms.validators import InputRequired, Length

from portal.core.club import links
from portal.core.club.sign_ins import Face
from portal.signin import entering, passwords, proving, ways
from portal.web import clock, db, doors, forms, limits
from portal.web.i18n import lazy

bp = Blueprint("signin", __name__)
doors.hang(bp, doors.public_door)

_FORM = {Face.MEMBER: "signin.sign_in", Face.STAFF: "signin.staff_sign_in"}
_PAGE = {Face.MEMBER: "signin/sign_in.html", Face.STAFF: "signin/staff_sign_in.html"}
_NO_MATCH = lazy("That email and password don’t match. Check both and try again.")


class SignInForm(forms.Form):
    """An address and a password."""

    email = EmailField(
        validators=[
            InputRequired(lazy("Enter your email address")),
            Length(max=254, message=lazy("Enter an email address of at most 254 letters")),
        ]
    )
    password = PasswordField(
        validators=[
            InputRequired(lazy("Enter your password")),
            Length(max=passwords.MAX_LENGTH, message=_NO_MATCH),
        ]
    )


@bp.route("/sign-in", methods=["GET", "POST"])
@limits.sign_in
def sign_in() -> ResponseReturnValue:
    """Members: by address and password."""
    return _sign_in(Face.MEMBER)


@bp.route("/staff/sign-in", methods=["GET", "POST"])
@limits.sign_in
def staff_sign_in() -> ResponseReturnValue:
    """Staff: once for a device; the PIN names the person afterwards."""
    return _sign_in(Face.STAFF)


@bp.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """End the member's sign-in on this device."""
    return _sign_out(Face.MEMBER)


@bp.post("/staff/sign-out")
def staff_sign_out() -> ResponseReturnValue:
    """End the device's sign-in at the counter."""
    return _sign_out(Face.STAFF)


@bp.route("/sign-in/link/<token>", methods=["GET", "POST"])
def link(token: str) -> ResponseReturnValue:
    """A link that works once: looking shows a button, pressing it signs in."""
    if request.method == "POST":
        return _use(token)
    way_in = links.find(db.session(), token, clock.now())
    if way_in is None:
        return _spent()
    return render_template("signin/link.html", token=token, joins=way_in.joining_id is not None)


def _sign_in(face: Face) -> ResponseReturnValue:
    if request.method == "GET" and doors.knows(face):
        # Somebody else signs in here after signing out: nobody's codes stay in a browser by mistake.
        return redirect(ways.onward(face, request.args.get("next", "")), 303)
    form = SignInForm()
    if not form.validate_on_submit():
        return _ask(face, form, 422 if form.is_submitted() else 200)
    email = str(form.email.data)
    known = entering.prove(email, str(form.password.data))
    if known is None:
        limits.failed()
        form.fail("email", _NO_MATCH)
        return _ask(face, form, 422)
    if not known.may_enter(face):
        return _ask(face, form, 403, other_door=True)
    db.begin_writing()
    token = entering.begin(face, known.account_id, by="password")
    db.session().commit()
    limits.forget_sign_in(email)
    return entering.let_in(face, token, ways.onward(face, request.form.get("next", "")))


def _ask(face: Face, form: SignInForm, status: int, *, other_door: bool = False) -> ResponseReturnValue:
    page = render_template(
        _PAGE[face],
        form=form,
        problems=form.problems(),
        other_door=other_door,
        by_mail=proving.is_on(),
        next=request.values.get("next", ""),
    )
    return make_response(page, status)


def _sign_out(face: Face) -> ResponseReturnValue:
    db.begin_writing()
    entering.end(face)
    db.session().commit()
    return entering.see_out(face, url_for(_FORM[face]))


def _use(token: str) -> ResponseReturnValue:
    db.begin_writing()
    way_in = links.use(db.session(), token, clock.now())
    return (way_in and proving.enter(way_in, by="link")) or _spent()


def _spent() -> ResponseReturnValue:
    return make_response(render_template("signin/link_spent.html"), 410)
