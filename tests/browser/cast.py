"""The demo town on a day that stands still: who is signed in where, and what each of them holds."""

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask, abort
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import update
from sqlalchemy.orm import Session

from portal.app import create_app
from portal.config import Mode, Settings
from portal.core.claims import claiming, claims, releases
from portal.core.claims.claiming import Asked
from portal.core.club import accounts, fields, members, profiles, sign_ins
from portal.core.club.accounts import Account
from portal.core.club.fields import Editor, FieldKind
from portal.core.club.members import Member
from portal.core.club.sign_ins import Face
from portal.core.codes import store as codes
from portal.core.offers import images, offers
from portal.core.redeeming.scans import Place
from portal.patterns import patterns
from portal.signin import passwords
from portal.town import people, town
from portal.web import db, keys, pictures
from portal.web.keys import CHANCE
from tests import build
from tests.browser import holding_cast, scans_cast
from tests.plumbing import databases, visitor
from tests.plumbing.clock import NOON, Clock

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@dataclass
class Cast:
    """`clients` are browsers by who sits before them; `places` are what stands in the addresses of pages."""

    app: Flask
    session: Session
    clock: Clock
    clients: dict[str, FlaskClient] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    place: dict[str, Place] = field(default_factory=dict)

    def gather(self) -> None:
        """Sign everybody in and let everything happen that the pages show."""
        self.clients["guest"] = self.app.test_client()
        for name in people.MEMBERS:
            self.enters(name, Face.MEMBER, self.account(f"{name}@example.com"))
        self.enters("keeper", Face.MEMBER, self.account("silver@example.com"))
        for name, banned in (("banned", NOON + 30 * DAY), ("newcomer", None)):
            self._joins(name, banned)
        self._ask_about_members()
        self._hang_a_picture()
        self._fill_the_wallets()
        holding_cast.hold(self)
        scans_cast.man_the_counter(self)
        self.session.commit()
        scans_cast.scan(self)
        self.session.commit()

    def code(self, title: str = "Cinnamon bun", at: datetime = NOON, **terms: Any) -> str:
        """A fresh code of a member of its own."""
        offer = build.an_offer(self.session, title, **terms)
        claim = self.claim(build.a_member(self.session, "Jonas"), offer.id, at)
        return codes.shown(self.session, self.keyring, claim.id, claim.reference)

    @property
    def keyring(self) -> Any:
        return self.app.extensions["keyring"]

    def account(self, email: str) -> Account:
        account = accounts.by_email(self.session, email)
        assert account is not None, email
        return account

    def enters(self, name: str, face: Face, account: Account, till: int | None = None) -> int:
        token = sign_ins.begin(
            self.session, face, account.id, now=NOON - MINUTE, entropy=os.urandom, device="Firefox"
        )
        row = self.session.query(sign_ins.SignIn).filter_by(token_hash=sign_ins.hashed(token)).one()
        if till is not None:
            sign_ins.stand_at(self.session, row.id, till)
        self.clients[name] = self.app.test_client()
        self.clients[name].set_cookie(face.value, token)
        return row.id

    def _joins(self, name: str, banned: datetime | None) -> None:
        account = Account(email=f"{name}@example.com", name=name.title(), opened_at=NOON)
        self.session.add(account)
        self.session.flush()
        build.a_member(self.session, name.title(), account_id=account.id, banned_until=banned)
        self.enters(name, Face.MEMBER, account)

    def _ask_about_members(self) -> None:
        asked = [("town", "Town", FieldKind.TEXT, ()), ("walk", "Walk in kilometres", FieldKind.NUMBER, ())]
        asked += [("diet", "What you eat", FieldKind.CHOICE, ("Anything", "No meat"))]  # type: ignore[list-item]
        asked += [("walks", "I come on foot", FieldKind.BOOLEAN, ())]
        for key, label, kind, options in asked:
            fields.declare(self.session, key, label, kind, purpose="So that offers fit.", options=options)
        fields.declare(
            self.session, "since", "Member since", FieldKind.TEXT, purpose="Kept by us.", editor=Editor.STAFF
        )
        profiles.tell(self.session, self.member("silver").id, {"since": "Spring"}, by=Editor.STAFF)

    def member(self, name: str) -> Member:
        member = members.of_account(self.session, self.account(f"{name}@example.com").id)
        assert member is not None
        return member

    def claim(self, member: Member, offer_id: int, at: datetime = NOON) -> claims.Claim:
        asked = Asked(member.id, offer_id, f"key-{member.id}-{offer_id}-{at}")
        reference = claiming.claim_offer(self.session, self.keyring, asked, now=at, chance=CHANCE)
        claim = claims.find(self.session, member.id, reference)
        assert claim is not None
        return claim

    def _hang_a_picture(self) -> None:
        offer, file = offers.by_slug(self.session, "museum-evening"), io.BytesIO()
        assert offer is not None
        Image.new("RGB", (1200, 800), "teal").save(file, "PNG")
        images.show(self.session, offer, pictures.rewritten(file.getvalue()), now=NOON, by=None)

    def _fill_the_wallets(self) -> None:
        silver = self.member("silver")
        for place, slug in (("ready", "10offdemo"), ("back", "signup-five")):
            offer_id = offers.id_of(self.session, slug)
            assert offer_id is not None
            self.places[place] = self.claim(silver, offer_id).reference
        releases.give_back(self.session, silver.id, self.places["back"], now=NOON)
        ends: dict[str, dict[str, Any]] = {
            "last": {"use_to": NOON + 30 * MINUTE, "benefit_kind": "percentage", "benefit_value": 20},
            "later": {"use_from": NOON + 2 * DAY},
            "today": {"use_to": NOON + timedelta(hours=9)},
        }
        for place, terms in ends.items():
            offer = build.an_offer(self.session, f"Free coffee, {place}", valid_days=None, **terms)
            self.places[place] = self.claim(silver, offer.id).reference
        told = {"fruit-and-vegetables": "tomorrow", "free-coffee": "used", "two-scoops": "expired"}
        for name, wanted in (("silver", told), ("gold", {"infinity-mall-parking": "part"})):
            self._find(self.member(name), wanted)

    def _find(self, member: Member, wanted: dict[str, str]) -> None:
        slugs = {offers.id_of(self.session, slug): place for slug, place in wanted.items()}
        for claim in self.session.query(claims.Claim).filter_by(member_id=member.id):
            if claim.offer_id in slugs:
                self.places[slugs[claim.offer_id]] = claim.reference


@contextmanager
def gathered(folder: Path, language: str = "en") -> Iterator[Cast]:
    """The town in a database of its own, with a route that fails on purpose, read in that language."""
    settings = Settings(
        mode=Mode.DEMO,
        database_url=databases.migrated("sqlite", folder),
        keys_file=folder / "portal.keys",
        sqlite_synchronous="NORMAL",
        password_cost="low",
        club_name=people.CLUB,
    )
    keyring = keys.make(settings.keys_path)
    engine = db.make_engine(settings.database_url, sqlite_synchronous="NORMAL")
    with Session(engine, expire_on_commit=False) as session:
        town.load(session, keyring, NOON, lambda password: passwords.hash(password, settings.password_cost))
        session.commit()
        clock = Clock()
        app = create_app(settings, clock=clock)
        app.config["WTF_CSRF_ENABLED"] = False
        app.register_blueprint(patterns.bp)
        app.add_url_rule("/broken/<int:status>", "broken", lambda status: abort(status))
        app.test_client_class = visitor.asking_for(language)
        session.execute(update(Member).values(language=language))
        cast = Cast(app, session, clock)
        cast.gather()
        session.execute(update(Member).values(language=language))
        session.commit()
        yield cast
    engine.dispose()
