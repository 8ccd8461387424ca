"""What a till shows: one scan with the claim behind it, the last five, and the day so far."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from portal.core.base import AnyRow, Facts
from portal.core.claims.claims import Claim, FrozenTerms
from portal.core.redeeming import scans
from portal.core.redeeming.redemptions import Redemption, RedemptionKind
from portal.core.redeeming.scans import Outcome, Scan

LAST_SHOWN = 5
_REFUSALS = (Outcome.REFUSED.value, Outcome.UNKNOWN.value, Outcome.FOREIGN.value)


@dataclass(frozen=True)
class Look:
    """One scan, what it came to, and whose redemption could still be undone."""

    scan_id: int
    outcome: Outcome
    refusal: str | None
    facts: Facts
    scanned_at: datetime
    promised: FrozenTerms | None
    offer_id: int | None
    redeemed_at: datetime | None
    redeemed_by: int | None
    uses: int = 1
    amount: int = 0
    uses_allowed: int = 1
    uses_left: int = 0
    amount_left: int | None = None


@dataclass(frozen=True)
class Day:
    """The counts of one till since its day began."""

    redeemed: int
    refused: int


LOOKS = (
    select(
        Scan,
        Claim.terms,
        Claim.offer_id,
        Claim.uses_allowed,
        Claim.uses_left,
        Claim.amount_left,
        Redemption.redeemed_at,
        Redemption.staff_id,
        Redemption.uses,
        Redemption.amount,
    )
    .outerjoin(Claim, Claim.id == Scan.claim_id)
    .outerjoin(Redemption, (Redemption.scan_id == Scan.id) & (Redemption.kind == RedemptionKind.REDEEM.value))
    .where(Scan.till_id == bindparam("of_till"))
)
_ONE = LOOKS.where(Scan.id == bindparam("with_id"))
_LAST = LOOKS.where(Scan.outcome != Outcome.OPEN.value).order_by(Scan.id.desc()).limit(LAST_SHOWN)
_DAY = select(
    func.count().filter(Scan.outcome == Outcome.REDEEMED.value).label("redeemed"),
    func.count().filter(Scan.outcome.in_(_REFUSALS)).label("refused"),
).where(Scan.till_id == bindparam("of_till"), Scan.scanned_at >= bindparam("since"))


def look(session: Session, till_id: int, scan_id: int) -> Look | None:
    """One scan of this till."""
    row = session.execute(_ONE, {"of_till": till_id, "with_id": scan_id}).one_or_none()
    return None if row is None else look_of(row)


def last(session: Session, till_id: int) -> list[Look]:
    """The latest scans, newest first."""
    return [look_of(row) for row in session.execute(_LAST, {"of_till": till_id})]


def day(session: Session, till_id: int, since: datetime) -> Day:
    """How many codes this till has redeemed and refused since then."""
    row = session.execute(_DAY, {"of_till": till_id, "since": since}).one()
    return Day(row.redeemed, row.refused)


def look_of(row: AnyRow) -> Look:
    """One row of LOOKS as a value."""
    scan: Scan = row[0]
    look = Look(
        scan_id=scan.id,
        outcome=Outcome(scan.outcome),
        refusal=scan.refusal,
        facts=scans.unpack(scan.facts),
        scanned_at=scan.scanned_at,
        promised=None if row.terms is None else FrozenTerms.model_validate(row.terms),
        offer_id=row.offer_id,
        redeemed_at=row.redeemed_at,
        redeemed_by=row.staff_id,
    )
    return look if row.terms is None else _with_the_rest(look, row)


def _with_the_rest(look: Look, row: AnyRow) -> Look:
    rest = {"uses_allowed": row.uses_allowed, "uses_left": row.uses_left, "amount_left": row.amount_left}
    taken = {} if row.redeemed_at is None else {"uses": row.uses, "amount": row.amount}
    return replace(look, **rest, **taken)
