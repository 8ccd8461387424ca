"""What has happened in the town lately: purchases that earned points, claims, and codes shown at a till."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from portal.core.base import Work
from portal.core.claims import claiming, claims, returns
from portal.core.claims.claiming import Asked
from portal.core.claims.claims import Claim
from portal.core.club import accounts, cards, stores
from portal.core.codes import store as codes
from portal.core.codes.keyring import Keyring
from portal.core.offers import offers
from portal.core.points import earning
from portal.core.points.purchases import Bought
from portal.core.redeeming import scanning
from portal.core.redeeming.scans import Outcome, Place
from portal.town.calendar import Calendar
from portal.town.people import MEMBERS, NEIGHBOURS, STAFF
from portal.web.keys import CHANCE


@dataclass(frozen=True)
class Shopped:
    """A purchase, which brings points by the member's tier; a return of all of it where it names one."""

    day: int
    clock: str
    who: str
    store: str
    amount: int
    receipt: str
    returns: str | None = None


@dataclass(frozen=True)
class Claimed:
    """A member took an offer."""

    day: int
    clock: str
    who: str
    slug: str


@dataclass(frozen=True)
class Used:
    """A member showed the code of their latest claim of that offer, and it was redeemed."""

    day: int
    clock: str
    who: str
    slug: str
    store: str


UNIT = 100  # cents in a euro
PARKING = "infinity-mall-parking"
STORY: tuple[Shopped | Claimed | Used, ...] = (
    Shopped(-420, "14:10", "silver", "greenway", 560_00, "G-0412"),
    Shopped(-150, "18:22", "silver", "lantern", 400_00, "L-0077"),
    Shopped(-75, "11:48", "silver", "greenway", 320_50, "G-1530"),
    Shopped(-20, "16:31", "silver", "greenway", 192_60, "G-1802"),
    Shopped(-9, "10:15", "silver", "pier", 24_00, "P-3308"),
    Shopped(-8, "13:40", "silver", "pier", 24_00, "P-3391", returns="P-3308"),
    Claimed(-40, "09:12", "silver", "half-price-carpets"),
    Used(-38, "10:40", "silver", "half-price-carpets", "greenway"),
    Claimed(-25, "15:03", "silver", "two-scoops"),
    Claimed(-15, "20:17", "silver", "half-price-carpets"),
    Used(-14, "12:05", "silver", "half-price-carpets", "greenway"),
    Claimed(-13, "12:10", "silver", "fruit-and-vegetables"),
    Claimed(-12, "08:55", "silver", "free-coffee"),
    Used(-12, "09:20", "silver", "free-coffee", "pier"),
    Shopped(-28, "13:37", "bronze", "pier", 40_80, "P-2950"),
    Claimed(-12, "19:44", "bronze", "brunch-box"),
    Shopped(-200, "12:30", "gold", "lantern", 1_600_00, "L-0051"),
    Shopped(-90, "17:05", "gold", "greenway", 333_50, "G-1466"),
    Claimed(-50, "17:00", "gold", PARKING),
    *(Used(day, "17:40", "gold", PARKING, "pier") for day in range(-36, -4)),
    Claimed(-11, "07:58", "gold", "brunch-box"),
    *(Claimed(-11, f"08:{2 * minute:02}", name, "brunch-box") for minute, (name, _) in enumerate(NEIGHBOURS)),
)


@dataclass
class Telling:
    """The story being told, event by event in the order of time."""

    session: Work
    keyring: Keyring
    calendar: Calendar
    members: dict[str, int]
    places: dict[str, Place]
    latest: dict[tuple[str, str], Claim] = field(default_factory=dict)

    def tell(self) -> None:
        """Do everything by the deeds that a real day uses, each at its own moment."""
        for number, (when, event) in enumerate(sorted(self._dated(), key=lambda dated: dated[0])):
            match event:
                case Shopped():
                    self._shop(event, when)
                case Claimed():
                    self._claim(event, when, f"demo-{number}")
                case Used():
                    self._use(event, when, f"demo-{number}")

    def _dated(self) -> Iterator[tuple[datetime, Shopped | Claimed | Used]]:
        for event in STORY:
            yield self.calendar.at(event.day, event.clock), event

    def _shop(self, event: Shopped, when: datetime) -> None:
        member_id, card = (
            self.members[event.who],
            cards.by_number(self.session, MEMBERS[event.who].card or ""),
        )
        store, at = self.places[event.store].store_id, when.replace(second=0)
        bought = Bought(store, event.receipt, member_id, card.id if card else None, event.amount, at)
        if event.returns is None:
            earning.earn(self.session, bought, unit=UNIT, now=when)
        else:
            returns.bring_back(self.session, bought, event.returns, unit=UNIT, now=when)

    def _claim(self, event: Claimed, when: datetime, key: str) -> None:
        member_id = self.members[event.who]
        offer_id = offers.id_of(self.session, event.slug)
        assert offer_id is not None
        asked = Asked(member_id, offer_id, key)
        reference = claiming.claim_offer(self.session, self.keyring, asked, now=when, chance=CHANCE)
        claim = claims.find(self.session, member_id, reference)
        assert claim is not None
        self.latest[event.who, event.slug] = claim

    def _use(self, event: Used, when: datetime, key: str) -> None:
        claim, place = self.latest[event.who, event.slug], self.places[event.store]
        code = codes.shown(self.session, self.keyring, claim.id, claim.reference)
        scan = scanning.scan(self.session, self.keyring, code, place, key=key, now=when, acting_since=when)
        assert scan.outcome == Outcome.REDEEMED, scan.refusal
        self.session.flush()


def places(session: Work, store_ids: dict[str, int]) -> dict[str, Place]:
    """The first till of each store, with the demo's staff at it."""
    ona = accounts.by_email(session, STAFF[0].email)
    assert ona is not None
    tills = {code: stores.tills_in(session, store_id)[0] for code, store_id in store_ids.items()}
    return {
        code: Place(till.store_id, till.id, ona.id, auto_redeem=True, address="127.0.0.1")
        for code, till in tills.items()
    }
