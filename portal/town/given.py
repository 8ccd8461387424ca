"""What the club gives by name: an offer for nobody else, and one member's own words and value of it."""

from portal.core.base import Work
from portal.core.claims import granting
from portal.core.claims.granting import Gift, Giver
from portal.core.codes.keyring import Keyring
from portal.core.offers import offers
from portal.core.offers.offers import BenefitKind, Hue
from portal.town.calendar import Calendar
from portal.town.tickets import FOOD, Ticket
from portal.web.keys import CHANCE

THANKS = "with-our-thanks"
GIVEN = (
    Ticket(
        THANKS,
        "€5 off anything",
        "With our thanks",
        Hue.RUST,
        BenefitKind.FIXED_AMOUNT,
        500,
        stores=("greenway",),
        category=FOOD,
        more={"named_only": True, "per_member": None, "valid_days": 30, "till_key": "LOYALTY 5"},
    ),
)


def give(session: Work, keyring: Keyring, calendar: Calendar, members: dict[str, int]) -> None:
    """Silver told the club of a broken step."""
    offer = offers.by_slug(session, THANKS)
    assert offer is not None
    gift = Gift(
        offer.id,
        members["silver"],
        value=800,
        title="€8 off anything",
        text="With our thanks for telling us about the step",
        expires_at=calendar.end(14),
    )
    when = calendar.at(-1, "10:20")
    granting.give(session, keyring, gift, Giver(reason="thanks"), now=when, chance=CHANCE)
