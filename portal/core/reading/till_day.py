"""What a till has done since its day began: every scan, what each offer came to, what can still be undone."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, case, func, select
from sqlalchemy.orm import Session

from portal.core.claims.claims import Claim
from portal.core.reading.bench import LOOKS, Look, look_of
from portal.core.redeeming import reversals
from portal.core.redeeming.redemptions import Redemption, RedemptionKind
from portal.core.redeeming.scans import Outcome, Scan

SCANS_SHOWN = 30
# A question may wait long for its yes; older scans than that are not looked through.
_WAITS = timedelta(days=1)


@dataclass(frozen=True)
class Total:
    """How often one offer was redeemed, and the sums taken from stored values."""

    title: str
    language: str
    uses: int
    amount: int
    currency: str


_SCANS = (
    LOOKS.where(Scan.outcome != Outcome.OPEN.value, Scan.scanned_at >= bindparam("since"))
    .order_by(Scan.id.desc())
    .limit(SCANS_SHOWN + 1)
)
_OLDER = _SCANS.where(Scan.id < bindparam("before"))
_UNDOABLE = LOOKS.where(
    Scan.scanned_at >= bindparam("since"),
    Scan.outcome == Outcome.REDEEMED.value,
    Redemption.staff_id == bindparam("by_staff"),
    Redemption.redeemed_at >= bindparam("redeemed_since"),
).order_by(Redemption.redeemed_at.desc(), Scan.id.desc())
# A sum that is taken off a stored value uses up no use; it is a visit all the same.
_times = case((Redemption.uses > 0, Redemption.uses), else_=1)
_TOTALS = (
    select(
        func.min(Claim.terms["title"].as_string()).label("title"),
        func.min(Claim.terms["language"].as_string()).label("language"),
        func.min(Claim.terms["currency"].as_string()).label("currency"),
        func.sum(_times).label("uses"),
        func.sum(Redemption.amount).label("amount"),
    )
    .select_from(Scan)
    .join(Redemption, (Redemption.scan_id == Scan.id) & (Redemption.kind == RedemptionKind.REDEEM.value))
    .join(Claim, Claim.id == Scan.claim_id)
    .where(
        Scan.till_id == bindparam("of_till"),
        Scan.scanned_at >= bindparam("since"),
        Scan.outcome == Outcome.REDEEMED.value,
    )
    .group_by(Claim.offer_id)
    .order_by(func.sum(_times).desc(), "title")
)


def scans(
    session: Session, till_id: int, since: datetime, before: int | None = None
) -> tuple[list[Look], int | None]:
    """The scans of the day, newest first; then the number to ask on with, if there are more."""
    statement = _SCANS if before is None else _OLDER
    rows = session.execute(statement, {"of_till": till_id, "since": since, "before": before}).all()
    shown = [look_of(row) for row in rows[:SCANS_SHOWN]]
    return shown, shown[-1].scan_id if len(rows) > SCANS_SHOWN else None


def undoable(session: Session, till_id: int, staff_id: int, now: datetime) -> list[Look]:
    """The redemptions at this till that this person may still take back, newest first."""
    asked = {"of_till": till_id, "by_staff": staff_id, "since": now - _WAITS}
    asked |= {"redeemed_since": now - reversals.LATEST}
    return [look_of(row) for row in session.execute(_UNDOABLE, asked)]


def totals(session: Session, till_id: int, since: datetime) -> list[Total]:
    """What each offer came to, most often redeemed first; what was undone does not count."""
    return [
        Total(row.title, row.language or "", int(row.uses), int(row.amount), row.currency)
        for row in session.execute(_TOTALS, {"of_till": till_id, "since": since})
    ]
