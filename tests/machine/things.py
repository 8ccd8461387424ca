"""What the model is made of: points, people, offers, claims, redemptions and receipts as plain values."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass
class Lot:
    """Points that expire together."""

    left: int
    ends: datetime | None = None

    def lives(self, now: datetime) -> bool:
        return self.ends is None or now < self.ends


@dataclass
class Person:
    """A member: lots in the order in which they pay."""

    lots: list[Lot] = field(default_factory=list)
    owed: int = 0
    banned: bool = False


@dataclass
class Terms:
    """An offer as it stands now."""

    cost: int = 0
    stock: int | None = None
    limit: int | None = None
    uses: int = 1
    value: int | None = None
    days: int = 2
    alone: bool = False
    combines: bool = True
    paused: bool = False
    goes_on: bool = False


@dataclass
class Right:
    """A claim."""

    person: int
    offer: int
    ends: datetime
    made: datetime
    uses: int
    left: int
    value: int | None
    value_left: int | None
    paid: list[tuple[Lot, int]]
    closed: str = ""
    active_until: datetime | None = None
    locked_until: datetime | None = None
    came: bool = False  # handed over by somebody else: nothing was paid for it, and it is not given back

    def is_whole(self, now: datetime) -> bool:
        untouched = self.left == self.uses and self.value_left == self.value
        return untouched and not self.closed and now < self.ends

    def is_locked(self, now: datetime) -> bool:
        return self.locked_until is not None and now < self.locked_until

    def is_active(self, now: datetime) -> bool:
        return self.active_until is not None and now < self.active_until

    def reading(self, now: datetime, *, banned: bool) -> str:
        if self.is_active(now):
            return "active"
        if self.closed:
            return "used" if self.closed == "redeemed" else self.closed
        if now >= self.ends:
            return "expired"
        if banned:
            return "held"
        whole = self.left == self.uses and self.value_left == self.value
        return "ready" if whole else "part_used"


@dataclass
class Taken:
    """A redemption: how much of which claim, when, and whether it was taken back."""

    right: str
    uses: int
    value: int
    at: datetime
    at_a_till: bool
    undone: bool = False


@dataclass
class Bought:
    """A receipt."""

    person: int
    points: int
    lot: Lot
    back: bool = False
