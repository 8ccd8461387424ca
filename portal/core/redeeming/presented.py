"""What was typed or scanned at a till, read as one of our codes or else as one that a partner made."""

from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from portal.core.codes import forgiving, pool_codes, pools
from portal.core.codes import store as codes
from portal.core.codes.forgiving import Kind
from portal.core.codes.keyring import Keyring


@dataclass(frozen=True)
class Typed:
    """`code` is ours, if whole; `partners` are the pools that it fits, each with the form to look for."""

    kind: Kind
    code: str | None = field(repr=False)
    partners: dict[int, str] = field(repr=False)

    @property
    def may_be_held(self) -> bool:
        """Whether to look it up: what is neither ours nor like any pool's is somebody else's affair."""
        return self.code is not None or bool(self.partners)


def read(session: Session, typed: str) -> Typed:
    """Read anything at all; only what is not of our shape is compared with the pools."""
    found = forgiving.read(typed)
    fits = pools.fitting(session, found.text) if found.kind is Kind.FOREIGN else {}
    return Typed(found.kind, found.code, fits)


def claim_id_of(session: Session, keyring: Keyring, typed: Typed) -> int | None:
    """The claim that holds it."""
    if typed.code is not None:
        return codes.claim_id_of(session, keyring, typed.code)
    return pool_codes.claim_id_of(session, keyring, typed.partners)


def is_of_claim(session: Session, keyring: Keyring, typed: Typed, claim_id: int) -> bool:
    """Whether this claim has, or had, that code."""
    if typed.code is not None:
        return codes.is_of_claim(session, keyring, typed.code, claim_id)
    return pool_codes.claim_id_of(session, keyring, typed.partners) == claim_id
