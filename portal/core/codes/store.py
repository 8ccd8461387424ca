"""Where codes are kept: found by a keyed hash, shown again to their owner from a seal, never in clear."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, SmallInteger, bindparam, exists, or_, select, update
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from portal.core.base import Base, Chance, Id, Instant, insert_or_none
from portal.core.codes import alphabet
from portal.core.codes.keyring import Keyring

_TRIES = 3


class CodeGone(LookupError):
    """This claim has no live code that could still be shown."""


class Code(Base):
    """One code of a claim. An ended one stays, so that it is known when it is presented again."""

    __tablename__ = "codes"

    id: Mapped[Id]
    claim_id: Mapped[int] = mapped_column(ForeignKey("claims.id"))
    lookup: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    # May be dropped some time after the end: the code is then still recognised but can no longer be shown.
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    key_version: Mapped[int] = mapped_column(SmallInteger)
    created_at: Mapped[Instant]
    ended_at: Mapped[Instant | None]


_is_live = Code.ended_at.is_(None)
Index("one_live_code_per_claim", Code.claim_id, unique=True, sqlite_where=_is_live, postgresql_where=_is_live)

_other = aliased(Code)
_is_replaced = exists().where(_other.claim_id == Code.claim_id, _other.ended_at.is_(None))
_CLAIM_OF = select(Code.claim_id).where(
    Code.lookup.in_(bindparam("lookups", expanding=True)), or_(_is_live, ~_is_replaced)
)
_TAKEN = select(exists().where(Code.lookup.in_(bindparam("lookups", expanding=True))))
_OF_CLAIM = select(
    exists().where(Code.claim_id == bindparam("claim"), Code.lookup.in_(bindparam("lookups", expanding=True)))
)
_SEALED = select(Code.sealed).where(Code.claim_id == bindparam("claim"), _is_live)
_END = update(Code).where(Code.claim_id == bindparam("claim"), _is_live).values(ended_at=bindparam("now"))


def claim_id_of(session: Session, keyring: Keyring, code: str) -> int | None:
    """The claim that a whole code belongs to, an ended code's too: the claim tells why it is no good.

    A code whose claim has a newer one belongs to nobody.
    """
    return session.scalar(_CLAIM_OF, {"lookups": keyring.lookups(code)})


def is_of_claim(session: Session, keyring: Keyring, code: str, claim_id: int) -> bool:
    """Whether this claim has, or had, that code."""
    return bool(session.scalar(_OF_CLAIM, {"claim": claim_id, "lookups": keyring.lookups(code)}))


def shown(session: Session, keyring: Keyring, claim_id: int, reference: str) -> str:
    """The live code of a claim, for its owner's eyes. Raises CodeGone, or SealBroken under other keys."""
    sealed = session.scalar(_SEALED, {"claim": claim_id})
    if sealed is None:
        raise CodeGone("this claim has no live code")
    return keyring.open(sealed, reference)


def issue(
    session: Session,
    keyring: Keyring,
    *,
    claim_id: int,
    reference: str,
    now: datetime,
    chance: Chance,
) -> str:
    """Mint the live code of a claim. Mints again, a few times, where chance repeats a code."""
    for _ in range(_TRIES):
        code = alphabet.mint(chance.pick)
        row = {
            "claim_id": claim_id,
            "lookup": keyring.lookup(code),
            "sealed": keyring.seal(code, reference, chance.entropy),
            "key_version": keyring.current,
            "created_at": now,
        }
        if _is_taken_under_older_keys(session, keyring, code):
            continue
        if insert_or_none(session, Code, row, unique=["lookup"]) is not None:
            return code
    raise RuntimeError(f"{_TRIES} minted codes in a row existed already: the source of chance is broken")


def end(session: Session, claim_id: int, now: datetime) -> None:
    """The claim's live code works no more. Ending it twice is ending it once."""
    session.execute(_END, {"claim": claim_id, "now": now}, execution_options={"synchronize_session": False})


def _is_taken_under_older_keys(session: Session, keyring: Keyring, code: str) -> bool:
    """The unique key over `lookup` compares the hashes of one version only."""
    _, *older = keyring.lookups(code)
    return bool(older) and bool(session.scalar(_TAKEN, {"lookups": older}))
