"""Proving an address: a mail is asked for in one browser, and its digits or its link let somebody in."""

import secrets
from typing import TypedDict

from flask import Response, current_app, flash, make_response, redirect, render_template, request, url_for

from portal.config import Settings
from portal.core.claims import claiming
from portal.core.claims.claiming import Asked
from portal.core.club import accounts, joining, members, proofs
from portal.core.club.joining import Joined, Wish
from portal.core.club.links import WayIn
from portal.core.club.proofs import For, Secret
from portal.core.club.sign_ins import Face
from portal.core.points import openings
from portal.core.reading import posters
from portal.core.records import outbox
from portal.core.refusals import Refusal
from portal.signin import entering, ways
from portal.web import clock, db, giving, keys
from portal.web.i18n import gettext as _


def is_on() -> bool:
    """Whether this club sends mail."""
    settings: Settings = current_app.config["PORTAL"]
    return settings.promises_mail


def demo_mail() -> str:
    """Where the demo's mail can be read, if this is the demo."""
    return url_for("demo.mail") if "demo.mail" in current_app.view_functions else ""


def switched_off() -> Response:
    """The club has no mail server: say so rather than let somebody wait."""
    return make_response(render_template("signin/no_mail.html"), 404)


def ask_to_sign_in(email: str) -> Response:
    """Mail a member a way in; for any other address nothing happens, and nothing shows that."""
    browser = _browser()
    db.begin_writing()
    account = accounts.by_email(db.session(), email)
    if account is not None and members.of_account(db.session(), account.id) is not None:
        _expect("sign_in", For(account_id=account.id), browser)
    db.session().commit()
    return _now_type(browser)


def ask_to_join(wish: Wish) -> Response:
    """Keep what was typed, and mail a way in that makes a member of it."""
    browser = _browser()
    db.begin_writing()
    joining_id = joining.ask(db.session(), wish, clock.now())
    _expect("join", For(joining_id=joining_id), browser)
    db.session().commit()
    return _now_type(browser)


def began_here() -> bool:
    """Whether this browser has asked for a mail lately."""
    return _cookie() in request.cookies


def by_digits(typed: str) -> WayIn | None:
    """What the digits open. A wrong try is committed here, a right one by the caller."""
    db.begin_writing()
    browser = request.cookies.get(_cookie(), "")
    secret_of = keys.keyring().mail_secret
    way_in = proofs.by_digits(db.session(), browser, typed, now=clock.now(), secret_of=secret_of)
    if way_in is None:
        db.session().commit()
    return way_in


def enter(way_in: WayIn, *, by: str, asked: str = "") -> Response | None:
    """Let in whoever has proved to be it, in the transaction that used it up; None where nobody is to be."""
    joined = _join(way_in.joining_id) if way_in.joining_id else None
    account_id = joined.account_id if joined else way_in.account_id
    known = entering.by_account(account_id) if account_id else None
    if known is None or not known.may_enter(way_in.face):
        db.session().rollback()
        return None
    token = entering.begin(way_in.face, known.account_id, by=by)
    db.session().commit()
    if joined and joined.is_new:
        giving.welcome(joined.member_id)
    page = _first_page(joined, way_in.id) if joined else ways.onward(way_in.face, asked)
    answer = entering.let_in(way_in.face, token, page)
    answer.delete_cookie(_cookie(), **_attributes())
    return answer


def _expect(kind: str, whom: For, browser: str) -> None:
    session, now, keyring = db.session(), clock.now(), keys.keyring()
    seed = secrets.token_hex(16)
    secret = Secret(seed, keyring.current, keyring.mail_secret(seed))
    mail_code_id = proofs.begin(session, whom, secret, browser=browser, now=now)
    # The mark sets this mail apart from any that a restored database numbers alike.
    outbox.add(session, kind, {"mail_code_id": mail_code_id, "mark": secrets.token_hex(8)}, now=now)


def _now_type(browser: str) -> Response:
    onward = request.form.get("next") or None
    answer = make_response(redirect(url_for("signin.type_digits", next=onward), 303))
    lasts = int(proofs.DIGITS_LAST.total_seconds())
    answer.set_cookie(_cookie(), browser, lasts, **_attributes())
    return answer


def _join(joining_id: int) -> Joined | None:
    session, now = db.session(), clock.now()
    joined = joining.complete(session, joining_id, now=now, entropy=keys.CHANCE.entropy)
    if joined and joined.is_new:
        openings.open_balances(session, [(joined.member_id, 0)], now=now)
    return joined


def _first_page(joined: Joined, way_in_id: int) -> str:
    """What they came for; but where a card was named, the card, with what came of it."""
    page = _offer(joined, way_in_id)
    if joined.has_card is None:
        return page
    if joined.has_card:
        flash(_("The card from the store is yours now, with its points."))
        return url_for("members.card") if joined.offer_id is None else page
    flash(_("We could not tell that the card from the store is yours. Show it at the counter and ask there."))
    return url_for("members.card")


def _offer(joined: Joined, way_in_id: int) -> str:
    """Where they came for: their new claim, or the page of the offer, which says why it is not theirs yet."""
    if joined.offer_id is None:
        return ways.onward(Face.MEMBER, "")
    asked = Asked(joined.member_id, joined.offer_id, f"join-{way_in_id}", joined.offer_version)
    reference = _claim(asked) if joined.offer_version is not None else None
    if reference is not None:
        return url_for("members.claimed", ref=reference)
    return url_for("members.offer", slug=posters.slug_of(db.session(), joined.offer_id))


def _claim(asked: Asked) -> str | None:
    """The member's own deed, in a transaction of its own: joining stands whatever comes of it."""
    db.begin_writing()
    now, chance = clock.now(), keys.CHANCE
    try:
        reference = claiming.claim_offer(db.session(), keys.keyring(), asked, now=now, chance=chance)
    except Refusal:
        db.session().rollback()
        return None
    db.session().commit()
    return reference


def _browser() -> str:
    """What tells this browser from others; one that asks twice may type either mail's digits."""
    return request.cookies.get(_cookie()) or secrets.token_urlsafe(32)


def _cookie() -> str:
    return "__Host-proof" if current_app.config["SESSION_COOKIE_SECURE"] else "proof"


class _Attributes(TypedDict):
    path: str
    secure: bool
    httponly: bool
    samesite: str


def _attributes() -> _Attributes:
    secure = current_app.config["SESSION_COOKIE_SECURE"]
    return {"path": "/", "secure": secure, "httponly": True, "samesite": "Lax"}
