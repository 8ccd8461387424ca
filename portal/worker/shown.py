"""/demo/mail: what the demo would have mailed, written anew at each look, for this machine only."""

import re
from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from portal.core.records import outbox
from portal.core.records.outbox import Message
from portal.web import clock, db, doors
from portal.worker import letters
from portal.worker.letters import STALE, Letter

SHOWN = 20
_ADDRESS = re.compile(r"https?://\S+")
# Set by a proxy: then the address we see is the proxy's, and the person may be anywhere.
_VIA = ("Forwarded", "X-Forwarded-For", "X-Real-Ip", "Via")


@dataclass(frozen=True)
class Shown:
    """A mail as it would read now, or that there is nothing left to say; `number` tells it from others."""

    number: int
    at: datetime
    letter: Letter | None

    @property
    def paragraphs(self) -> list[str]:
        """The plain words; an address is longer than a phone is wide, and has a button of its own."""
        words = _ADDRESS.sub("", self.letter.text if self.letter else "")
        return [paragraph for paragraph in words.split("\n\n") if paragraph.strip()]


def _loopback_door() -> ResponseReturnValue | None:
    if not _is_loopback(request.remote_addr) or any(name in request.headers for name in _VIA):
        raise NotFound
    return None


bp = Blueprint("demo", __name__)
doors.hang(bp, _loopback_door)


@bp.get("/demo/mail")
def mail() -> ResponseReturnValue:
    """The latest mails, newest first."""
    since = clock.now() - STALE
    messages = outbox.latest(db.session(), [*letters.WRITERS], since=since, most=SHOWN)
    return render_template("mail/shown.html", mails=[_shown(one) for one in messages])


def _shown(one: Message) -> Shown:
    written = letters.write(one.kind, one.facts, one.due_at)
    return Shown(one.id, one.due_at, written if isinstance(written, Letter) else None)


def _is_loopback(address: str | None) -> bool:
    try:
        where = ip_address(address or "")
    except ValueError:
        return False
    return (getattr(where, "ipv4_mapped", None) or where).is_loopback
