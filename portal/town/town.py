"""Loading the town: once, whole, and never into a database that is somebody else's."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from portal.core.base import Work
from portal.core.club import accounts
from portal.core.codes.keyring import Keyring
from portal.core.records import journal
from portal.town import asking, given, partners, people, shelf, story
from portal.town.calendar import Calendar
from portal.town.people import MEMBERS
from portal.town.tickets import Named


@dataclass(frozen=True)
class Town:
    """What came of loading it."""

    is_new: bool


def load(session: Work, keyring: Keyring, now: datetime, password_hash: Callable[[str], str]) -> Town:
    """Bring the demo into an empty database; where it is already, nothing changes. The caller commits.

    Raises NotTheDemo where the database belongs to another club.
    """
    calendar = Calendar(now)
    people.open_club(session, calendar)
    if accounts.ever_by_email(session, MEMBERS["silver"].email) is not None:
        return Town(is_new=False)
    tier_ids = people.set_up_tiers(session)
    store_ids = people.open_stores(session, calendar)
    people.employ(session, keyring, calendar, password_hash)
    member_ids = people.enrol(session, calendar, tier_ids, password_hash)
    pool_ids = partners.bring_codes(session, keyring, calendar.at(shelf.HUNG, "09:00"))
    shelf.hang(session, calendar, Named(store_ids, tier_ids, pool_ids))
    asking.declare(session)
    asking.tell(session, calendar, member_ids)
    story.Telling(session, keyring, calendar, member_ids, story.places(session, store_ids)).tell()
    given.give(session, keyring, calendar, member_ids)
    journal.add(session, "demo_loaded", "club", now=now)
    return Town(is_new=True)
