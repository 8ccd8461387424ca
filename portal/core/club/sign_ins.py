"""Sign-ins are rows: a cookie holds only a random token, and what ends the row ends the sign-in."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from sqlalchemy import ForeignKey, LargeBinary, ScalarSelect, select, update
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from portal.core.base import Base, Entropy, Id, Instant

MEMBER_LASTS = timedelta(days=180)
STAFF_LASTS = timedelta(days=90)
IDLE_LOCK = timedelta(minutes=15)


class Face(StrEnum):
    """Which of the two cookies a sign-in belongs to."""

    MEMBER = "member"
    STAFF = "staff"


class SignIn(Base):
    __tablename__ = "sign_ins"
    id: Mapped[Id]
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    face: Mapped[str]
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    till_id: Mapped[int | None] = mapped_column(ForeignKey("tills.id"))
    acting_account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    acting_since: Mapped[Instant | None]
    acted_at: Mapped[Instant | None]
    signed_in_at: Mapped[Instant]
    ends_at: Mapped[Instant]
    ended_at: Mapped[Instant | None]
    device: Mapped[str | None]


def hashed(token: str) -> bytes:
    """The form in which a token is kept: useless to whoever reads the table."""
    return sha256(token.encode()).digest()


def begin(
    session: Session, face: Face, account_id: int, *, now: datetime, entropy: Entropy, device: str | None
) -> str:
    """Sign a person in on one device; answers the token for the cookie, which is kept only as a hash."""
    token = entropy(32).hex()
    lasts = MEMBER_LASTS if face is Face.MEMBER else STAFF_LASTS
    session.add(
        SignIn(
            token_hash=hashed(token),
            face=face,
            account_id=account_id,
            signed_in_at=now,
            ends_at=now + lasts,
            device=device,
        )
    )
    session.flush()
    return token


def end(session: Session, face: Face, token: str, now: datetime) -> None:
    """End this sign-in; the other face's is left alone."""
    session.execute(
        update(SignIn)
        .where(SignIn.token_hash == hashed(token), SignIn.face == face, SignIn.ended_at.is_(None))
        .values(ended_at=now)
    )


def of_same_account(session: Session, sign_in_id: int, now: datetime) -> Sequence[SignIn]:
    """This sign-in and every other that holds for the same account at the same face, newest first."""
    same = SignIn.account_id == _account_of(sign_in_id), SignIn.face == _face_of(sign_in_id)
    holding = SignIn.ended_at.is_(None), SignIn.ends_at > now
    return session.scalars(select(SignIn).where(*same, *holding).order_by(SignIn.id.desc())).all()


def end_other(session: Session, sign_in_id: int, other_id: int, now: datetime) -> bool:
    """End one of the sign-ins beside this one; False where there is no such."""
    mine = SignIn.account_id == _account_of(sign_in_id), SignIn.face == _face_of(sign_in_id)
    ended = update(SignIn).where(SignIn.id == other_id, *mine, SignIn.ended_at.is_(None)).values(ended_at=now)
    return session.scalar(ended.returning(SignIn.id)) is not None


def stand_at(session: Session, sign_in_id: int, till_id: int) -> None:
    """Put the device at a till; whoever acted elsewhere must give the PIN again."""
    session.execute(
        update(SignIn)
        .where(SignIn.id == sign_in_id)
        .values(till_id=till_id, acting_account_id=None, acting_since=None, acted_at=None)
    )


def act_as(session: Session, sign_in_id: int, account_id: int, now: datetime) -> None:
    """From now on this person acts at the device's till."""
    session.execute(
        update(SignIn)
        .where(SignIn.id == sign_in_id)
        .values(acting_account_id=account_id, acting_since=now, acted_at=now)
    )


def still_acting(session: Session, sign_in_id: int, acted_at: datetime | None, now: datetime) -> None:
    """Push the idle lock out; written at most once a minute."""
    if acted_at is None or now - acted_at >= timedelta(minutes=1):
        session.execute(update(SignIn).where(SignIn.id == sign_in_id).values(acted_at=now))


def lock(session: Session, sign_in_id: int) -> None:
    """Ask for the PIN from now on."""
    session.execute(
        update(SignIn)
        .where(SignIn.id == sign_in_id)
        .values(acting_account_id=None, acting_since=None, acted_at=None)
    )


def _account_of(sign_in_id: int) -> ScalarSelect[int]:
    return select(_This.account_id).where(_This.id == sign_in_id).scalar_subquery()


def _face_of(sign_in_id: int) -> ScalarSelect[str]:
    return select(_This.face).where(_This.id == sign_in_id).scalar_subquery()


_This = aliased(SignIn)
