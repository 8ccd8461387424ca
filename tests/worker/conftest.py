"""A member with an address, who holds a claim; the worker's mail goes to a server of our own."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from portal.core.claims.claims import Claim
from portal.core.club.accounts import Account
from portal.core.club.members import Member
from portal.core.records.outbox import Message
from tests import build
from tests.plumbing.clock import NOON, Clock


@pytest.fixture
def ada(app: Flask, session: Session) -> Iterator[Member]:
    """She can be written to."""
    app.extensions["keyring"] = build.KEYRING
    account = Account(email="ada@example.com", name="Ada", opened_at=NOON)
    session.add(account)
    session.flush()
    member = build.a_member(session, account_id=account.id)
    session.commit()
    yield member
    session.rollback()


@pytest.fixture
def claimed(ada: Member, session: Session, clock: Clock) -> Callable[..., Claim]:
    """Claims an offer for her."""

    def claim(title: str = "Free coffee", **terms: object) -> Claim:
        made = build.claim(session, ada, build.an_offer(session, title, **terms), now=clock())
        session.commit()
        return made

    return claim


@pytest.fixture
def outbox(session: Session) -> Callable[[], list[Message]]:
    """What is in the outbox, oldest first."""

    def read() -> list[Message]:
        session.rollback()
        session.expire_all()
        return session.query(Message).order_by(Message.id).all()

    return read
