"""One-use sign-in links: made by the command line today, kept only as a hash, good once and not for long."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, ForeignKey, LargeBinary, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.core.base import Base, Entropy, Id, Instant
from portal.core.club.sign_ins import Face, hashed

LINK_LASTS = timedelta(hours=24)


class MailCode(Base):
    __tablename__ = "mail_codes"
    id: Mapped[Id]
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    face: Mapped[str]
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    made_at: Mapped[Instant]
    ends_at: Mapped[Instant]
    used_at: Mapped[Instant | None]


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


def is_good(session: Session, token: str, now: datetime) -> bool:
    """Whether the link would still work; looking does not use it up."""
    return session.scalar(select(MailCode.id).where(*_good(token, now))) is not None


def use(session: Session, token: str, now: datetime) -> tuple[int, Face] | None:
    """Use the link up: whose account and which face, or None if it is spent, late or made up."""
    row = session.execute(
        update(MailCode)
        .where(*_good(token, now))
        .values(used_at=now)
        .returning(MailCode.account_id, MailCode.face)
    ).one_or_none()
    return None if row is None else (row.account_id, Face(row.face))


def _good(token: str, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (MailCode.token_hash == hashed(token), MailCode.used_at.is_(None), MailCode.ends_at > now)
