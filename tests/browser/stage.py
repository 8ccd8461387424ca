"""A club that is really served, for a real browser: the demo town, or the sample club from its CSV files."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask import Flask
from playwright.sync_api import ConsoleMessage, Page, expect
from sqlalchemy import Engine
from sqlalchemy.orm import Session
from werkzeug.serving import make_server

from portal import migrating
from portal.app import create_app
from portal.config import Mode, Settings
from portal.core.claims import acts, claiming, claims, extending
from portal.core.claims.claiming import Asked
from portal.core.club import accounts, finding, links
from portal.core.club.sign_ins import Face
from portal.core.codes import store as codes
from portal.core.offers import offers
from portal.web import db, keys
from tests import build
from tests.browser import leftovers
from tests.plumbing import canary, command
from tests.plumbing.project import ROOT

SAMPLES = ("stores", "staff", "fields", "members", "offers")
# The browser itself reports an answer of 409 or 422 as an error; these two are part of the house's manners.
ALLOWED = ("status of 409", "status of 422")


@dataclass(frozen=True)
class Meeting:
    """A member, the offer they claim, and who redeems it at which till."""

    member: str
    offer: str
    staff: str
    pin: str
    till: str


@dataclass(frozen=True)
class People:
    """Two meetings that do not get into each other's way: the first costs points, the second nothing."""

    first: Meeting
    second: Meeting


ONA = ("staff@example.com", "2468", "Till 1")
DEMO = People(
    Meeting("silver@example.com", "Your Next Purchase", *ONA),
    Meeting("gold@example.com", "Earn €5 on signup", *ONA),
)
IMPORTED = People(
    Meeting("agne@millpond.example", "paperback", "rasa@millpond.example", "0417", "Front desk"),
    Meeting("bruno@millpond.example", "Reading night", "giedre@millpond.example", "7719", "Barn door"),
)


@dataclass(frozen=True)
class Stage:
    """A served club, and the ways behind its scenes that a journey needs."""

    url: str
    app: Flask
    engine: Engine
    people: People

    def link(self, email: str, face: Face) -> str:
        """A one-use sign-in link, as the command line prints it."""
        now = datetime.now(UTC)
        with Session(self.engine) as session:
            account = accounts.by_email(session, email)
            assert account is not None, email
            token = links.make(session, account.id, face, now=now, entropy=keys.CHANCE.entropy)
            session.commit()
        return f"{self.url}/sign-in/link/{token}"

    def enter(self, page: Page, email: str, face: Face) -> None:
        """Sign in by such a link."""
        page.goto(self.link(email, face))
        page.get_by_role("button", name="Sign in").click()

    def code(self, *, claimed_at: datetime | None = None, elsewhere: bool = False, **terms: Any) -> str:
        """The code of a claim made behind the scenes, under an offer of its own."""
        keyring, now = self.app.extensions["keyring"], claimed_at or datetime.now(UTC)
        with Session(self.engine, expire_on_commit=False) as session:
            member, offer = build.a_member(session), build.an_offer(session, "Cinnamon bun", **terms)
            if elsewhere:
                offers.set_stores(session, offer, [build.a_store(session, "Far Island").id])
            asked = Asked(member.id, offer.id, f"key-{offer.id}")
            reference = claiming.claim_offer(session, keyring, asked, now=now, chance=keys.CHANCE)
            claim = claims.find(session, member.id, reference)
            assert claim is not None
            code = codes.shown(session, keyring, claim.id, reference)
            session.commit()
        return code

    def held(self, email: str, **terms: Any) -> str:
        """The reference of a claim of that member's, under an offer of its own."""
        keyring, now = self.app.extensions["keyring"], datetime.now(UTC)
        with Session(self.engine, expire_on_commit=False) as session:
            member_id = finding.by_mail_or_card(session, email)
            assert member_id is not None, email
            offer = build.an_offer(session, "Cinnamon bun", **terms)
            asked = Asked(member_id, offer.id, f"key-{offer.id}")
            reference = claiming.claim_offer(session, keyring, asked, now=now, chance=keys.CHANCE)
            session.commit()
        return reference

    def extension(self, reference: str) -> str:
        """The token that gives that claim more time once."""
        with Session(self.engine) as session:
            claim = acts.under_locks(session, reference)
            now = datetime.now(UTC)
            token = extending.make_link(session, claim, now=now, entropy=keys.CHANCE.entropy)
            session.commit()
        return token

    def stand_at_the_till(self, page: Page, meeting: Meeting) -> None:
        """Sign a device in, choose the till, say who acts."""
        self.enter(page, meeting.staff, Face.STAFF)
        page.goto(f"{self.url}/counter")
        page.get_by_role("button", name=meeting.till).first.click()
        page.get_by_label("PIN").fill(meeting.pin)
        page.keyboard.press("Enter")
        expect(page.locator("[data-code-box]")).to_be_visible()


@contextmanager
def served(folder: Path, people: People) -> Iterator[Stage]:
    """Fill a database, serve it on a free port of this machine, and stop again."""
    settings = Settings(
        mode=Mode.DEMO,
        database_url=f"sqlite:///{folder}/portal.db",
        keys_file=folder / "keys" / "portal.keys",
        password_cost="low",
        sqlite_synchronous="NORMAL",
        club_name="Millpond Club" if people is IMPORTED else "Harbour Lane Club",
    )
    _fill(folder, settings, people)
    app = create_app(settings)
    canary.learn(settings.database_url, app.extensions["keyring"])
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    engine = db.make_engine(settings.database_url, sqlite_synchronous="NORMAL")
    yield Stage(f"http://127.0.0.1:{server.server_port}", app, engine, people)
    server.shutdown()
    thread.join()
    engine.dispose()


def watch(page: Page, complaints: list[str]) -> None:
    """Note every error that the browser reports, but the two answers that are no faults."""

    def note(message: ConsoleMessage) -> None:
        if message.type == "error" and not any(words in message.text for words in ALLOWED):
            complaints.append(message.text)

    leftovers.note(page)
    page.on("console", note)
    page.on("pageerror", lambda error: complaints.append(str(error)))


def _fill(folder: Path, settings: Settings, people: People) -> None:
    named = {
        "DATABASE_URL": settings.database_url,
        "PORTAL_KEYS_FILE": str(settings.keys_path),
        "PORTAL_CLUB_NAME": settings.club_name,
        "PORTAL_PASSWORD_COST": "low",
        "PORTAL_MODE": "demo",
    }
    if people is DEMO:
        command.portal("demo", "--no-serve", folder=folder, **named)
        return
    migrating.upgrade(settings.database_url)
    for noun in SAMPLES:
        file = str(ROOT / "docs" / "samples" / f"{noun}.csv")
        command.portal("import", noun, file, folder=folder, **named)
