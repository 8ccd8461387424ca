"""The codes of the pools: found by a keyed hash, shown from a seal, each drawn once and never put back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    ForeignKey,
    Index,
    LargeBinary,
    SmallInteger,
    Update,
    bindparam,
    case,
    or_,
    select,
    type_coerce,
    update,
)
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from portal.core import base
from portal.core.base import Base, Chance, Id, Instant
from portal.core.codes.keyring import Keyring
from portal.core.refusals import CodePoolEmpty

PLACES = 1_000_000


class PoolCode(Base):
    """One code of a pool. `place` is chance: a draw begins anywhere and walks over little drawn before."""

    __tablename__ = "pool_codes"
    id: Mapped[Id]
    pool_id: Mapped[int] = mapped_column(ForeignKey("pools.id"), index=True)
    place: Mapped[int]
    # Unique over all pools: a till could not tell the same code of two apart.
    lookup: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    key_version: Mapped[int] = mapped_column(SmallInteger)
    added_at: Mapped[Instant]
    claim_id: Mapped[int | None] = mapped_column(ForeignKey("claims.id"), unique=True)
    drawn_at: Mapped[Instant | None]


_is_free = PoolCode.claim_id.is_(None)
Index(
    "ix_pool_codes_free", PoolCode.pool_id, PoolCode.place, sqlite_where=_is_free, postgresql_where=_is_free
)


@dataclass(frozen=True)
class Bare:
    """A partner's code as it was written, and as it is compared."""

    text: str
    normal: str


_Free = aliased(PoolCode)


def _draw(here: ColumnElement[bool]) -> Update:
    # An old snapshot keeps the index entries of drawn codes alive: from a fixed start each draw would walk
    # over all of them. Rivals do not wait for one another: what one has locked, the next passes by.
    free = (
        select(_Free.id)
        .where(_Free.pool_id == bindparam("of_pool"), _Free.claim_id.is_(None), here)
        .order_by(_Free.place)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    return (
        update(PoolCode)
        .where(PoolCode.id == free.scalar_subquery(), _is_free)
        .values(claim_id=bindparam("for_claim"), drawn_at=bindparam("at", type_=PoolCode.drawn_at.type))
        .returning(PoolCode.id)
        .execution_options(synchronize_session=False)
    )


# From a place that chance chooses to the end; only when nothing is there, from the beginning to that place.
DRAWS = (_draw(_Free.place >= bindparam("start")), _draw(_Free.place < bindparam("start")))
_OF_CLAIM = select(PoolCode.sealed, PoolCode.lookup).where(PoolCode.claim_id == bindparam("of_claim"))
_HELD = select(PoolCode.claim_id).where(
    PoolCode.pool_id.in_(bindparam("pools", expanding=True)),
    PoolCode.lookup.in_(bindparam("lookups", expanding=True)),
    PoolCode.claim_id.is_not(None),
)
_KNOWN = select(PoolCode.lookup, PoolCode.pool_id).where(
    PoolCode.lookup.in_(bindparam("lookups", expanding=True))
)


def left_in(pool_id: ColumnElement[Any]) -> ColumnElement[Any]:
    """For a statement that asks: whether the pool of this column has a code left, None where it names none.

    `pool_from` is where the look begins, see `somewhere`.
    """
    start = bindparam("pool_from", type_=PoolCode.place.type)
    some = select(_Free.id).where(_Free.pool_id == pool_id, _Free.claim_id.is_(None))
    some_left = or_(some.where(_Free.place >= start).exists(), some.where(_Free.place < start).exists())
    return type_coerce(case((pool_id.is_(None), None), else_=some_left), Boolean)


def somewhere(now: datetime) -> int:
    """A place to begin a look that takes nothing; another one each time."""
    return now.microsecond


def draw(session: Session, pool_id: int | None, claim_id: int, *, now: datetime, chance: Chance) -> None:
    """Give this claim a code of its pool, if it has one, that nobody had; raises CodePoolEmpty."""
    if pool_id is None:
        return
    start = int.from_bytes(chance.entropy(8)) % PLACES
    asked = {"of_pool": pool_id, "for_claim": claim_id, "start": start, "at": now}
    for taking in DRAWS:
        if session.execute(taking, asked).one_or_none() is not None:
            return
    raise CodePoolEmpty


def shown(session: Session, keyring: Keyring, claim_id: int) -> str | None:
    """The partner's code of a claim, as the partner wrote it; None where it has none."""
    row = session.execute(_OF_CLAIM, {"of_claim": claim_id}).one_or_none()
    return None if row is None else keyring.open(row.sealed, _binding(row.lookup))


def claim_id_of(session: Session, keyring: Keyring, normal_by_pool: dict[int, str]) -> int | None:
    """The claim that holds this code of one of these pools; a code still free belongs to nobody."""
    lookups = {lookup for normal in normal_by_pool.values() for lookup in keyring.lookups(normal)}
    asked = {"pools": list(normal_by_pool), "lookups": list(lookups)}
    return session.scalar(_HELD.limit(1), asked) if normal_by_pool else None


def pools_of(session: Session, keyring: Keyring, normals: Sequence[str]) -> dict[str, int]:
    """In which pool each of these codes is already; one in none is left out."""
    by_lookup = {lookup: normal for normal in normals for lookup in keyring.lookups(normal)}
    found = session.execute(_KNOWN, {"lookups": list(by_lookup)}) if by_lookup else ()
    return {by_lookup[row.lookup]: row.pool_id for row in found}


def add(
    session: Session, keyring: Keyring, pool_id: int, codes: Sequence[Bare], *, now: datetime, chance: Chance
) -> None:
    """Put codes that no pool has into this one."""
    base.insert_many(session, PoolCode, [_row(keyring, pool_id, code, now, chance) for code in codes])


def hand(
    session: Session,
    keyring: Keyring,
    pool_id: int,
    code: Bare,
    claim_id: int,
    *,
    now: datetime,
    chance: Chance,
) -> None:
    """Put a code that was made for one claim into the pool, as that claim's."""
    row = _row(keyring, pool_id, code, now, chance) | {"claim_id": claim_id, "drawn_at": now}
    base.insert_many(session, PoolCode, [row])


def opens(keyring: Keyring, lookup: bytes, sealed: bytes) -> bool:
    """Whether a seal opens for the row it stands in; raises SealBroken where it does not."""
    return bool(keyring.open(sealed, _binding(lookup)))


def _row(keyring: Keyring, pool_id: int, code: Bare, now: datetime, chance: Chance) -> dict[str, object]:
    lookup = keyring.lookup(code.normal)
    return {
        "pool_id": pool_id,
        "place": int.from_bytes(chance.entropy(8)) % PLACES,
        "lookup": lookup,
        "sealed": keyring.seal(code.text, _binding(lookup), chance.entropy),
        "key_version": keyring.current,
        "added_at": now,
    }


def _binding(lookup: bytes) -> str:
    """A seal opens in the row of its own code only; no claim's reference looks like this."""
    return f"pool code {lookup.hex()}"
