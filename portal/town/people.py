"""The club itself: its tiers, its three stores, the five people who play a part, and their neighbours."""

from collections.abc import Callable
from dataclasses import dataclass

from portal.core.base import Work
from portal.core.club import accounts, club, rolls, stores, tiers
from portal.core.club.accounts import Role
from portal.core.club.club import Club
from portal.core.club.rolls import Newcomer
from portal.core.codes.keyring import Keyring
from portal.core.points import openings
from portal.town.calendar import ZONE, Calendar

CLUB = "Harbour Lane Club"
PASSWORD = "harbour-lane-demo"  # noqa: S105 - printed at start: the demo is nobody's
FOUNDED = -430


@dataclass(frozen=True)
class Person:
    """Somebody who can sign in."""

    email: str
    name: str
    is_played_as: str
    tier: str | None = None
    pin: str | None = None
    role: Role | None = None
    external_id: str | None = None
    card: str | None = None
    joined: int = FOUNDED


MEMBERS = {
    "silver": Person(
        "silver@example.com",
        "Silver Demo",
        "a member with 1,250 points",
        tier="silver",
        external_id="user_12345",
        card="404064",
        joined=-424,
    ),
    "bronze": Person(
        "bronze@example.com",
        "Bronze Demo",
        "a member with 40 points",
        tier="bronze",
        external_id="user_12346",
        card="404065",
        joined=-30,
    ),
    "gold": Person(
        "gold@example.com",
        "Gold Demo",
        "a member with 2,100 points",
        tier="gold",
        external_id="user_12347",
        card="404066",
        joined=-420,
    ),
}
# Others of the club, known by their cards; what they take is missing on the shelf.
NEIGHBOURS = (
    ("Adomas Demo", "404081"),
    ("Birutė Demo", "404082"),
    ("Danas Demo", "404083"),
    ("Eglė Demo", "404084"),
    ("Gintarė Demo", "404085"),
    ("Henrikas Demo", "404086"),
    ("Ieva Demo", "404087"),
    ("Kostas Demo", "404088"),
    ("Lina Demo", "404089"),
    ("Mantas Demo", "404090"),
)
STAFF = (
    Person("staff@example.com", "Ona Demo", "staff of all three stores", pin="2468", role=Role.STAFF),
    Person("manager@example.com", "Jonas Demo", "their manager", pin="1357", role=Role.MANAGER),
)
# With the points for a purchase of €100.
TIERS = (
    ("bronze", "Bronze", 0, "rust", 100),
    ("silver", "Silver", 500, "slate", 125),
    ("gold", "Gold", 1500, "ochre", 150),
)
POINTS_MONTHS = 14
# At Lantern a scan does not redeem by itself: staff press the button.
STORES = (("pier", "Pier Café", True, 3), ("greenway", "Greenway", True, 2), ("lantern", "Lantern", False, 1))


class NotTheDemo(Exception):
    """The database belongs to another club; the message says the mend."""


def open_club(session: Work, calendar: Calendar) -> Club:
    """The club, in a database that is nobody else's; raises NotTheDemo."""
    found = club.found(session, name=CLUB, zone=ZONE, currency="EUR", now=calendar.start(FOUNDED))
    if found.name == CLUB:
        found.points_months = POINTS_MONTHS
        return found
    if stores.every(session) or accounts.is_anyone(session):
        raise NotTheDemo(
            f"This database belongs to {found.name} and is left as it is. "
            "Name an empty one: DATABASE_URL=sqlite:////tmp/demo.db portal demo"
        )
    found.name, found.zone, found.currency, found.points_months = CLUB, ZONE, "EUR", POINTS_MONTHS
    session.flush()
    return found


def open_stores(session: Work, calendar: Calendar) -> dict[str, int]:
    """The stores with their tills; answers ids by code."""
    for code, name, auto_redeem, tills in STORES:
        store = stores.open_store(
            session, code, name, zone=ZONE, now=calendar.start(FOUNDED), auto_redeem=auto_redeem
        )
        stores.add_tills(session, store, [f"Till {number}" for number in range(1, tills + 1)])
    return stores.ids_by_code(session)


def set_up_tiers(session: Work) -> dict[str, int]:
    """The three tiers; answers ids by code."""
    for rank, (code, name, threshold, hue, rate) in enumerate(TIERS, start=1):
        tiers.set_up(session, code, name, rank=rank, threshold=threshold, hue=hue).rate = rate
    return tiers.ids_by_word(session)


def employ(session: Work, keyring: Keyring, calendar: Calendar, password_hash: Callable[[str], str]) -> None:
    """Staff and manager, at every store."""
    everywhere = stores.ids_by_code(session).values()
    for one in STAFF:
        account = accounts.open_account(
            session, one.email, one.name, role=one.role, now=calendar.start(FOUNDED)
        )
        account.password_hash = password_hash(PASSWORD)
        account.pin_lookup = keyring.pin_lookup(one.pin or "")
        accounts.set_stores(session, account.id, everywhere)


def enrol(
    session: Work, calendar: Calendar, tier_ids: dict[str, int], password_hash: Callable[[str], str]
) -> dict[str, int]:
    """The members, each with a card and still without points; answers ids by their part."""
    ids = {}
    for part, one in MEMBERS.items():
        joined = calendar.at(one.joined, "10:00")
        newcomer = Newcomer(one.name, one.external_id, one.email, None, tier_ids["bronze"])
        [ids[part]] = rolls.enrol(session, [newcomer], now=joined)
        openings.open_balances(session, [(ids[part], 0)], now=joined)
        rolls.issue_cards(session, [(ids[part], one.card or "")], now=joined)
        account = accounts.by_email(session, one.email)
        assert account is not None
        account.password_hash = password_hash(PASSWORD)
    for name, card in NEIGHBOURS:
        ids[name] = _settle(session, calendar, name, card, tier_ids["bronze"])
    session.flush()
    return ids


def _settle(session: Work, calendar: Calendar, name: str, card: str, tier_id: int) -> int:
    joined = calendar.at(FOUNDED, "10:00")
    [member_id] = rolls.enrol(session, [Newcomer(name, f"card_{card}", None, None, tier_id)], now=joined)
    openings.open_balances(session, [(member_id, 0)], now=joined)
    rolls.issue_cards(session, [(member_id, card)], now=joined)
    return member_id
