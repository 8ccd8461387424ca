"""Ada, a member with a browser of her own, and what the tests of this face do through it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from sqlalchemy import event
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from portal.core.claims.claims import Claim
from portal.core.club import sign_ins
from portal.core.club.accounts import Account
from portal.core.club.members import Member
from portal.core.club.sign_ins import Face
from portal.core.offers.offers import Offer, OfferStore, OfferText
from portal.core.reading import wallet
from portal.web import db
from tests import build
from tests.members import page
from tests.members.page import Part
from tests.plumbing.clock import Clock

HTMX = {"HX-Request": "true"}
TEXTS = {"short", "terms", "how_store", "how_online"}


@dataclass
class Ada:
    """The member, what she holds, and her browser."""

    app: Flask
    session: Session
    clock: Clock
    member: Member = field(init=False)
    answer: TestResponse = field(init=False)

    def join(self, points: int = 0, name: str = "Ada", **more: Any) -> "Ada":
        """Become a member who is signed in."""
        self.member = build.a_member(self.session, name, points=points, **more)
        account = Account(email=f"{name}@example.com", name=name, opened_at=self.clock())
        self.session.add(account)
        self.session.flush()
        self.member.account_id = account.id
        token = sign_ins.begin(
            self.session, Face.MEMBER, account.id, now=self.clock(), entropy=os.urandom, device=None
        )
        self.session.commit()
        self.client = self.app.test_client()
        self.client.set_cookie("member", token)
        return self

    def meets(self, title: str = "Free coffee", *, stores: tuple[str, ...] = (), **terms: Any) -> Offer:
        """An offer on her shelf, in its texts and stores too."""
        texts = {
            name: terms.pop(name) for name in ("short", "terms", "how_store", "how_online") if name in terms
        }
        offer = build.an_offer(self.session, title, all_stores=not stores, **terms)
        for store in stores:
            made = build.a_store(self.session, store)
            self.session.add(OfferStore(offer_id=offer.id, store_id=made.id))
        row = self.session.get_one(OfferText, (offer.id, "en"))
        for name, words in texts.items():
            setattr(row, name, words)
        self.session.commit()
        return offer

    def holds(self, offer: Offer) -> Claim:
        """A claim of hers, made by the deed."""
        claim = build.claim(self.session, self.member, offer, now=self.clock())
        self.session.commit()
        return claim

    def opens(self, path: str, *, htmx: bool = False) -> Part:
        """What she reads at that address; redirects are followed."""
        self.answer = self.client.get(path, headers=HTMX if htmx else {}, follow_redirects=not htmx)
        return page.read(self.answer.text)

    def presses(self, form: Part, *, htmx: bool = False, **changed: str | None) -> Part:
        """Send a form as it stands, or changed; None leaves a field out."""
        sent = {name: value for name, value in {**form.fields(), **changed}.items() if value is not None}
        if htmx and "csrf_token" not in sent:
            sent["csrf_token"] = ""
        self.answer = self.client.post(
            form.attributes["action"], data=sent, headers=HTMX if htmx else {}, follow_redirects=not htmx
        )
        return page.read(self.answer.text)

    @property
    def status(self) -> int:
        return self.answer.status_code

    def passes(self) -> int:
        """How many claims of hers stand."""
        self.session.expire_all()
        self.session.commit()
        return len(wallet.open_passes(self.session, self.member.id, self.clock()))

    @contextmanager
    def counting(self) -> Iterator[list[str]]:
        """The statements that her requests send meanwhile."""
        sent: list[str] = []

        def note(_c: Any, _k: Any, statement: str, *_more: Any) -> None:
            if not statement.startswith("BEGIN"):
                sent.append(statement)

        with self.app.app_context():
            engine = db.engine()
        event.listen(engine, "before_cursor_execute", note)
        yield sent
        event.remove(engine, "before_cursor_execute", note)
