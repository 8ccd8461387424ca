"""More time for a code, by a link that works once: whoever has it need not sign in."""

from flask import render_template
from flask.typing import ResponseReturnValue

from portal.core.claims import extending
from portal.core.claims.claims import Claim
from portal.core.refusals import ClaimNotExtendable
from portal.signin.signin import bp
from portal.web import clock, dates, db

GONE = 410


@bp.get("/extend/<token>")
def look_at_extension(token: str) -> ResponseReturnValue:
    """What the link would do, and the button that does it."""
    claim = extending.find(db.session(), token, clock.now())
    return _page(token, claim) if claim is not None else (_page(token, None), GONE)


@bp.post("/extend/<token>")
def extend(token: str) -> ResponseReturnValue:
    """Use it up."""
    db.begin_writing()
    try:
        claim = extending.by_link(db.session(), token, now=clock.now())
    except ClaimNotExtendable:
        db.session().rollback()
        return _page(token, None), GONE
    db.session().commit()
    db.session().refresh(claim)
    return _page(token, claim, is_done=True)


def _page(token: str, claim: Claim | None, *, is_done: bool = False) -> str:
    title = None if claim is None else claim.promised.title
    return render_template(
        "signin/extend.html", token=token, title=title, until=_until(claim, is_done), is_done=is_done
    )


def _until(claim: Claim | None, is_done: bool) -> str:
    if claim is None or claim.expires_at is None:
        return ""
    end = claim.expires_at if is_done else extending.later_end(claim, clock.now())
    return dates.by(dates.moment_words(dates.spoken_end(end, claim.zone), clock.now(), claim.zone))
