"""The wallet, the page of one claim, its code full screen, and the poll that notices when it was used."""

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.core.reading import wallet as reading
from portal.members import claim_page, members, passes
from portal.members.members import bp
from portal.web import answers, clock, db, doors, expiry

NOTHING_NEW = 204


@bp.get("/wallet")
def wallet() -> ResponseReturnValue:
    """Everything the member holds, soonest to expire first, and what became of the rest."""
    now, held = clock.now(), members.open_passes()
    past = reading.history(db.session(), doors.me().member_id, now)
    return render_template(
        "members/wallet/index.html",
        open=[passes.ticket(one, now) for one in held],
        past=[passes.drawn(one, now) for one in past],
        **members.frame(held),
    )


@bp.get("/wallet/<ref>")
def claimed(ref: str) -> ResponseReturnValue:
    """One claim of this member."""
    return render_template("members/wallet/show.html", **claim_page.page(claim_page.mine(ref)))


@bp.get("/wallet/<ref>/state")
def claim_state(ref: str) -> ResponseReturnValue:
    """Whether the claim is still what the page shows; the whole of it when it is not."""
    seen = claim_page.mine(ref)
    if not answers.is_htmx():
        return redirect(url_for(".claimed", ref=ref), 303)
    if request.args.get("seen") == passes.token(seen):
        return "", NOTHING_NEW
    headers = {"HX-Retarget": "#claim", "HX-Reswap": "outerHTML", "Vary": "HX-Request"}
    drawn = render_template("members/wallet/_changed.html", **claim_page.page(seen))
    return Response(drawn, headers=headers)


@bp.get("/wallet/<ref>/full-screen")
def full_screen(ref: str) -> ResponseReturnValue:
    """The code as large as it goes; a claim without one goes back to its page."""
    seen = claim_page.mine(ref)
    if not claim_page.shows_code(seen):
        return redirect(url_for(".claimed", ref=ref), 303)
    ends = expiry.expiry(seen.expires_at, clock.now(), seen.zone)
    drawn = claim_page.full_screen(seen)
    return render_template("members/wallet/full_screen.html", claim=drawn, ends=ends, zone=seen.zone)
