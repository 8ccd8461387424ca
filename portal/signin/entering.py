"""Signing somebody in: the password is looked at between two transactions, never inside one."""

from dataclasses import dataclass

from flask import Response, current_app, make_response, redirect, request

from portal.config import Settings
from portal.core.club import accounts, members, sign_ins
from portal.core.club.accounts import Account
from portal.core.club.sign_ins import MEMBER_LASTS, STAFF_LASTS, Face
from portal.core.records import journal
from portal.signin import passwords
from portal.web import clock, db, doors, keeping, keys, security

_LASTS = {Face.MEMBER: MEMBER_LASTS, Face.STAFF: STAFF_LASTS}
_NO_ACCOUNT = 0


@dataclass(frozen=True)
class Known:
    """An account as the front step knows it."""

    account_id: int
    password_hash: str | None
    is_member: bool
    is_staff: bool

    def may_enter(self, face: Face) -> bool:
        """Whether there is anything for this account behind that door."""
        return self.is_member if face is Face.MEMBER else self.is_staff


def prove(email: str, password: str) -> Known | None:
    """Whose address and password these are; a wrong password and an unknown address take equally long."""
    known = _by_email(email)
    cost = _cost()
    if not passwords.verify(known.password_hash if known else None, password, cost) or known is None:
        return None
    if known.password_hash and passwords.needs_rehash(known.password_hash, cost):
        _keep_anew(known.account_id, passwords.hash(password, cost))
    return known


def by_account(account_id: int) -> Known | None:
    """The account, if it is open."""
    account = db.session().get(Account, account_id)
    return None if account is None or account.closed_at else _known(account)


def begin(face: Face, account_id: int, *, by: str) -> str:
    """Sign in; whatever this browser's cookie held before is over. The caller commits."""
    session, now = db.session(), clock.now()
    if earlier := request.cookies.get(doors.cookie_name(face)):
        sign_ins.end(session, face, earlier, now)
    device = (request.user_agent.string or "")[:200] or None
    token = sign_ins.begin(session, face, account_id, now=now, entropy=keys.CHANCE.entropy, device=device)
    if face is Face.STAFF:
        subject = f"account:{account_id}"
        journal.add(session, "signed_in", subject, now=now, account_id=account_id, facts={"by": by})
    return token


def end(face: Face) -> None:
    """End the sign-in that this browser's cookie holds. The caller commits."""
    if token := request.cookies.get(doors.cookie_name(face)):
        sign_ins.end(db.session(), face, token, clock.now())


def let_in(face: Face, token: str, location: str) -> Response:
    """On to the page, with the cookie."""
    answer = make_response(redirect(location, 303))
    answer.set_cookie(doors.cookie_name(face), token, _LASTS[face], **security.cookie())
    return answer


def see_out(face: Face, location: str) -> Response:
    """Without the cookie, and with nothing left behind in the browser."""
    answer = make_response(redirect(location, 303))
    answer.delete_cookie(doors.cookie_name(face), **security.cookie())
    keeping.turn_off(answer)
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


def _by_email(email: str) -> Known | None:
    """Read, and end the transaction: what follows takes long."""
    account = accounts.by_email(db.session(), email)
    known = None if account is None else _known(account)
    db.session().rollback()
    return known


def _known(account: Account) -> Known:
    is_member = members.of_account(db.session(), account.id) is not None
    return Known(account.id, account.password_hash, is_member, account.role is not None)


def _keep_anew(account_id: int, password_hash: str) -> None:
    db.begin_writing()
    account = db.session().get(Account, account_id)
    if account is not None:
        account.password_hash = password_hash
    db.session().commit()


def _cost() -> str:
    settings: Settings = current_app.config["PORTAL"]
    return settings.password_cost
