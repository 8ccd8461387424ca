"""Everything the page of one claim shows, gathered once for the page and for the part that replaces it."""

from dataclasses import replace
from typing import Any

from flask import url_for

from portal.core.claims.claims import USABLE, Reading
from portal.core.codes import pool_codes
from portal.core.codes import store as codes
from portal.core.offers.offers import CodeMode
from portal.core.points import lots
from portal.core.reading import wallet
from portal.core.reading.wallet import LastUse, Pass
from portal.core.refusals import ClaimNotFound
from portal.members import endings, instructions, members, passes, stories
from portal.members.passes import WATCHED, Drawn
from portal.web import clock, db, doors, expiry, keeping, keys, qr
from portal.web.i18n import gettext as _

FULL_SCREEN = "full-screen"
# Where a partner's code stands in place of ours.
_PARTNERS = (CodeMode.POOL, CodeMode.PROVIDER)


def mine(ref: str) -> Pass:
    """The member's own claim with that reference; anybody else's is not there."""
    seen = wallet.one(db.session(), doors.me().member_id, ref, clock.now())
    if seen is None:
        raise ClaimNotFound
    return seen


def shows_code(seen: Pass) -> bool:
    """Whether there is a code, and it works now."""
    return seen.reading in USABLE and not endings.is_free_play(seen)


def drawn(seen: Pass) -> Drawn:
    """The pass, with its code while it works."""
    if not shows_code(seen):
        return face(seen)
    return passes.with_code(face(seen), seen, _code(seen), clock.now())


def _code(seen: Pass) -> str:
    """Ours; or the partner's, where the offer gives theirs instead."""
    if seen.promised.code_mode in _PARTNERS:
        return _of_partner(seen) or ""
    return codes.shown(db.session(), keys.keyring(), seen.id, seen.reference)


def _of_partner(seen: Pass) -> str | None:
    return pool_codes.shown(db.session(), keys.keyring(), seen.id)


def _beside(seen: Pass) -> str | None:
    """A partner's code that stands beside ours, while the claim works."""
    if seen.promised.pool_id is None or seen.promised.code_mode in _PARTNERS:
        return None
    return _of_partner(seen) if shows_code(seen) else None


def face(seen: Pass) -> Drawn:
    """The pass without its code."""
    return passes.drawn(seen, clock.now(), _last_use(seen))


def full_screen(seen: Pass) -> dict[str, Any]:
    """What the full screen shows: the code as a picture that says what it is, and until when."""
    shown = drawn(seen)
    letters = "".join(shown.code or ())
    title = _("QR code for your %(value)s", value=shown.value)
    draw = qr.partner_svg if seen.promised.code_mode in _PARTNERS else qr.qr_svg
    told = _(
        "Holds the code %(letters)s. If a scanner cannot read it, the cashier can type the code.",
        letters=shown.spoken,
    )
    return {
        "claim": replace(shown, qr=draw(letters, title=title, description=told)),
        "ends": expiry.expiry(seen.expires_at, clock.now(), seen.zone),
        "zone": seen.zone,
        "until": keeping.until(seen.expires_at),
        "watch": _watch(seen, on=FULL_SCREEN),
    }


def dead_points(seen: Pass) -> int:
    """How many of the points paid would expire as they return; a question only while they can."""
    if not (seen.price_paid and seen.can_be_given_back):
        return 0
    return lots.dead_of_claim(db.session(), seen.id, clock.now())


def page(seen: Pass) -> dict[str, Any]:
    """What the page of the claim shows."""
    now = clock.now()
    watched = seen.reading in WATCHED
    return {
        "claim": drawn(seen),
        "notice": expiry.expiry(seen.expires_at, now, seen.zone) if watched else None,
        "until": keeping.until(seen.expires_at),
        "watch": _watch(seen) if watched else None,
        "how": instructions.instructions(seen, _beside(seen)),
        "back": instructions.give_back(seen, dead_points(seen)),
        "calendar": _calendar(seen),
        "hand_over": url_for("members.ask_hand_over", ref=seen.reference)
        if seen.can_be_handed_over
        else None,
        "events": stories.events(wallet.steps(db.session(), seen.id), now, seen.zone),
        **members.frame(),
    }


def _hand_over(seen: Pass) -> str | None:
    return url_for("members.ask_hand_over", ref=seen.reference) if seen.can_be_handed_over else None


def _watch(seen: Pass, on: str | None = None) -> str:
    return url_for("members.claim_state", ref=seen.reference, seen=passes.token(seen), on=on)


def _calendar(seen: Pass) -> str | None:
    """Where the end can be put into a calendar, while there is one to come."""
    if seen.reading not in WATCHED or seen.expires_at is None:
        return None
    return url_for("members.calendar", ref=seen.reference)


def _last_use(seen: Pass) -> LastUse | None:
    if seen.reading not in (Reading.USED, Reading.ACTIVE) or endings.is_free_play(seen):
        return None
    return wallet.last_use(db.session(), seen.id)
