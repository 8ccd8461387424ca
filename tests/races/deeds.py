"""What rivals do at once: values that say it all, so that another process can do it too."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from portal.core.claims import claiming, releases
from portal.core.claims.claiming import Asked
from portal.core.points import earning
from portal.core.points.purchases import Bought
from portal.core.redeeming import scanning
from portal.core.redeeming.scans import Place
from tests import build
from tests.plumbing.clock import NOON


@dataclass(frozen=True)
class Claims:
    """A member claims an offer under a key."""

    member_id: int
    offer_id: int
    key: str

    def __call__(self, session: Session) -> str:
        asked = Asked(self.member_id, self.offer_id, self.key)
        claiming.claim_offer(session, build.KEYRING, asked, now=NOON, chance=build.CHANCE)
        return "claimed"


@dataclass(frozen=True)
class Presents:
    """A till scans a code."""

    code: str
    place: Place

    def __call__(self, session: Session) -> str:
        place = self.place
        scan = scanning.scan(session, build.KEYRING, self.code, place, key="1", now=NOON, acting_since=NOON)
        return scan.refusal or scan.outcome


@dataclass(frozen=True)
class GivesBack:
    """A member gives a claim back."""

    member_id: int
    reference: str

    def __call__(self, session: Session) -> str:
        releases.give_back(session, self.member_id, self.reference, now=NOON)
        return "given back"


@dataclass(frozen=True)
class Buys:
    """A member's purchase of 50.00 is recorded."""

    member_id: int
    store_id: int
    receipt: str

    def __call__(self, session: Session) -> str:
        bought = Bought(self.store_id, self.receipt, self.member_id, None, 5000, NOON)
        return f"earned {earning.earn(session, bought, unit=100, now=NOON)}"
