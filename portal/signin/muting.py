"""No more reminders: the link at the foot of one, for people and for the button of mail programs."""

from flask import render_template, request
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from portal.core.club import members
from portal.signin.signin import bp
from portal.web import answers, db, keys, unsubscribing


@bp.route("/reminders/<mark>/off", methods=["GET", "POST"])
def mute(mark: str) -> ResponseReturnValue:
    """Looking shows a button; pressing it, here or in the mail program, ends the reminders."""
    member_id = answers.found(unsubscribing.whose(keys.keyring(), mark))
    if request.method == "POST":
        db.begin_writing()
        members.set_reminders(db.session(), member_id, on=False)
        db.session().commit()
    return render_template("signin/mute.html", mark=mark, is_off=request.method == "POST")


@bp.record_once
def _let_mail_programs_press(state: BlueprintSetupState) -> None:
    # RFC 8058: the mail program posts without having seen a page of ours. The mark says whom it concerns.
    state.app.extensions["csrf"].exempt(f"{__name__}.mute")
