"""The same key gives the same answer: a receipt is written in the transaction of the act it stands for."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session

from portal.core.base import Base, Id, Instant, insert_or_none
from portal.core.refusals import IdempotencyKeyReused


class Receipt(Base):
    __tablename__ = "receipts"
    __table_args__ = (UniqueConstraint("principal", "act", "key", name="uq_receipts_principal_act_key"),)
    id: Mapped[Id]
    principal: Mapped[str]
    act: Mapped[str]
    key: Mapped[str]
    about: Mapped[str]
    result: Mapped[str]
    written_at: Mapped[Instant]


@dataclass(frozen=True)
class Once:
    """Who asks (`principal`), for which act, under which key, about what."""

    principal: str
    act: str
    key: str
    about: str


_EARLIER = select(Receipt.about, Receipt.result)


def open_or_replay(session: Session, once: Once, *, result: str, now: datetime) -> str:
    """`result` when the key is new, else what the first use of the key gave. Waits for a rival in flight.

    Raises IdempotencyKeyReused when the key was used about something else.
    """
    values = {
        "principal": once.principal,
        "act": once.act,
        "key": once.key,
        "about": once.about,
        "result": result,
        "written_at": now,
    }
    if insert_or_none(session, Receipt, values, unique=["principal", "act", "key"]) is not None:
        return result
    known = earlier(session, once)
    assert known is not None
    return known


def earlier(session: Session, once: Once) -> str | None:
    """What the first use of the key gave, if it was used.

    Raises IdempotencyKeyReused when that was about something else.
    """
    row = session.execute(
        _EARLIER.where(Receipt.principal == once.principal, Receipt.act == once.act, Receipt.key == once.key)
    ).one_or_none()
    if row is not None and row.about != once.about:
        raise IdempotencyKeyReused
    return None if row is None else row.result
