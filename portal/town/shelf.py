"""What hangs on the shelf: an offer for each state there is, and five as other systems' manuals have them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from portal.core.base import Work
from portal.core.offers import offers, stock
from portal.core.offers.offers import BenefitKind, CodeMode, Hue, Offer, OfferText, Status
from portal.town.calendar import ZONE, Calendar

HUNG = -60
SHOW = "Before you pay, tell the cashier you have a code.\nThey scan it, or type the twelve letters."


@dataclass(frozen=True)
class Ticket:
    """An offer of the demo. Days count from today; `more` are columns of the offer as they are."""

    slug: str
    title: str
    short: str
    hue: Hue
    kind: BenefitKind
    value: int | None = None
    terms: str = ""
    how_store: str = SHOW
    how_online: str = ""
    stores: tuple[str, ...] = ()
    tier: str | None = None
    opens: tuple[int, str] | None = None
    closes: int | None = None
    more: Mapping[str, Any] = field(default_factory=dict)


TOWN = (
    Ticket(
        "free-coffee",
        "Free coffee, any size",
        "Eat in or take away, at Pier Café",
        Hue.RUST,
        BenefitKind.FREE_ITEM,
        stores=("pier",),
        closes=3,
        more={"points_cost": 150, "per_member": None, "valid_days": 7, "till_key": "LOYALTY COFFEE"},
    ),
    Ticket(
        "fruit-and-vegetables",
        "€5 off fresh fruit and vegetables",
        "When you spend €15 at Greenway",
        Hue.MOSS,
        BenefitKind.FIXED_AMOUNT,
        500,
        terms="Spend €15 or more in one purchase.",
        stores=("greenway",),
        closes=8,
        more={"points_cost": 300, "valid_days": 14, "minimum_purchase": 1500, "till_key": "LOYALTY 5"},
    ),
    Ticket(
        "two-for-one-cinema",
        "2 for 1 cinema on Tuesdays",
        "Any film, any seat, at Odeon Dock",
        Hue.IRIS,
        BenefitKind.FREE_ITEM,
        closes=18,
        more={"points_cost": 1400, "valid_days": 30},
    ),
    Ticket(
        "table-for-two",
        "€30 off a table for two",
        "At Lantern, Monday to Thursday",
        Hue.OCHRE,
        BenefitKind.FIXED_AMOUNT,
        3000,
        stores=("lantern",),
        tier="gold",
        closes=40,
        more={"points_cost": 600, "valid_days": 30, "stock": 100},
    ),
    Ticket(
        "free-delivery",
        "Free delivery on any home order",
        "For orders over €40",
        Hue.PINE,
        BenefitKind.FREE_ITEM,
        opens=(2, "09:00"),
        closes=31,
        more={"valid_days": 30, "minimum_purchase": 4000, "stock": 1000},
    ),
    Ticket(
        "half-price-carpets",
        "Half price carpet cleaning",
        "Up to three rooms, Brightside",
        Hue.SLATE,
        BenefitKind.FREE_ITEM,
        more={"per_member": 2, "valid_days": 30, "till_key": "LOYALTY HALF"},
    ),
    Ticket(
        "brunch-box",
        "Brunch box for four, Sunday only",
        "Bread, eggs, fruit and a pot of jam",
        Hue.SLATE,
        BenefitKind.FREE_ITEM,
        closes=10,
        more={"stock": 2, "valid_days": 21},
    ),
    Ticket(
        "two-scoops",
        "Two scoops for one",
        "At Pier Café, while the sun shines",
        Hue.PLUM,
        BenefitKind.FREE_ITEM,
        stores=("pier",),
        closes=-2,
        more={"valid_days": 14},
    ),
    Ticket(
        "late-swim",
        "Late swim at the lido",
        "After eight, towel included",
        Hue.PETROL,
        BenefitKind.ACCESS,
        more={"status": Status.PAUSED, "valid_days": 30},
    ),
)


# With the words, numbers and codes of the manuals; docs/demo.md says what of them waits.
SAMPLES = (
    Ticket(
        "welcome-free-spin",
        "Welcome Free Spin",
        "Try a free spin on us — new players get a guaranteed prize!",
        Hue.PLUM,
        BenefitKind.ACCESS,
        how_store="",
        closes=5,
        more={"points_value": 50, "code_mode": CodeMode.NONE},
    ),
    Ticket(
        "20-off-next-purchase",
        "20% Off Your Next Purchase",
        "Get 20% discount on your next purchase of €25 or more",
        Hue.PETROL,
        BenefitKind.PERCENTAGE,
        20,
        terms="Valid on purchases of €25 or more. Cannot be combined with other offers.",
        how_store="Present this code at checkout to receive your 20% discount on purchases of €25 or more.",
        how_online="Enter code ‘DISCOUNT20-CAFE123’ at checkout or show to cashier",
        closes=76,
        more={
            "points_cost": 200,
            "minimum_purchase": 2500,
            "combines": False,
            "store_code": "DISCOUNT20-CAFE123",
            "valid_days": 60,
            "till_key": "LOYALTY 20",
        },
    ),
    Ticket(
        "10offdemo",
        "10%OFFDEMO",
        "A quick 10% off",
        Hue.SLATE,
        BenefitKind.PERCENTAGE,
        10,
        terms="standard terms and conditions apply",
        closes=64,
        more={
            "store_code": "10OFFSTORE",
            "online_code": "10OFFONLINE",
            "valid_days": 50,
            "per_member": None,
            "till_key": "LOYALTY 10",
        },
    ),
    Ticket(
        "infinity-mall-parking",
        "A free hour’s parking at Infinity Mall",
        "A hundred times, whenever you come by",
        Hue.IRIS,
        BenefitKind.ACCESS,
        more={"uses_per_claim": 100},
    ),
    Ticket(
        "signup-five",
        "Earn €5 on signup",
        "€5 to spend, for joining the club",
        Hue.PINE,
        BenefitKind.FIXED_AMOUNT,
        500,
        more={"use_to": datetime(2050, 1, 1, tzinfo=UTC), "till_key": "LOYALTY 5"},
    ),
)


def hang(session: Work, calendar: Calendar, store_ids: dict[str, int], tier_ids: dict[str, int]) -> None:
    """Put every offer up, as on a day two months ago."""
    for ticket in TOWN + SAMPLES:
        offer = offers.add(session, _offer(ticket, calendar, tier_ids), _text(ticket), by=None)
        offers.set_stores(session, offer, [store_ids[code] for code in ticket.stores])
        stock.set_total(session, offer.id, offer.stock, lambda: 0)


def _offer(ticket: Ticket, calendar: Calendar, tier_ids: dict[str, int]) -> Offer:
    hung = calendar.at(HUNG, "09:00")
    given = {"status": Status.PUBLISHED, "per_member": 1} | dict(ticket.more)
    return Offer(
        slug=ticket.slug,
        hue=ticket.hue,
        zone=ZONE,
        benefit_kind=ticket.kind,
        benefit_value=ticket.value,
        minimum_tier_id=tier_ids[ticket.tier] if ticket.tier else None,
        claim_from=calendar.at(*ticket.opens) if ticket.opens else None,
        claim_to=calendar.end(ticket.closes) if ticket.closes is not None else None,
        created_at=hung,
        updated_at=hung,
        **given,
    )


def _text(ticket: Ticket) -> OfferText:
    return OfferText(
        language="en",
        title=ticket.title,
        short=ticket.short,
        terms=ticket.terms,
        how_store=ticket.how_store,
        how_online=ticket.how_online,
    )
