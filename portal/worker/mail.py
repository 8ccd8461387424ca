"""Mail over SMTP: one connection for a batch, headers built by the library only."""

import json
import smtplib
import ssl
from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime
from hashlib import sha256
from types import TracebackType
from urllib.parse import urlsplit

from portal.config import Settings
from portal.core.records.outbox import Leased
from portal.worker.letters import Letter

PATIENCE = 10.0
ENCRYPTED_PORT = 465
_PERMANENT = range(500, 600)
# An address in a header that is longer than the usual line would be encoded, and then nobody can press it.
_POLICY = policy.SMTP.clone(max_line_length=500)


class Undeliverable(Exception):
    """This mail will never be taken; trying again is of no use."""


class NotNow(Exception):
    """The server cannot be reached, or asks to come back."""


def message_id(one: Leased, settings: Settings) -> str:
    """The same for each try of a message: a mail that is sent twice can be known as one."""
    host = urlsplit(settings.public_url).hostname or "localhost"
    about = json.dumps(one.facts, sort_keys=True).encode()
    return f"<{one.kind}.{one.id}.{sha256(about).hexdigest()[:16]}@{host}>"


def compose(letter: Letter, settings: Settings, *, name: str, now: datetime) -> EmailMessage:
    """The letter in plain text and as HTML; `name` is its Message-ID."""
    mail = EmailMessage(_POLICY)
    mail["From"] = settings.mail_from
    mail["To"] = letter.to
    mail["Subject"] = " ".join(letter.subject.split())
    mail["Date"] = format_datetime(now)
    mail["Message-ID"] = name
    mail["Auto-Submitted"] = "auto-generated"
    if letter.unsubscribe:
        mail["List-Unsubscribe"] = f"<{letter.unsubscribe}>"
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail.set_content(letter.text)
    mail.add_alternative(letter.html, subtype="html")
    return mail


class Post:
    """The way to the mail server, opened with the first mail."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._server: smtplib.SMTP | None = None
        self._away = ""

    def __enter__(self) -> "Post":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._hang_up()

    def send(self, mail: EmailMessage) -> None:
        """Hand one mail over; raises Undeliverable or NotNow."""
        server = self._open()
        try:
            server.send_message(mail)
        except (smtplib.SMTPNotSupportedError, UnicodeError) as never:
            raise Undeliverable(str(never)) from never
        except smtplib.SMTPRecipientsRefused as refused:
            said = {code for code, _ in refused.recipients.values()}
            raise (Undeliverable if all(code in _PERMANENT for code in said) else NotNow)(str(said)) from None
        except (smtplib.SMTPException, OSError) as trouble:
            self._hang_up()
            raise NotNow(f"{type(trouble).__name__}") from trouble

    def _open(self) -> smtplib.SMTP:
        """Ask once in a batch: a server that is away would let each mail wait in vain."""
        if self._away:
            raise NotNow(self._away)
        if self._server is not None:
            return self._server
        try:
            self._server = self._call()
            self._greet(self._server)
        except (smtplib.SMTPException, OSError) as trouble:
            self._hang_up()
            self._away = f"{type(trouble).__name__}: {trouble}"
            raise NotNow(self._away) from trouble
        return self._server

    def _call(self) -> smtplib.SMTP:
        where = self._settings.smtp_host, self._settings.smtp_port
        if self._settings.smtp_port == ENCRYPTED_PORT:
            return smtplib.SMTP_SSL(*where, timeout=PATIENCE, context=ssl.create_default_context())
        return smtplib.SMTP(*where, timeout=PATIENCE)

    def _greet(self, server: smtplib.SMTP) -> None:
        settings = self._settings
        if settings.smtp_starttls and settings.smtp_port != ENCRYPTED_PORT:
            server.starttls(context=ssl.create_default_context())
        if settings.smtp_user:
            server.login(settings.smtp_user, settings.smtp_password)

    def _hang_up(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None
