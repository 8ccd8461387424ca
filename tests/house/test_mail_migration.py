"""Mail codes go down to the older form and up again: an account's stay, a newcomer's have no place there."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import migrating
from portal.core.club import joining
from portal.core.club.joining import Wish
from portal.core.club.links import MailCode
from portal.core.club.members import Member
from portal.web import db
from tests import build
from tests.plumbing.clock import NOON


def test_codes_of_accounts_survive_and_members_keep_their_reminders(blank_url):
    migrating.upgrade(blank_url)
    with db.alone(blank_url) as session:
        account = build.staff_at(session)
        build.a_member(session)
        session.add_all([a_code(account_id=account.id), a_code(joining_id=a_joining(session))])
        session.commit()
    migrating.downgrade(blank_url, "2026_11_21_9_joining")
    migrating.upgrade(blank_url)
    with db.alone(blank_url) as session:
        codes = session.execute(select(MailCode.account_id, MailCode.tries)).all()
        assert (codes, session.scalar(select(Member.reminders))) == ([(account.id, 0)], True)


def a_joining(session: Session) -> int:
    wish = Wish("b@example.com", "Bea", "en", terms_version="1", marketing=False, source="join")
    return joining.ask(session, wish, NOON)


def a_code(**whom: int) -> MailCode:
    face, ends_at = "member", NOON.replace(hour=10)
    return MailCode(
        face=face, token_hash=repr(whom).ljust(32).encode(), made_at=NOON, ends_at=ends_at, **whom
    )
