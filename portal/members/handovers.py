"""A claim is handed over: offered on one member's page, accepted on another's, and nothing moves before."""

from typing import Any

from flask import Response, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.config import Settings
from portal.core.claims import claims, handovers
from portal.core.claims.claims import Claim
from portal.core.club import finding
from portal.core.refusals import ClaimNotFound, ClaimNotTransferable
from portal.members import claim_page, details, headline, members
from portal.members.headline import Headline
from portal.members.members import bp
from portal.web import clock, dates, db, doors, expiry, keys
from portal.web.answers import found
from portal.web.i18n import gettext as _

LONGEST = 254


@bp.get("/wallet/<ref>/handover")
def ask_hand_over(ref: str) -> ResponseReturnValue:
    """To whom, or what has become of the offer."""
    return _ask(ref)


@bp.post("/wallet/<ref>/handover")
def hand_over(ref: str) -> ResponseReturnValue:
    """Offer it; the answer is the same whether or not anybody has that address."""
    word = request.form.get("to", "").strip()[:LONGEST]
    if not word:
        return _ask(ref, error=_("Write an address or a card number."), status=422)
    to = finding.by_mail_or_card(db.session(), word)
    now, chance = clock.now(), keys.CHANCE
    handovers.offer(db.session(), doors.me().member_id, ref, to, now=now, chance=chance)
    db.session().commit()
    return redirect(url_for(".ask_hand_over", ref=ref), 303)


@bp.post("/wallet/<ref>/handover/withdrawal")
def keep_it(ref: str) -> ResponseReturnValue:
    """Take the offer back."""
    handovers.take_back(db.session(), doors.me().member_id, ref, now=clock.now())
    db.session().commit()
    return redirect(url_for(".claimed", ref=ref), 303)


@bp.get("/handovers/<handover>")
def handover(handover: str) -> ResponseReturnValue:
    """What somebody offers to the member at the door."""
    return _offered(handover)


@bp.post("/handovers/<handover>/acceptance")
def accept_handover(handover: str) -> ResponseReturnValue:
    """Take it over; the answer is the claim with its new code."""
    me, now = doors.me().member_id, clock.now()
    keyring, chance = keys.keyring(), keys.CHANCE
    ref = handovers.accept(db.session(), keyring, me, handover, now=now, chance=chance)
    db.session().commit()
    return redirect(url_for(".claimed", ref=ref), 303)


@bp.post("/handovers/<handover>/refusal")
def decline_handover(handover: str) -> ResponseReturnValue:
    """No, thank you."""
    handovers.decline(db.session(), doors.me().member_id, handover, now=clock.now())
    db.session().commit()
    return redirect(url_for(".wallet"), 303)


def refused(reference: str, words: str, status: int) -> Response:
    """What is offered, as it is now, and why not."""
    return _offered(reference, status=status, no=words)


def _ask(ref: str, *, error: str = "", status: int = 200) -> Response:
    seen = claim_page.mine(ref)
    claim = found(claims.find(db.session(), doors.me().member_id, ref))
    waits = handovers.standing_offer(db.session(), seen.id, clock.now())
    if waits is None and not handovers.may_be_handed_over(claim, clock.now()):
        raise ClaimNotTransferable
    parts = {"claim": claim_page.face(seen), "error": error, "waits": waits, "until": _until(waits, claim)}
    parts["address"] = "" if waits is None else _address(waits.reference)
    page = render_template("members/wallet/handover.html", **parts, **members.frame())
    return Response(page, status)


def _address(reference: str) -> str:
    """Under the address that people use, for it is sent to somebody."""
    settings: Settings = current_app.config["PORTAL"]
    return settings.public_url + url_for(".handover", handover=reference)


def _until(waits: handovers.Handover | None, claim: Claim) -> str:
    if waits is None:
        return ""
    return dates.by(dates.moment_words(waits.ends_at, clock.now(), claim.zone))


def _offered(reference: str, status: int = 200, **more: str) -> Response:
    offered = handovers.find_for(db.session(), reference, doors.me().member_id, clock.now())
    if offered is None:
        raise ClaimNotFound
    waits, claim, name = offered
    parts: dict[str, Any] = {
        "head": _head(claim),
        "terms": details.lines(claim.promised.terms),
        "from_": name,
        "ends": _ends(claim),
        "until": _until(waits, claim),
        "reference": reference,
        **more,
    }
    return Response(render_template("members/handover.html", **parts, **members.frame()), status)


def _head(claim: Claim) -> Headline:
    told = claim.promised
    return headline.headline(
        told.benefit_kind,
        told.benefit_value,
        told.currency,
        title=told.title,
        short=told.short,
        language=told.language,
    )


def _ends(claim: Claim) -> str:
    said = expiry.expiry(claim.expires_at, clock.now(), claim.zone)
    return "" if said is None else said.words
