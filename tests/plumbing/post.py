"""The post of a test club: mail goes to a server of our own, and is read as a person reads it."""

import re
from dataclasses import dataclass
from email.message import EmailMessage

from flask import Flask

from portal.worker import delivering
from tests.plumbing.smtp import Box

_LINK = re.compile(r"https?://\S+")


@dataclass
class Post:
    """Delivers what waits, and hands over what came."""

    app: Flask
    box: Box

    def __post_init__(self) -> None:
        server = {"smtp_host": "127.0.0.1", "smtp_port": self.box.port, "smtp_starttls": False}
        settings = self.app.config["PORTAL"]
        self.app.config["PORTAL"] = settings.model_copy(
            update={**server, "mail_from": "Test Club <club@example.com>"}
        )

    def deliver(self) -> list[EmailMessage]:
        """Send everything that is due; the mails that came of it."""
        before = len(self.box.mails)
        while delivering.once(self.app):
            pass
        return self.box.mails[before:]

    def one(self) -> EmailMessage:
        """The one mail that was waiting."""
        [mail] = self.deliver()
        return mail


def text(mail: EmailMessage) -> str:
    """The plain words."""
    part = mail.get_body(("plain",))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def html(mail: EmailMessage) -> str:
    """The same as HTML."""
    part = mail.get_body(("html",))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def digits(mail: EmailMessage) -> str:
    """The six digits, as they stand there."""
    found = re.search(r"^ +(\d{3} \d{3})$", text(mail), re.M)
    assert found is not None
    return found[1]


def link(mail: EmailMessage) -> str:
    """Where the first link leads, without the host."""
    found = _LINK.search(text(mail))
    assert found is not None
    return re.sub(r"^https?://[^/]+", "", found[0])
