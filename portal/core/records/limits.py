"""How often something was tried lately: one row per key and window, shared by every process."""

from datetime import datetime

from sqlalchemy import case, delete, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.core.base import Base, Instant


class Limit(Base):
    __tablename__ = "limits"
    key: Mapped[str] = mapped_column(primary_key=True)
    tries: Mapped[int]
    ends_at: Mapped[Instant] = mapped_column(index=True)


def hit(session: Session, key: str, *, amount: int, ends_at: datetime, now: datetime) -> int:
    """Count `amount` more in the running window, or begin a new one; answers the count so far."""
    insert = sqlite_insert if session.get_bind().dialect.name == "sqlite" else postgresql_insert
    fresh = insert(Limit).values(key=key, tries=amount, ends_at=ends_at)
    over = Limit.ends_at <= now
    counted = fresh.on_conflict_do_update(
        index_elements=["key"],
        set_={
            "tries": case((over, amount), else_=Limit.tries + amount),
            "ends_at": case((over, ends_at), else_=Limit.ends_at),
        },
    ).returning(Limit.tries)
    return session.execute(counted).scalar_one()


def tried(session: Session, key: str, now: datetime) -> tuple[int, datetime | None]:
    """How often in the running window, and when that ends."""
    row = session.execute(
        select(Limit.tries, Limit.ends_at).where(Limit.key == key, Limit.ends_at > now)
    ).one_or_none()
    return (0, None) if row is None else (row.tries, row.ends_at)


def forget(session: Session, key: str) -> None:
    """Begin again with this key."""
    session.execute(delete(Limit).where(Limit.key == key))


def sweep(session: Session, now: datetime) -> None:
    """Drop the windows that are over."""
    session.execute(delete(Limit).where(Limit.ends_at <= now))
