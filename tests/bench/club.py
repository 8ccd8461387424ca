"""The club that is measured: offers of every common kind, members with claims, a device at a till."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy.orm import Session

from portal import migrating
from portal.core.claims.claims import Claim
from portal.core.club import sign_ins
from portal.core.club.accounts import Account
from portal.core.club.members import Member
from portal.core.club.sign_ins import Face
from portal.core.offers.offers import Status
from portal.web import db
from tests import build, crowds
from tests.bench.asking import Request
from tests.plumbing import clubs, databases
from tests.plumbing.clock import NOON, Clock

DAY = timedelta(days=1)
# What a shelf is made of, in turn: free, dear, in a tier, soon, scarce, in two stores, from some sum on.
TERMS: tuple[dict[str, Any], ...] = (
    {},
    {"points_cost": 150, "benefit_kind": "percentage", "benefit_value": 20},
    {"points_cost": 9000, "benefit_kind": "fixed_amount", "benefit_value": 500, "minimum_purchase": 2500},
    {"claim_from": NOON + 3 * DAY},
    {"stock": 12, "claim_to": NOON + 10 * DAY},
    {"claim_to": NOON + 40 * DAY, "combines": False, "per_member": 3},
    {"points_cost": 200, "stock": 5000, "claim_to": NOON + DAY},
)


@dataclass
class BenchClub:
    """The app, and who asks it for what."""

    app: Flask
    session: Session

    def __post_init__(self) -> None:
        self.app.extensions["keyring"] = build.KEYRING

    def furnish(self, offers: int) -> None:
        """A shelf of that many offers."""
        build.a_club(self.session)
        for number in range(offers):
            terms = {"claim_to": NOON + 60 * DAY, **TERMS[number % len(TERMS)]}
            build.an_offer(self.session, f"Offer number {number}", **terms)
        self.session.commit()

    def member(self, *, held: int = 1, used: int = 0) -> tuple[Member, dict[str, str]]:
        """A member who holds some codes and has used others, with the cookies of their browser."""
        member = build.a_member(self.session, points=1_000_000)
        account = Account(email=f"m{member.id}@example.com", name="Ada", opened_at=NOON)
        self.session.add(account)
        self.session.flush()
        member.account_id = account.id
        for _ in range(held):
            claim = self.claim(member)
        if used:
            crowds.of_claims(self.session, claim, used)
        return member, self.cookies(Face.MEMBER, account.id)

    def claim(self, member: Member, **terms: Any) -> Claim:
        """A code in the member's hands, of an offer that is on the shelf no more."""
        offer = build.an_offer(self.session, "Free coffee", **terms)
        made = build.claim(self.session, member, offer)
        offer.status = Status.ARCHIVED
        self.session.commit()
        return made

    def cookies(self, face: Face, account_id: int, till_id: int | None = None) -> dict[str, str]:
        """A browser that is signed in, with somebody at the till if one is named; forms need its third."""
        token = sign_ins.begin(self.session, face, account_id, now=NOON, entropy=os.urandom, device="bench")
        if till_id is not None:
            row = self.session.query(sign_ins.SignIn).filter_by(token_hash=sign_ins.hashed(token)).one()
            sign_ins.stand_at(self.session, row.id, till_id)
            sign_ins.act_as(self.session, row.id, account_id, NOON)
        self.session.commit()
        return {face.value: token}


class Browser:
    """One person's cookies and the token of their forms."""

    def __init__(self, app: Flask, cookies: dict[str, str]) -> None:
        client = app.test_client()
        found = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/sign-in").text)
        form = client.get_cookie("form")
        assert found is not None
        assert form is not None
        self._cookies, self._token = {**cookies, "form": form.value}, found[1]

    def opens(self, path: str) -> Request:
        """A page, in full."""
        return Request(path, cookies=self._cookies)

    def sends(self, path: str, **fields: str) -> Request:
        """A form, for its part of the page."""
        return Request(path, cookies=self._cookies, form={"csrf_token": self._token, **fields})


@contextmanager
def opened(kind: str, folder: Path, offers: int) -> Iterator[BenchClub]:
    """A club on a database of its own, with that many offers on its shelf."""
    folder.mkdir()
    with (
        databases.blank(kind, folder) as url,
        _migrated(url),
        clubs.opened(url, folder, Clock()) as app,
        Session(_engine(app), expire_on_commit=False) as session,
    ):
        club = BenchClub(app, session)
        club.furnish(offers)
        yield club


@contextmanager
def _migrated(url: str) -> Iterator[None]:
    migrating.upgrade(url)
    yield


def _engine(app: Flask) -> Any:
    with app.app_context():
        return db.engine()
