"""The wallet, the page of one claim, its code full screen, and the poll that notices when it was used."""

from flask import Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.members import claim_page, copies, history, members, passes
from portal.members.members import bp
from portal.web import answers, clock, keeping

NOTHING_NEW = 204


@bp.get("/wallet")
def wallet() -> ResponseReturnValue:
    """Everything the member holds, soonest to expire first; or, if asked, what became of the rest."""
    if past := history.asked():
        return history.page(past)
    now, held = clock.now(), members.open_passes()
    page = render_template(
        "members/wallet/index.html",
        parts=history.parts(None),
        open=[passes.ticket(one, now) for one in held],
        kept=copies.worth_keeping(held),
        **members.frame(held),
    )
    return keeping.may_keep(make_response(page))


@bp.get("/wallet/<ref>")
def claimed(ref: str) -> ResponseReturnValue:
    """One claim of this member."""
    seen = claim_page.mine(ref)
    page = make_response(render_template("members/wallet/show.html", **claim_page.page(seen)))
    return keeping.may_keep(page, seen.expires_at) if claim_page.shows_code(seen) else page


@bp.get("/wallet/<ref>/state")
def claim_state(ref: str) -> ResponseReturnValue:
    """Whether the claim is still what the page shows; the whole of it when it is not."""
    seen = claim_page.mine(ref)
    if not answers.is_htmx():
        return redirect(url_for(".claimed", ref=ref), 303)
    if request.args.get("seen") == passes.token(seen):
        return "", NOTHING_NEW
    if request.args.get("on") == claim_page.FULL_SCREEN:
        return "", {"HX-Redirect": url_for(".full_screen", ref=ref)}
    headers = {"HX-Retarget": "#claim", "HX-Reswap": "outerHTML", "Vary": "HX-Request"}
    drawn = render_template("members/wallet/_changed.html", **claim_page.page(seen))
    return Response(drawn, headers=headers)


@bp.get("/wallet/<ref>/full-screen")
def full_screen(ref: str) -> ResponseReturnValue:
    """The code as large as it goes; a claim without one goes back to its page."""
    seen = claim_page.mine(ref)
    if not claim_page.shows_code(seen):
        return redirect(url_for(".claimed", ref=ref), 303)
    page = make_response(render_template("members/wallet/full_screen.html", **claim_page.full_screen(seen)))
    return keeping.may_keep(page, seen.expires_at)
