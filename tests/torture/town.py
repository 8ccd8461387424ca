"""A small town that a real server serves by the real clock: Ada and her points, Ona at her till."""

import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from portal.core.club import sign_ins
from portal.core.club.accounts import Account, Role
from portal.core.club.sign_ins import Face
from portal.core.points import lots
from portal.signin import passwords
from portal.web import db, keys
from tests import build

PASSWORD, PIN, POINTS = "a lantern in the harbour", "2468", 500
PAID, ASKED, FREE = "paid", "asked", "free"


@dataclass(frozen=True)
class Town:
    """What a journey must know of it."""

    url: str
    till_id: int
    settings: dict[str, str]


def opened(url: str, folder: Path) -> Town:
    """Fill a migrated database, and put the keys beside it."""
    file = folder / "keys" / "portal.keys"
    keys.write(file, build.KEYRING)
    with db.alone(url) as session:
        till_id = _fill(session, datetime.now(UTC))
        session.commit()
    settings = {
        "DATABASE_URL": url,
        "PORTAL_KEYS_FILE": str(file),
        "PORTAL_PASSWORD_COST": "low",
        "PORTAL_THREADS": "4",
    }
    return Town(url, till_id, settings)


def members(url: str, count: int) -> list[tuple[int, str]]:
    """So many more members, each signed in: their ids and what their cookies hold."""
    now = datetime.now(UTC)
    with db.alone(url) as session:
        made = []
        for number in range(count):
            account = _account(session, f"rival{number}", now)
            member = build.a_member(session, account.name, account_id=account.id)
            token = sign_ins.begin(
                session, Face.MEMBER, account.id, now=now, entropy=os.urandom, device="tests"
            )
            made.append((member.id, token))
        session.commit()
    return made


def _fill(session: Session, now: datetime) -> int:
    build.a_club(session)
    ada = _account(session, "ada", now)
    member = build.a_member(session, "Ada", account_id=ada.id)
    lots.earn(session, member.id, POINTS, now=now - timedelta(days=1), expires_at=now + build.YEAR)
    build.an_offer(session, "Cinnamon bun", slug=PAID, points_cost=100, stock=5)
    build.an_offer(session, "Ten off", slug=ASKED, minimum_purchase=2500)
    build.an_offer(session, "Free coffee", slug=FREE, per_member=None)
    store = build.a_store(session)
    hashed = passwords.hash(PASSWORD, "low")
    build.staff_at(
        session,
        store,
        email="ona@example.com",
        password_hash=hashed,
        pin_lookup=build.KEYRING.pin_lookup(PIN),
    )
    return build.a_till(session, store).id


def _account(session: Session, name: str, now: datetime, role: Role | None = None) -> Account:
    made = Account(email=f"{name}@example.com", name=name.title(), role=role, opened_at=now)
    made.password_hash = passwords.hash(PASSWORD, "low")
    session.add(made)
    session.flush()
    return made
