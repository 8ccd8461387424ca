"""One-use sign-in links, printed or mailed: kept only as a hash, good once and not for long."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, LargeBinary, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.core.base import Base, Entropy, Id, Instant
from portal.core.club.sign_ins import Face, hashed

LINK_LASTS = timedelta(hours=24)


class MailCode(Base):
    """A way in for an account, or for somebody who is joining. `seed` and `tries` belong to a mailed one."""

    __tablename__ = "mail_codes"
    __table_args__ = (CheckConstraint("(account_id IS NULL) <> (joining_id IS NULL)", name="one_purpose"),)
    id: Mapped[Id]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    joining_id: Mapped[int | None] = mapped_column(ForeignKey("joinings.id"), index=True)
    face: Mapped[str]
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    made_at: Mapped[Instant]
    ends_at: Mapped[Instant]
    used_at: Mapped[Instant | None]
    seed: Mapped[str | None]
    key_version: Mapped[int | None]
    browser_hash: Mapped[bytes | None] = mapped_column(LargeBinary(32), index=True)
    tries: Mapped[int] = mapped_column(default=0)


@dataclass(frozen=True)
class WayIn:
    """What a link or the digits open: an account's face, or what somebody has asked for in order to join."""

    id: int
    face: Face
    account_id: int | None
    joining_id: int | None


def make(session: Session, account_id: int, face: Face, *, now: datetime, entropy: Entropy) -> str:
    """A token that signs this account in once, on that face, within a day."""
    token = entropy(32).hex()
    session.add(
        MailCode(
            account_id=account_id, face=face, token_hash=hashed(token), made_at=now, ends_at=now + LINK_LASTS
        )
    )
    session.flush()
    return token


def find(session: Session, token: str, now: datetime) -> WayIn | None:
    """What the link would open now; looking does not use it up."""
    row = session.execute(select(*_WAY_IN).where(*_good(token, now))).one_or_none()
    return None if row is None else way_in(*row)


def use(session: Session, token: str, now: datetime) -> WayIn | None:
    """Use the link up: what it opens, or None if it is spent, late or made up."""
    row = session.execute(
        update(MailCode).where(*_good(token, now)).values(used_at=now).returning(*_WAY_IN)
    ).one_or_none()
    return None if row is None else way_in(*row)


def way_in(number: int, face: str, account_id: int | None, joining_id: int | None) -> WayIn:
    """A row of these four columns, as a value."""
    return WayIn(number, Face(face), account_id, joining_id)


def _good(token: str, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (MailCode.token_hash == hashed(token), MailCode.used_at.is_(None), MailCode.ends_at > now)


_WAY_IN = (MailCode.id, MailCode.face, MailCode.account_id, MailCode.joining_id)
