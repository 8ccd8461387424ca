"""What the mails say: each is written when it is sent, so that no link and no digit waits anywhere."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from flask import current_app, render_template

from portal.config import Settings
from portal.core.base import Facts
from portal.core.claims import reminders
from portal.core.claims.claims import USABLE, Reading
from portal.core.club import proofs
from portal.core.reading import letters as reading
from portal.core.reading.letters import AboutClaim, To, ToSignIn
from portal.web import clock, db, expiry, i18n, keys, pages, unsubscribing
from portal.web.i18n import gettext as _

# A confirmation that comes a day later is of no use to anybody.
STALE = timedelta(days=1)


@dataclass(frozen=True)
class Letter:
    """A mail to one person; `link` is where its button leads, `unsubscribe` ends mails of its kind."""

    to: str
    subject: str
    text: str
    html: str
    link: str
    unsubscribe: str = ""


@dataclass(frozen=True)
class Later:
    """Not now: nobody is mailed of this at night."""

    until: datetime


Written: TypeAlias = Letter | Later | None


def write(kind: str, facts: Facts, due_at: datetime) -> Written:
    """The mail of a message; None where there is nobody to tell, or nothing to say any more."""
    writer = WRITERS.get(kind)
    return writer(facts, due_at) if writer else None


def _sign_in(facts: Facts, _due_at: datetime) -> Written:
    return _way_in("sign_in", reading.sign_in(db.session(), facts["mail_code_id"]))


def _join(facts: Facts, _due_at: datetime) -> Written:
    asked = reading.joining(db.session(), facts["mail_code_id"])
    return _way_in("known" if asked and asked.is_known else "join", asked)


def _way_in(template: str, asked: ToSignIn | None) -> Written:
    if asked is None or asked.used_at or asked.ends_at <= clock.now():
        return None
    secret = keys.keyring().mail_secret(asked.seed, asked.key_version)
    digits = proofs.digits(secret)
    said = {"digits": f"{digits[:3]} {digits[3:]}"}
    link = _address("signin.link", token=proofs.link_token(secret))
    with i18n.speaking(asked.to.language):
        subjects = {
            "sign_in": _("Your way in to %(club)s", club=pages.club().name),
            "known": _("You are a member of %(club)s already", club=pages.club().name),
            "join": _("Join %(club)s", club=pages.club().name),
        }
        return _letter(asked.to, template, subjects[template], link, **said)


def _claim_made(facts: Facts, due_at: datetime) -> Written:
    claim = reading.claim(db.session(), facts["reference"], clock.now())
    if claim is None or clock.now() - due_at > STALE or claim.reading not in {*USABLE, Reading.LATER}:
        return None
    with i18n.speaking(claim.to.language):
        subject = _("%(title)s is in your wallet", title=claim.promised.title)
        return _about(claim, "claim_made", subject)


def _not_prepared(facts: Facts, _due_at: datetime) -> Written:
    claim = reading.claim(db.session(), facts["reference"], clock.now())
    if claim is None:
        return None
    with i18n.speaking(claim.to.language):
        subject = _("%(title)s: the code could not be made", title=claim.promised.title)
        return _about(claim, "not_prepared", subject)


def _reminder(facts: Facts, _due_at: datetime) -> Written:
    now = clock.now()
    claim = reading.claim(db.session(), facts["reference"], now)
    useful = {*USABLE, Reading.LATER}
    if claim is None or claim.expires_at is None or claim.reading not in useful or not claim.wants_reminders:
        return None
    if not reminders.is_day(now, claim.zone):
        return Later(reminders.next_day(now, claim.zone))
    end = _address("signin.mute", mark=unsubscribing.mark(keys.keyring(), claim.member_id))
    with i18n.speaking(claim.to.language):
        subject = _("%(title)s: still yours, not for long", title=claim.promised.title)
        return _about(claim, "reminder", subject, unsubscribe=end)


def _about(claim: AboutClaim, template: str, subject: str, unsubscribe: str = "") -> Letter:
    link = _address("members.claimed", ref=claim.reference)
    # As on paper: a mail is read on another day than it was written.
    ends = expiry.paper_words(claim.expires_at, claim.zone).striptags() if claim.expires_at else ""
    title = claim.promised.title
    return _letter(claim.to, template, subject, link, unsubscribe=unsubscribe, title=title, ends=ends)


def _letter(to: To, template: str, subject: str, link: str, *, unsubscribe: str = "", **said: Any) -> Letter:
    said |= {"name": to.name, "link": link, "unsubscribe": unsubscribe}
    text = render_template(f"mail/{template}.txt", **said)
    return Letter(
        to.email, subject, text, render_template(f"mail/{template}.html", **said), link, unsubscribe
    )


def _address(endpoint: str, **values: Any) -> str:
    """Under the address that people use, whichever one this was asked by."""
    settings: Settings = current_app.config["PORTAL"]
    return settings.public_url + current_app.url_map.bind("localhost").build(endpoint, values)


WRITERS: dict[str, Callable[[Facts, datetime], Written]] = {
    "sign_in": _sign_in,
    "join": _join,
    "claim_made": _claim_made,
    "claim_not_prepared": _not_prepared,
    "reminder": _reminder,
}
