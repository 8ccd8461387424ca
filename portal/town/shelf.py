"""What hangs on the shelf: an offer for each state there is, and some more to choose from."""

from portal.core.base import Work
from portal.core.offers import offers, stock
from portal.core.offers.offers import BenefitKind, CodeMode, Hue, Offer, OfferText, Status
from portal.core.offers.timeframes import Timeframe
from portal.town import given, lithuanian
from portal.town.calendar import ZONE, Calendar
from portal.town.gains import GAINS
from portal.town.in_store import IN_STORE
from portal.town.samples import SAMPLES
from portal.town.tickets import FOOD, HOME, OUT, Named, Ticket, works
from portal.town.whom import WHOM

HUNG = -60
BRUNCH_BOXES = 12
MON, TUE, WED, THU, SUN = 0, 1, 2, 3, 6

TOWN = (
    Ticket(
        "free-coffee",
        "Free coffee",
        "any size at Pier Café",
        Hue.RUST,
        BenefitKind.FREE_ITEM,
        terms="Eat in or take away.",
        stores=("pier",),
        closes=3,
        category=FOOD,
        more={
            "points_cost": 150,
            "per_member": None,
            "per_period": 1,
            "period": "day",
            "redemptions_per_store_day": 40,
            "valid_days": 7,
            "till_key": "LOYALTY COFFEE",
            "featured": True,
            "public": True,
            "tags": ["latte", "espresso", "tea"],
        },
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
        category=FOOD,
        more={
            "points_cost": 300,
            "valid_days": 14,
            "minimum_purchase": 1500,
            "budget": 500_000,
            "till_key": "LOYALTY 5",
            "public": True,
        },
    ),
    Ticket(
        "two-for-one-cinema",
        "2 for 1",
        "cinema on Tuesdays",
        Hue.IRIS,
        BenefitKind.FREE_ITEM,
        terms="Any film, any seat, at Odeon Dock.",
        how_store="Show the code at Odeon Dock’s box office.\nThey scan it, or type it.",
        pool="odeon-dock",
        closes=18,
        category=OUT,
        more={
            "points_cost": 1400,
            "valid_days": 30,
            "public": True,
            "tags": ["film", "movie"],
            "timeframes": works(Timeframe(days=(TUE,))),
            "code_mode": CodeMode.POOL,
        },
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
        category=FOOD,
        more={
            "points_cost": 600,
            "valid_days": 30,
            "stock": 100,
            "timeframes": works(Timeframe(days=(MON, TUE, WED, THU))),
        },
    ),
    Ticket(
        "free-delivery",
        "Free delivery",
        "on any home order",
        Hue.PINE,
        BenefitKind.FREE_ITEM,
        opens=(2, "09:00"),
        closes=31,
        category=HOME,
        more={"valid_days": 30, "minimum_purchase": 4000, "stock": 1000, "public": True},
    ),
    Ticket(
        "half-price-carpets",
        "Half price",
        "carpet cleaning",
        Hue.SLATE,
        BenefitKind.FREE_ITEM,
        terms="Up to three rooms, by Brightside.",
        category=HOME,
        more={
            "per_member": 2,
            "valid_days": 30,
            "starts_after_days": 1,
            "till_key": "LOYALTY HALF",
        },
    ),
    Ticket(
        "brunch-box",
        "Brunch box",
        "for four, Sunday only",
        Hue.SLATE,
        BenefitKind.FREE_ITEM,
        terms="Bread, eggs, fruit and a pot of jam.",
        closes=10,
        category=FOOD,
        more={
            "stock": BRUNCH_BOXES,
            "valid_days": 21,
            "public": True,
            "timeframes": works(Timeframe(days=(SUN,))),
        },
    ),
    Ticket(
        "two-scoops",
        "Two scoops for one",
        "At Pier Café, while the sun shines",
        Hue.PLUM,
        BenefitKind.FREE_ITEM,
        stores=("pier",),
        closes=-2,
        category=FOOD,
        more={"valid_days": 14},
    ),
    Ticket(
        "late-swim",
        "Late swim at the lido",
        "After eight, towel included",
        Hue.PETROL,
        BenefitKind.ACCESS,
        category=OUT,
        more={"status": Status.PAUSED, "valid_days": 30},
    ),
    Ticket(
        "museum-evening",
        "Free entry",
        "Rope Museum, Thursday evenings",
        Hue.PETROL,
        BenefitKind.ACCESS,
        terms="From five to nine.",
        closes=25,
        category=OUT,
        more={
            "valid_days": 30,
            "points_value": 20,
            "featured": True,
            "public": True,
            "tags": ["ships", "exhibition"],
            "timeframes": works(Timeframe(days=(THU,), begins=17 * 60, ends=21 * 60)),
        },
    ),
    Ticket(
        "bulbs-and-seeds",
        "15% off bulbs and seeds",
        "At Greenway",
        Hue.MOSS,
        BenefitKind.PERCENTAGE,
        15,
        stores=("greenway",),
        closes=33,
        category=HOME,
        more={"points_cost": 80, "valid_days": 30, "public": True, "tags": ["garden"]},
    ),
    Ticket(
        "harbour-tote",
        "Free tote bag",
        "with your first box of vegetables",
        Hue.OCHRE,
        BenefitKind.FREE_ITEM,
        stores=("greenway",),
        category=HOME,
        more={"self_claim": False, "valid_days": 30},
    ),
)

EVERY = TOWN + SAMPLES + IN_STORE + WHOM + GAINS


def hang(session: Work, calendar: Calendar, named: Named) -> None:
    """Put every offer up, as on a day two months ago."""
    for ticket in EVERY + given.GIVEN:
        offer = offers.add(session, _offer(ticket, calendar, named), _text(ticket), by=None)
        if text := lithuanian.text(ticket.slug):
            text.offer_id = offer.id
            session.add(text)
        offers.set_stores(session, offer, [named.stores[code] for code in ticket.stores])
        stock.set_total(session, offer.id, offer.stock, lambda: 0)


def _offer(ticket: Ticket, calendar: Calendar, named: Named) -> Offer:
    hung = calendar.at(HUNG, "09:00")
    given = {"status": Status.PUBLISHED, "per_member": 1} | dict(ticket.more)
    return Offer(
        slug=ticket.slug,
        hue=ticket.hue,
        category=ticket.category,
        zone=ZONE,
        benefit_kind=ticket.kind,
        benefit_value=ticket.value,
        minimum_tier_id=named.tiers[ticket.tier] if ticket.tier else None,
        pool_id=named.pools[ticket.pool] if ticket.pool else None,
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
        long=ticket.long,
        how_earn=ticket.how_earn,
        terms=ticket.terms,
        how_store=ticket.how_store,
        how_online=ticket.how_online,
    )
