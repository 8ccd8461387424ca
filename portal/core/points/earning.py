"""Purchases earn: by the rate of the member's tier, each receipt once, many receipts in a few statements."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal.core import base
from portal.core.club import club, tiers
from portal.core.club.tiers import Tier
from portal.core.points import balances, ladder, lives, lots, purchases
from portal.core.points.balances import Standing
from portal.core.points.ladder import Move, Place
from portal.core.points.ledger import Entry, EntryKind
from portal.core.points.lots import OWED, Lot, LotEntry
from portal.core.points.purchases import Bought, Purchase, PurchaseKind
from portal.core.records.timeline import Happening, TimelineEvent
from portal.core.refusals import ReceiptDiffers

# Without tiers, or for a member who has none where none is free: one point for each 1 of the currency.
PLAIN_RATE = 100


@dataclass(frozen=True)
class Lives:
    """How long earned points live: until the end of the month that many months on, or for good."""

    zone: str
    months: int | None

    def ends(self, at: datetime) -> datetime | None:
        """When points earned then expire."""
        return lives.expiry_of(at, zone=self.zone, months=self.months)


@dataclass(frozen=True)
class Rules:
    """What the club says of earning; `unit` is how many minor units make 1 of its currency."""

    zone: str
    months: int | None
    unit: int
    tiers: Mapping[int, Tier]

    def rate(self, tier_id: int | None) -> int:
        """Of that tier; a member who has none earns as in the first."""
        if tier_id is not None:
            return self.tiers[tier_id].rate
        return min(self.tiers.values(), key=lambda tier: tier.rank).rate if self.tiers else PLAIN_RATE

    def ends(self, at: datetime) -> datetime | None:
        """When points earned then expire."""
        return lives.expiry_of(at, zone=self.zone, months=self.months)


@dataclass(frozen=True)
class _Line:
    """One purchase and what it does to the balance; `withheld` of its points pay what was owed."""

    bought: Bought
    rate: int
    points: int
    withheld: int
    year: int
    before: Standing


def rules(session: Session, *, unit: int) -> Rules:
    """As they are now."""
    the = club.the(session)
    return Rules(the.zone, the.points_months, unit, {tier.id: tier for tier in tiers.every(session)})


def earn(session: Session, bought: Bought, *, unit: int, now: datetime) -> int:
    """Credit one purchase and answer its points; the same receipt again answers the same and adds nothing.

    Raises ReceiptDiffers where the store has that receipt with something else on it.
    """
    standings = balances.lock_many(session, [bought.member_id])
    if bought.key not in purchases.by_receipts(session, [bought.key]):
        try:
            with session.begin_nested():
                return record(session, [bought], standings, rules(session, unit=unit), now=now)[0]
        except IntegrityError:  # somebody else's purchase took the number meanwhile: look at it
            pass
    known = purchases.by_receipts(session, [bought.key])[bought.key]
    if columns := purchases.differences(known, bought):
        raise ReceiptDiffers(receipt=bought.receipt, columns=columns)
    return int(known.points)


def credit(session: Session, member_id: int, points: int, *, now: datetime, **about: Any) -> None:
    """Credit points that no purchase brought, as a lot by the club's rule; they count toward the tier.

    The caller holds the member's lock and writes the timeline.
    """
    the = club.the(session)
    ends = lives.expiry_of(now, zone=the.zone, months=the.points_months)
    year = club.year_of(now, the.zone)
    lots.earn(session, member_id, points, now=now, expires_at=ends, counts_for=year, **about)
    balances.count(session, member_id, balances.lock(session, member_id), points, year=year)
    lots.settle(session, member_id, now=now)
    ladder.judge(session, [member_id], now=now)


def record(
    session: Session, bought: Sequence[Bought], standings: dict[int, Standing], rules: Rules, *, now: datetime
) -> list[int]:
    """Credit new purchases in their order; answers the points of each.

    The caller holds the locks of these members and gives their standings, which are brought up to date here.
    """
    if not bought:
        return []
    climb = _Climb(ladder.places(session, {one.member_id for one in bought}), rules, now)
    lines = [_work_out(one, standings, rules, climb) for one in bought]
    numbers = _insert(session, lines, now)
    _credit(session, [line for line in lines if line.points], numbers, rules, now)
    balances.set_many(session, [(member_id, standings[member_id]) for member_id in sorted(climb.places)])
    ladder.move(session, climb.moves, rules.tiers, year=climb.year, now=now)
    return [line.points for line in lines]


@dataclass
class _Climb:
    """Where members stand while their purchases are worked out: the rate follows the tier at once."""

    places: dict[int, Place]
    rules: Rules
    now: datetime
    moves: list[Move] = field(default_factory=list)

    @property
    def year(self) -> int:
        return club.year_of(self.now, self.rules.zone)

    def look(self, member_id: int, standing: Standing) -> None:
        """Move the member, if these points say so."""
        place = self.places[member_id]
        tier_id = ladder.due(self.rules.tiers, place, standing, self.year)
        if (tier_id, self.year) != (place.tier_id, place.judged_for):
            self.moves.append(Move(member_id, place.tier_id, tier_id))
            self.places[member_id] = replace(place, tier_id=tier_id, judged_for=self.year)


def _work_out(one: Bought, standings: dict[int, Standing], rules: Rules, climb: _Climb) -> _Line:
    before, year = standings[one.member_id], club.year_of(one.at, rules.zone)
    rate = rules.rate(climb.places[one.member_id].tier_id)
    points = purchases.worth(one.amount, rate, rules.unit)
    withheld = min(points, before.owed)
    standings[one.member_id] = replace(
        before.counting(points, year),
        balance=before.balance + points - withheld,
        seq=before.seq + bool(points) + bool(withheld),
        owed=before.owed - withheld,
    )
    climb.look(one.member_id, standings[one.member_id])
    return _Line(one, rate, points, withheld, year, before)


def _insert(session: Session, lines: Sequence[_Line], now: datetime) -> dict[tuple[int, str], int]:
    """The purchases' rows; answers their ids by store and receipt. In that order, so that rivals queue."""
    rows = [
        {
            "store_id": line.bought.store_id,
            "receipt": line.bought.receipt,
            "kind": PurchaseKind.PURCHASE.value,
            "member_id": line.bought.member_id,
            "card_id": line.bought.card_id,
            "amount": line.bought.amount,
            "rate": line.rate,
            "points": line.points,
            "lapsed": 0,
            "year": line.year,
            "bought_at": line.bought.at,
            "recorded_at": now,
        }
        for line in sorted(lines, key=lambda line: line.bought.key)
    ]
    numbered = base.insert_numbered(session, Purchase, rows, key=["store_id", "receipt"])
    return {(store, receipt): number for (store, receipt), number in numbered.items()}


def _credit(
    session: Session,
    lines: Sequence[_Line],
    numbers: Mapping[tuple[int, str], int],
    rules: Rules,
    now: datetime,
) -> None:
    written = [row for line in lines for row in _entries(line, numbers[line.bought.key], now)]
    entries = base.insert_numbered(session, Entry, written, key=["member_id", "seq"])
    rows = [_lot(line, numbers[line.bought.key], rules) for line in lines]
    made = base.insert_numbered(session, Lot, rows, key=["purchase_id"])
    notes = []
    for line in lines:
        lot, member, seq = made[numbers[line.bought.key],], line.bought.member_id, line.before.seq + 1
        notes.append({"lot_id": lot, "entry_id": entries[member, seq], "amount": line.points})
        if line.withheld:
            notes.append({"lot_id": lot, "entry_id": entries[member, seq + 1], "amount": -line.withheld})
    base.insert_many(session, LotEntry, notes)
    base.insert_many(session, TimelineEvent, [_event(line, now) for line in lines])


def _entries(line: _Line, purchase_id: int, now: datetime) -> list[dict[str, object]]:
    """The ledger's line of a purchase, and one more where something is withheld."""
    before = line.before
    earned = {
        "member_id": line.bought.member_id,
        "seq": before.seq + 1,
        "kind": EntryKind.EARNED.value,
        "amount": line.points,
        "balance_after": before.balance + line.points,
        "card_id": line.bought.card_id,
        "purchase_id": purchase_id,
        "reason": "purchase",
        "written_at": now,
    }
    kept = {
        "seq": before.seq + 2,
        "kind": EntryKind.TAKEN_BACK.value,
        "amount": -line.withheld,
        "balance_after": before.balance + line.points - line.withheld,
        "purchase_id": None,
        "reason": OWED,
    }
    return [earned, earned | kept] if line.withheld else [earned]


def _lot(line: _Line, purchase_id: int, rules: Rules) -> dict[str, object]:
    return {
        "member_id": line.bought.member_id,
        "amount": line.points,
        "remaining": line.points - line.withheld,
        "earned_at": line.bought.at,
        "expires_at": rules.ends(line.bought.at),
        "purchase_id": purchase_id,
    }


def _event(line: _Line, now: datetime) -> dict[str, object]:
    told = {"points": line.points, "reason": "purchase", "store_id": line.bought.store_id}
    return {
        "member_id": line.bought.member_id,
        "kind": Happening.POINTS_EARNED.value,
        "facts": told | ({"withheld": line.withheld} if line.withheld else {}),
        "happened_at": now,
    }
