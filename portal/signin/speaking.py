"""Another language, before anybody is signed in: a button, and a cookie in this browser."""

from flask import abort, make_response, redirect, request
from flask.typing import ResponseReturnValue

from portal.signin import ways
from portal.signin.signin import bp
from portal.web import i18n, languages


@bp.post("/language")
def language() -> ResponseReturnValue:
    """Speak it from now on, on the page where it was chosen."""
    chosen = request.form.get("language", "")
    if chosen not in i18n.languages():
        abort(400)
    answer = make_response(redirect(ways.back(request.form.get("next", "")), 303))
    return languages.remember(answer, chosen)
