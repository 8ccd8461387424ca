"""Ada is a member, Ona works at a store, and both know their passwords."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from portal.core import schema
from portal.core.club.accounts import Account, Role
from portal.core.club.sign_ins import SignIn
from portal.signin import passwords
from tests import build
from tests.plumbing.clock import NOON
from tests.plumbing.visitor import Visitor

PASSWORD = "a lantern in the harbour"


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    return Visitor(app)


@pytest.fixture
def account(session: Session) -> Callable[..., Account]:
    """Opens an account, of a member if so said, with the password that everybody has here."""

    def opened(name: str, *, role: Role | None = None, member: bool = False) -> Account:
        made = Account(email=f"{name.lower()}@example.com", name=name, role=role, opened_at=NOON)
        made.password_hash = passwords.hash(PASSWORD, "low")
        session.add(made)
        session.flush()
        if member:
            build.a_member(session, name, account_id=made.id)
        session.commit()
        return made

    return opened


@pytest.fixture
def ada(account: Callable[..., Account]) -> Account:
    """A member without a job."""
    return account("Ada", member=True)


@pytest.fixture
def ona(account: Callable[..., Account]) -> Account:
    """Staff who is no member."""
    return account("Ona", role=Role.STAFF)


@pytest.fixture
def rows(session: Session) -> Callable[[], list[SignIn]]:
    """The sign-ins as they stand, oldest first."""

    def read() -> list[SignIn]:
        session.rollback()
        session.expire_all()
        found = session.query(SignIn).order_by(SignIn.id).all()
        session.rollback()
        return found

    return read


@pytest.fixture
def everything(session: Session) -> Callable[[], str]:
    """Each value of each table, written out."""

    def read() -> str:
        session.rollback()
        tables = schema.metadata.sorted_tables
        return "\n".join(repr(row) for table in tables for row in session.execute(table.select()))

    return read
