"""What a member holds: passes that work, what became of the others, and how one claim went."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import and_, bindparam, case, func, or_, select
from sqlalchemy.orm import Session, aliased

from portal.core.base import AnyRow, AnySelect, Facts
from portal.core.claims import claims, handovers
from portal.core.claims.claims import Claim, Closed, FrozenTerms, Reading, State
from portal.core.club.members import Member
from portal.core.club.stores import Store
from portal.core.points.ledger import Entry, EntryKind
from portal.core.records.timeline import Happening, TimelineEvent
from portal.core.redeeming import redemptions

HISTORY_SHOWN = 30


class Past(StrEnum):
    """What became of a claim that no longer stands: somebody did something, or time did."""

    USED = "used"
    EXPIRED = "expired"


@dataclass(frozen=True)
class Pass:
    """One claim as its owner sees it."""

    id: int
    reference: str
    offer_id: int
    promised: FrozenTerms
    reading: Reading
    zone: str
    claimed_at: datetime
    closed_at: datetime | None
    begins: datetime | None
    expires_at: datetime | None
    give_back_until: datetime
    can_be_given_back: bool
    can_be_handed_over: bool
    uses_allowed: int
    uses_left: int
    amount: int | None
    amount_left: int | None
    active_until: datetime | None
    price_paid: int
    banned_until: datetime | None


@dataclass(frozen=True)
class Step:
    """One line of a claim's history; a payment carries the balance after it."""

    kind: Happening
    happened_at: datetime
    facts: Facts
    store: str | None
    balance_after: int | None
    amount: int | None


@dataclass(frozen=True)
class LastUse:
    """When and where a claim was last redeemed."""

    redeemed_at: datetime
    store: str


_PASSES = select(Claim, Member.banned_until).join(Member, Member.id == Claim.member_id)
_alive = or_(Claim.expires_at.is_(None), Claim.expires_at > bindparam("now"))
_active = func.coalesce(Claim.active_until > bindparam("now"), False)
_OPEN = _PASSES.where(
    Claim.member_id == bindparam("of_member"),
    or_(and_(Claim.state == State.CLAIMED.value, _alive), Claim.state == State.PENDING.value, _active),
).order_by(Claim.expires_at.is_(None), Claim.expires_at, Claim.id)
_done = and_(
    Claim.state == State.CLOSED.value,
    Claim.closed_reason.in_([closed.value for closed in Closed if closed is not Closed.EXPIRED]),
    ~_active,
)
# A late sweep changes nothing: what time has ended stands here before anybody wrote it down.
_lapsed = or_(
    and_(Claim.state == State.CLOSED.value, Claim.closed_reason == Closed.EXPIRED.value),
    and_(Claim.state == State.CLAIMED.value, Claim.expires_at <= bindparam("now"), ~_active),
)
_last_seen = aliased(Claim)
_of_last_seen = (_last_seen.id == bindparam("before"), _last_seen.member_id == bindparam("of_member"))
_ENDED = {
    Past.USED: (_done, Claim.closed_at, select(_last_seen.closed_at).where(*_of_last_seen)),
    Past.EXPIRED: (_lapsed, Claim.expires_at, select(_last_seen.expires_at).where(*_of_last_seen)),
}
_HISTORY = {
    past: _PASSES.where(Claim.member_id == bindparam("of_member"), belongs)
    .order_by(ended.desc(), Claim.id.desc())
    .limit(HISTORY_SHOWN + 1)
    for past, (belongs, ended, _) in _ENDED.items()
}
_OLDER = {
    past: _HISTORY[past].where(
        or_(
            ended < last.scalar_subquery(),
            and_(ended == last.scalar_subquery(), Claim.id < bindparam("before")),
        )
    )
    for past, (_, ended, last) in _ENDED.items()
}
_ONE = _PASSES.where(
    Claim.member_id == bindparam("of_member"), Claim.reference == bindparam("with_reference")
)
_RETURNS = [
    Happening.GIVEN_BACK.value,
    Happening.CANCELLED.value,
    Happening.WITHDRAWN.value,
    Happening.NOT_PREPARED.value,
]
_moves = case(
    (TimelineEvent.kind == Happening.CLAIMED.value, EntryKind.SPENT.value),
    (TimelineEvent.kind.in_(_RETURNS), EntryKind.RETURNED.value),
)
_STEPS = (
    select(TimelineEvent, Entry.balance_after, Entry.amount, Store.name.label("store"))
    .outerjoin(
        Entry,
        and_(
            Entry.claim_id == TimelineEvent.claim_id,
            Entry.written_at == TimelineEvent.happened_at,
            Entry.kind == _moves,
        ),
    )
    .outerjoin(Store, Store.id == TimelineEvent.facts["store_id"].as_integer())
    .where(TimelineEvent.claim_id == bindparam("of_claim"))
    .order_by(TimelineEvent.id.desc(), Entry.id.desc())
)


def open_passes(session: Session, member_id: int, now: datetime) -> list[Pass]:
    """The claims that still stand, soonest to expire first."""
    return _passes(session, _OPEN, {"of_member": member_id, "now": now}, now)


def history(
    session: Session, member_id: int, now: datetime, past: Past, before: int | None = None
) -> tuple[list[Pass], int | None]:
    """The claims that ended so, the latest first; then the number to ask on with, if there are more."""
    statement = _HISTORY[past] if before is None else _OLDER[past]
    found = _passes(session, statement, {"of_member": member_id, "now": now, "before": before}, now)
    shown = found[:HISTORY_SHOWN]
    return shown, shown[-1].id if len(found) > HISTORY_SHOWN else None


def one(session: Session, member_id: int, reference: str, now: datetime) -> Pass | None:
    """One claim of this member; anybody else's is not there."""
    found = _passes(session, _ONE, {"of_member": member_id, "with_reference": reference}, now)
    return found[0] if found else None


def steps(session: Session, claim_id: int) -> list[Step]:
    """What happened to a claim, newest first."""
    seen: dict[int, Step] = {}
    for row in session.execute(_STEPS, {"of_claim": claim_id}):
        event: TimelineEvent = row[0]
        seen.setdefault(
            event.id,
            Step(
                Happening(event.kind),
                event.happened_at,
                event.facts,
                row.store,
                row.balance_after,
                row.amount,
            ),
        )
    return list(seen.values())


def last_use(session: Session, claim_id: int) -> LastUse | None:
    """The latest use of a claim that nobody has undone."""
    last = redemptions.last_standing(session, claim_id)
    return None if last is None else LastUse(last[0].redeemed_at, last.store)


def _passes(session: Session, statement: AnySelect, asked: Facts, now: datetime) -> list[Pass]:
    return [_pass(row, now) for row in _rows(session, statement, asked)]


def _rows(session: Session, statement: AnySelect, asked: Facts) -> Sequence[AnyRow]:
    return session.execute(statement, asked).all()


def _pass(row: AnyRow, now: datetime) -> Pass:
    claim: Claim = row[0]
    promised = claim.promised
    return Pass(
        id=claim.id,
        reference=claim.reference,
        offer_id=claim.offer_id,
        promised=promised,
        reading=claims.reading(claims.moment(claim, row.banned_until), now),
        zone=claim.zone,
        claimed_at=claim.claimed_at,
        closed_at=claim.closed_at,
        begins=claim.begins,
        expires_at=claim.expires_at,
        give_back_until=claim.give_back_until,
        can_be_given_back=claims.can_be_given_back(claim, now),
        can_be_handed_over=handovers.may_be_handed_over(claim, now),
        uses_allowed=claim.uses_allowed,
        uses_left=claim.uses_left,
        amount=claim.amount,
        amount_left=claim.amount_left,
        active_until=claim.active_until,
        price_paid=claim.price_paid,
        banned_until=row.banned_until,
    )
