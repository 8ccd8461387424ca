"""More time for a claim: by staff with a reason, or once by its holder through a link, where so promised."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, ForeignKey, LargeBinary, delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.core.base import Base, Entropy, Id, Instant
from portal.core.claims import acts
from portal.core.claims.acts import By
from portal.core.claims.claims import Claim, Closed, State
from portal.core.claims.reminders import Reminder
from portal.core.club.sign_ins import hashed
from portal.core.offers import windows
from portal.core.records.timeline import Happening
from portal.core.refusals import ClaimNotExtendable

LINK_LASTS = timedelta(days=30)


class ExtensionLink(Base):
    """A link that gives a claim more time, once; it is kept as a hash."""

    __tablename__ = "extension_links"
    id: Mapped[Id]
    claim_id: Mapped[int] = mapped_column(ForeignKey("claims.id"), index=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    made_at: Mapped[Instant]
    ends_at: Mapped[Instant]
    used_at: Mapped[Instant | None]


def extend(session: Session, reference: str, by: By, *, until: datetime, now: datetime) -> None:
    """Let the claim live until then, also one that time has ended; its code is the same.

    Raises ClaimNotFound, ClaimNotExtendable for one that was used up or ended otherwise, or an earlier end.
    """
    claim = acts.under_locks(session, reference)
    _extend(session, claim, until, now)
    acts.note(session, "claim_extended", claim, by, now=now, until=until.isoformat())


def may_extend(claim: Claim) -> bool:
    """Whether its holder was promised more time, and has not had it."""
    return claim.promised.extend_days is not None and claim.extended_at is None and _lives(claim)


def make_link(session: Session, claim: Claim, *, now: datetime, entropy: Entropy) -> str:
    """A token that gives this claim more time once. Raises ClaimNotExtendable."""
    if not may_extend(claim) or claim.expires_at is None:
        raise ClaimNotExtendable
    token = entropy(32).hex()
    session.add(
        ExtensionLink(claim_id=claim.id, token_hash=hashed(token), made_at=now, ends_at=now + LINK_LASTS)
    )
    session.flush()
    return token


def find(session: Session, token: str, now: datetime) -> Claim | None:
    """The claim that the link would give more time now; looking does not use it up."""
    good = _good(token, now)
    claim = session.scalar(select(Claim).join(ExtensionLink, ExtensionLink.claim_id == Claim.id).where(*good))
    return claim if claim is not None and may_extend(claim) else None


def by_link(session: Session, token: str, *, now: datetime) -> Claim:
    """Use the link up. Raises ClaimNotExtendable where it is spent, late or made up."""
    seen = find(session, token, now)
    if seen is None:
        raise ClaimNotExtendable
    claim = acts.under_locks(session, seen.reference)
    used = update(ExtensionLink).where(*_good(token, now)).values(used_at=now).returning(ExtensionLink.id)
    if session.execute(used).one_or_none() is None or not may_extend(claim):
        raise ClaimNotExtendable
    _extend(session, claim, later_end(claim, now), now)
    return claim


def later_end(claim: Claim, now: datetime) -> datetime:
    """Until when the link would let it live: so many days more, to the end of the last in its zone."""
    assert claim.expires_at is not None
    assert claim.promised.extend_days is not None
    last = (max(claim.expires_at, now) - timedelta(microseconds=1)).astimezone(ZoneInfo(claim.zone)).date()
    return windows.end_of_day(last + timedelta(days=claim.promised.extend_days), claim.zone)


def _extend(session: Session, claim: Claim, until: datetime, now: datetime) -> None:
    if not _lives(claim) or claim.expires_at is None or until <= max(now, claim.expires_at):
        raise ClaimNotExtendable
    session.execute(
        update(Claim)
        .where(Claim.id == claim.id, Claim.version == claim.version)
        .values(
            state=State.CLAIMED,
            closed_reason=None,
            closed_at=None,
            expires_at=until,
            extended_at=now,
            version=Claim.version + 1,
        )
        .execution_options(synchronize_session=False)
    )
    session.execute(delete(Reminder).where(Reminder.claim_id == claim.id))
    acts.tell(session, claim, Happening.EXTENDED, now=now, until=until.isoformat())


def _lives(claim: Claim) -> bool:
    """Open, or ended by time alone and not claimed anew since."""
    return claim.successor_id is None and (
        claim.state == State.CLAIMED or claim.closed_reason == Closed.EXPIRED
    )


def _good(token: str, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        ExtensionLink.token_hash == hashed(token),
        ExtensionLink.used_at.is_(None),
        ExtensionLink.ends_at > now,
    )
