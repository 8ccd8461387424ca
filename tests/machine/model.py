"""The rules of the club in plain Python: what each deed should come to, and what is then so.

It knows no database and shares no code with the core. A deed answers the code of the refusal that it
expects, or nothing.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tests.machine.things import Bought, Lot, Person, Right, Taken, Terms

VILNIUS = ZoneInfo("Europe/Vilnius")
GIVE_BACK, ACTIVE, UNDO = timedelta(minutes=15), timedelta(minutes=15), timedelta(minutes=10)
REVERSE = timedelta(days=90)


def end_of_day(now: datetime, days: int) -> datetime:
    """The first instant of the day after the last one, found by walking through the hours."""
    last = now.astimezone(VILNIUS).date() + timedelta(days=days)
    instant = now.replace(minute=0, second=0, microsecond=0)
    while instant.astimezone(VILNIUS).date() <= last:
        instant += timedelta(hours=1)
    return instant


class Model:
    """The whole club."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.people: list[Person] = []
        self.offers: list[Terms] = []
        self.rights: dict[str, Right] = {}
        self.taken: list[Taken] = []
        self.receipts: dict[str, Bought] = {}

    def points(self, person: int) -> int:
        return sum(lot.left for lot in self.people[person].lots if lot.lives(self.now))

    def counted(self, person: int, offer: int) -> list[tuple[str, Right]]:
        mine = [
            (ref, each) for ref, each in self.rights.items() if (each.person, each.offer) == (person, offer)
        ]
        return [(ref, each) for ref, each in mine if each.closed != "given_back"]

    def may_claim(self, person: int, offer: int, *, stale: bool = False, free: bool = False) -> str:
        terms, counted = self.offers[offer], self.counted(person, offer)
        at_limit = terms.limit is not None and len(counted) >= terms.limit
        ready = any(not each.closed and self.now < each.ends for _, each in counted)
        asked = [
            (self.people[person].banned, "member_banned"),
            (at_limit and ready, "offer_already_claimed"),
            (terms.paused and not free, "offer_unavailable"),
            (at_limit, "member_limit_reached"),
            (terms.stock == 0, "offer_sold_out"),
            (self.points(person) < terms.cost, "insufficient_points"),
            (stale, "offer_changed"),
        ]
        return next((code for no, code in asked if no), "")

    def claim(self, person: int, offer: int, ref: str) -> None:
        terms = self.offers[offer]
        paid = self._pay(self.people[person].lots, terms.cost)
        if terms.stock is not None:
            terms.stock -= 1
        self.rights[ref] = Right(
            person, offer, end_of_day(self.now, terms.days), self.now, terms.uses, terms.uses,
            terms.value, terms.value, paid,
        )  # fmt: skip

    def may_give_back(self, ref: str) -> str:
        right = self.rights[ref]
        if right.closed == "given_back":
            return ""
        if right.is_locked(self.now):
            return "code_locked"
        in_time = self.now < right.made + GIVE_BACK and not right.came
        return "" if right.is_whole(self.now) and in_time else "claim_not_cancellable"

    def give_back(self, ref: str, closed: str = "given_back") -> None:
        right = self.rights[ref]
        if right.closed:
            return
        right.closed = closed
        for lot, amount in right.paid:
            lot.left += amount
        terms = self.offers[right.offer]
        if terms.stock is not None:
            terms.stock += 1

    def may_redeem(self, ref: str) -> str:
        right = self.rights[ref]
        if right.is_active(self.now):
            return "already_active"
        if right.closed:
            return "code_already_redeemed" if right.closed == "redeemed" else "code_revoked"
        if self.now >= right.ends:
            return "code_expired"
        if self.people[right.person].banned:
            return "member_banned"
        return "code_locked" if right.is_locked(self.now) else ""

    def asks(self, ref: str) -> bool:
        right = self.rights[ref]
        return right.value is not None or self._alone_lately(ref)

    def redeem(self, ref: str, uses: int, value: int, *, at_a_till: bool = True) -> int:
        right = self.rights[ref]
        if right.value_left is not None:
            right.value_left -= value
            uses = int(right.value_left == 0)
        right.left -= uses
        right.closed = "redeemed" if right.left == 0 else ""
        right.active_until = None if at_a_till else self.now + ACTIVE
        self.taken.append(Taken(ref, uses, value, self.now, at_a_till))
        return len(self.taken) - 1

    def may_hand_over(self, ref: str) -> str:
        right = self.rights[ref]
        if right.is_locked(self.now):
            return "code_locked"
        if self.people[right.person].banned:
            return "member_banned"
        goes = self.offers[right.offer].goes_on and right.is_whole(self.now)
        return "" if goes else "claim_not_transferable"

    def may_take_over(self, ref: str, person: int) -> str:
        """What stands in the way of the other member: a ban, and the limit."""
        no = self.may_claim(person, self.rights[ref].offer, free=True)
        return no if no in ("member_banned", "offer_already_claimed", "member_limit_reached") else ""

    def hand_over(self, ref: str, person: int, new: str) -> None:
        right = self.rights[ref]
        self.rights[new] = replace(
            right, person=person, made=self.now, paid=[], came=True, locked_until=None, active_until=None
        )
        right.closed = "transferred"

    def usable(self, person: int, offer: int) -> str:
        """The claim that a use would take, soonest to end first; none is an empty answer."""
        found = [
            (each.ends, place, ref)
            for place, (ref, each) in enumerate(self.rights.items())
            if (each.person, each.offer) == (person, offer)
            and (each.is_active(self.now) or (not each.closed and self.now < each.ends))
        ]
        return min(found)[2] if found else ""

    def may_undo(self, number: int, within: timedelta) -> str:
        taken = self.taken[number]
        if self.now - taken.at > within:
            return "void_window_closed"
        return "already_voided" if taken.undone else ""

    def undo(self, number: int) -> None:
        taken = self.taken[number]
        right = self.rights[taken.right]
        taken.undone = True
        right.left += taken.uses
        right.active_until = None
        if right.value_left is not None:
            right.value_left += taken.value
        if right.closed == "redeemed":
            right.closed = ""

    def buy(self, receipt: str, person: int, points: int) -> None:
        one = self.people[person]
        withheld = min(points, one.owed)
        one.owed -= withheld
        lot = Lot(points - withheld)
        one.lots.append(lot)
        self.receipts[receipt] = Bought(person, points, lot)

    def bring_back(self, receipt: str) -> None:
        bought = self.receipts[receipt]
        one, wanted = self.people[bought.person], bought.points
        bought.back = True
        for lot in [bought.lot, *self._in_order(one.lots)]:
            if lot.lives(self.now):
                gone = min(wanted, lot.left)
                lot.left -= gone
                wanted -= gone
        one.owed += wanted

    def _pay(self, lots: list[Lot], cost: int) -> list[tuple[Lot, int]]:
        paid = []
        for lot in self._in_order(lots):
            amount = min(cost, lot.left) if lot.lives(self.now) else 0
            if amount:
                lot.left -= amount
                cost -= amount
                paid.append((lot, amount))
        return paid

    def _in_order(self, lots: list[Lot]) -> list[Lot]:
        far = datetime.max.replace(tzinfo=VILNIUS)
        return sorted(lots, key=lambda lot: (lot.ends or far, lots.index(lot)))

    def _alone_lately(self, ref: str) -> bool:
        right, since = self.rights[ref], self.now - timedelta(minutes=3)
        for taken in self.taken:
            other = self.rights[taken.right]
            near = taken.at > since and not taken.undone and taken.right != ref
            if near and other.person == right.person:
                both = self.offers[other.offer].combines and self.offers[right.offer].combines
                if not both:
                    return True
        return False
