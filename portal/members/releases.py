"""A member gives a claim back: asked once, done once."""

from flask import Response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.core.claims import releases
from portal.core.refusals import ClaimNotCancellable
from portal.members import claim_page, instructions, members
from portal.members.members import bp
from portal.web import answers, clock, db, doors


@bp.get("/wallet/<ref>/release")
def ask_back(ref: str) -> ResponseReturnValue:
    """What giving back would do, and the button that does it."""
    seen = claim_page.mine(ref)
    if not seen.can_be_given_back:
        raise ClaimNotCancellable(until=seen.give_back_until, zone=seen.zone)
    asked = {"claim": claim_page.face(seen), "asked": instructions.asked(seen, claim_page.dead_points(seen))}
    if answers.is_htmx():
        return Response(render_template("members/wallet/_release.html", **asked))
    return render_template("members/wallet/release.html", **asked, **members.frame())


@bp.post("/wallet/<ref>/release")
def give_back(ref: str) -> ResponseReturnValue:
    """Close the claim; what it took comes back."""
    points = releases.give_back(db.session(), doors.me().member_id, ref, now=clock.now())
    db.session().commit()
    if not answers.is_htmx():
        return redirect(url_for(".claimed", ref=ref), 303)
    members.look_again()
    seen = claim_page.mine(ref)
    said = instructions.returned(points, seen.price_paid)
    drawn = render_template("members/wallet/_given_back.html", said=said, **claim_page.page(seen))
    return Response(drawn, headers={"Vary": "HX-Request"})


def refused(ref: str, words: str, status: int) -> Response:
    """The claim as it is now, and why not."""
    page = claim_page.page(claim_page.mine(ref))
    template = "members/wallet/_refused.html" if answers.is_htmx() else "members/wallet/show.html"
    # The question asks for its own corner of the page; the answer is the claim.
    headers = {"HX-Retarget": "#claim", "HX-Reswap": "outerHTML", "Vary": "HX-Request"}
    return Response(render_template(template, no=words, **page), status, headers)
