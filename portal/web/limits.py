"""How often somebody may try: counted in the database, so that processes and restarts share one count."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from hashlib import sha256
from ipaddress import IPv4Address, IPv6Address, ip_address
from math import ceil
from typing import cast

from flask import Flask, request
from flask.typing import ResponseReturnValue
from flask_limiter import Limiter
from limits import parse
from limits.storage import Storage
from sqlalchemy.orm import Session

from portal.core.club import accounts
from portal.core.records import limits
from portal.web import clock, db

View = Callable[[], ResponseReturnValue]

SIGN_IN = "10 per 5 minutes"
# Who joins from a poster shares the store's address with everybody else who stands there.
MAIL_ADDRESS = "60 per 5 minutes"
# Five tries at six digits for each mail: a hundred guesses a day at one account, of a million.
MAIL_ACCOUNT = "5 per 10 minutes;20 per day"
# Failed sign-ins and mails asked for, over the whole club: many addresses that each try a little.
CLUB = "1000 per 5 minutes"
PIN = parse("5 per 5 minutes")
# Six of a million digits are good at once: a guess a minute would take a member a third of a year.
PRESENCE = parse("10 per 10 minutes")


class Busy(RuntimeError):
    """A count was asked for inside the request's transaction: on SQLite it would wait for itself."""


class OurDatabase(Storage):
    """The counts, each in a short transaction of its own that is over before the request's begins."""

    STORAGE_SCHEME = ["portal"]  # noqa: RUF012 - the base class declares it so

    @property
    def base_exceptions(self) -> tuple[type[Exception], ...]:
        return db.UNREACHABLE

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        now = clock.now()
        with _own_transaction() as session:
            return limits.hit(session, key, amount=amount, ends_at=now + timedelta(seconds=expiry), now=now)

    def get(self, key: str) -> int:
        with _own_transaction() as session:
            return limits.tried(session, key, clock.now())[0]

    def get_expiry(self, key: str) -> float:
        with _own_transaction() as session:
            ends_at = limits.tried(session, key, clock.now())[1]
        return (ends_at or clock.now()).timestamp()

    def check(self) -> bool:
        with _own_transaction() as session:
            limits.tried(session, "", clock.now())
        return True

    def reset(self) -> int | None:
        raise NotImplementedError("counts end by themselves; `portal sweep` drops what is over")

    def clear(self, key: str) -> None:
        with _own_transaction() as session:
            limits.forget(session, key)


def address() -> str:
    """Where the request comes from; of IPv6 the network, for one person owns all of its addresses."""
    try:
        where = ip_address(request.remote_addr or "")
    except ValueError:
        return "unknown"
    if isinstance(where, IPv4Address):
        return str(where)
    return str(where.ipv4_mapped or f"{IPv6Address(int(where) >> 64 << 64)}/64")


_limiter = Limiter(key_func=address, storage_uri="portal://", strategy="fixed-window")
_per_address = _limiter.shared_limit(SIGN_IN, "sign-in-address", key_func=address, methods=["POST"])
_per_account = _limiter.shared_limit(
    SIGN_IN, "sign-in-account", key_func=lambda: _account(request.form.get("email", "")), methods=["POST"]
)
_WHOLE_CLUB = ("club", "sign-in-club")
# Looked at before a password or digits are, and counted by `failed` alone: a full hall may sign in at once.
_while_calm = _limiter.shared_limit(
    CLUB, _WHOLE_CLUB[1], key_func=lambda: _WHOLE_CLUB[0], methods=["POST"], deduct_when=lambda _answer: False
)
_asked_in_club = _limiter.shared_limit(
    CLUB, _WHOLE_CLUB[1], key_func=lambda: _WHOLE_CLUB[0], methods=["POST"]
)
_by_mail_from = _limiter.shared_limit(MAIL_ADDRESS, "mail-address", key_func=address, methods=["POST"])
_by_mail_to = _limiter.shared_limit(
    MAIL_ACCOUNT, "mail-account", key_func=lambda: _account(request.form.get("email", "")), methods=["POST"]
)


def install(app: Flask) -> None:
    """Count before the doors open."""
    app.config["RATELIMIT_HEADERS_ENABLED"] = False
    _limiter.init_app(app)


def sign_in(view: View) -> View:
    """Both sign-in forms share one count for an address, one for an account and the club's."""
    return cast(View, _while_calm(_per_address(_per_account(view))))


def mailed(view: View) -> View:
    """Asking for a mail: one count for where it is asked from, one for whom it goes to, and the club's."""
    return cast(View, _asked_in_club(_by_mail_from(_by_mail_to(view))))


def typed(view: View) -> View:
    """Typing what a mail said shares the count for an address, and the club's."""
    return cast(View, _while_calm(_by_mail_from(view)))


def failed(times: int = 1) -> None:
    """A sign-in failed: one more for the whole club. To be called when no transaction is open."""
    _limiter.limiter.hit(parse(CLUB), *_WHOLE_CLUB, cost=times)


def forget_sign_in(email: str) -> None:
    """The account has shown its password: its earlier slips no longer count."""
    _limiter.limiter.clear(parse(SIGN_IN), _account(email), "sign-in-account")


def try_pin(sign_in_id: int) -> bool:
    """Count one more PIN try of this device; False when it must wait. To be called before the view reads."""
    with _outside_the_request():
        return _limiter.limiter.hit(PIN, "pin", str(sign_in_id))


def pin_wait(sign_in_id: int) -> int:
    """For how many seconds the device must wait."""
    with _outside_the_request():
        return _seconds_until(_limiter.limiter.get_window_stats(PIN, "pin", str(sign_in_id)).reset_time)


def forget_pin(sign_in_id: int) -> None:
    """The PIN was right: begin again. To be called after the commit."""
    _limiter.limiter.clear(PIN, "pin", str(sign_in_id))


def try_presence(member_id: int) -> bool:
    """Count one more code of a store that this member types; False when they must wait.

    To be called before the view reads.
    """
    with _outside_the_request():
        return _limiter.limiter.hit(PRESENCE, "presence", str(member_id))


def wait() -> int:
    """After too many tries: for how many seconds this request's sender must wait."""
    spent = [held for held in _limiter.current_limits if held.breached]
    return max((_seconds_until(held.window.reset_time) for held in spent), default=1)


def _seconds_until(timestamp: float) -> int:
    return max(1, ceil(timestamp - clock.now().timestamp()))


def _account(email: str) -> str:
    """An account's name in the counts: not its address, and the same for one that does not exist."""
    return sha256(accounts.tidy_email(email).encode(errors="surrogatepass")).hexdigest()[:32]


@contextmanager
def _outside_the_request() -> Iterator[None]:
    """Leave the door's transaction, which has only read so far, and open it again afterwards."""
    db.session().rollback()
    yield
    db.begin_writing()


@contextmanager
def _own_transaction() -> Iterator[Session]:
    if db.session().in_transaction():
        raise Busy("count before the transaction opens")
    with Session(db.engine()) as session, session.begin():
        session.connection(execution_options={"sqlite_begin": "IMMEDIATE"})
        yield session
