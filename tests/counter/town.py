"""A town for the counter's tests: who works where, who holds what, and the device at the till."""

import os
import secrets
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from sqlalchemy.orm import Session

from portal.core.claims.claims import Claim
from portal.core.club import sign_ins
from portal.core.club.accounts import Account, Role
from portal.core.club.sign_ins import Face
from portal.core.club.stores import Store, Till
from portal.core.codes import alphabet
from portal.core.offers.offers import OfferStore
from portal.core.records import journal
from portal.core.redeeming import guesses
from tests import build
from tests.counter.page import Page
from tests.plumbing.clock import Clock

PIN = "2468"


@dataclass
class Town:
    """Everything that a test of the counter names."""

    app: Flask
    session: Session
    clock: Clock
    page: Page = field(init=False)
    store: Store = field(init=False)
    till: Till = field(init=False)
    ona: Account = field(init=False)

    def open(self) -> None:
        build.a_club(self.session)
        self.store = build.a_store(self.session, "Pier Café")
        self.till = build.a_till(self.session, self.store, "Till 1")
        self.ona = self.staff("Ona", PIN, self.store)
        self.page = self.device(self.ona, self.till)

    def staff(self, name: str, pin: str, *stores: Store, role: Role = Role.STAFF) -> Account:
        lookup = build.KEYRING.pin_lookup(pin)
        return build.staff_at(self.session, *stores, name=name, role=role, pin_lookup=lookup)

    def device(self, account: Account, till: Till | None = None, *, locked: bool = False) -> Page:
        """A signed-in device, at a till with that person acting if one is named."""
        now = self.clock()
        token = sign_ins.begin(
            self.session, Face.STAFF, account.id, now=now, entropy=os.urandom, device="tests"
        )
        row = self.session.query(sign_ins.SignIn).filter_by(token_hash=sign_ins.hashed(token)).one()
        if till is not None:
            sign_ins.stand_at(self.session, row.id, till.id)
            if not locked:
                sign_ins.act_as(self.session, row.id, account.id, now)
        self.session.commit()
        return Page(self.app, {"staff": token})

    def code(self, title: str = "Free coffee", **terms: Any) -> str:
        """A member's fresh code for an offer like that."""
        code = build.code_of(self.session, self.claim(title, **terms))
        self.session.commit()  # else this session looks at yesterday's snapshot
        return code

    def claim(self, title: str = "Free coffee", **terms: Any) -> Claim:
        stores = terms.pop("stores", ())
        offer = build.an_offer(self.session, title, all_stores=not stores, **terms)
        self.session.add_all(OfferStore(offer_id=offer.id, store_id=store.id) for store in stores)
        self.session.flush()
        claim = build.claim(self.session, build.a_member(self.session), offer, now=self.clock())
        self.session.commit()
        return claim

    def unknown_code(self) -> str:
        """Well made, and nobody's."""
        return alphabet.mint(secrets.choice)

    def raise_alarm(self) -> None:
        """More codes were guessed than the club's live codes allow."""
        journal.add(self.session, guesses.ALARM, "club", now=self.clock(), facts={})
        self.session.commit()

    def again(self) -> Page:
        """Ona gives her PIN anew: time has passed."""
        self.page = self.device(self.ona, self.till)
        return self.page

    @property
    def bench(self) -> str:
        return f"/counter/{self.till.id}"
