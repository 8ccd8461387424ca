"""Offers that give something else than a discount: money back, a price of one's own, a partner's code."""

from portal.core.offers.offers import BenefitKind, Hue
from portal.town.tickets import FOOD, HOME, OUT, Ticket

_ODEON = """Any film, any **weekday**, two seats side by side.

- Book at the Odeon’s own till or page.
- The Odeon’s code stands on your claim, beside ours."""

GAINS = (
    Ticket(
        "beans-at-your-price",
        "Coffee beans",
        "Your own price at Pier Café",
        Hue.RUST,
        BenefitKind.PERSONAL_PRICE,
        799,
        stores=("pier",),
        category=FOOD,
        more={"product": "Coffee beans, 500 g", "valid_days": 14, "till_key": "LOYALTY PRICE"},
    ),
    Ticket(
        "money-back-on-pots",
        "€2.50 back on terracotta pots",
        "When you spend €20 at Greenway",
        Hue.OCHRE,
        BenefitKind.CASHBACK,
        250,
        stores=("greenway",),
        category=HOME,
        more={"minimum_purchase": 2000, "valid_days": 30, "till_key": "LOYALTY BACK"},
    ),
    Ticket(
        "odeon-for-two",
        "Two seats at Odeon Dock",
        "On any weekday",
        Hue.IRIS,
        BenefitKind.THIRD_PARTY,
        how_online="Type the Odeon’s code where it asks for a voucher.",
        category=OUT,
        long=_ODEON,
        how_earn="Its points come from what you buy: a point for each euro.",
        more={"points_cost": 400, "online_code": "ODEON-DOCK-2", "valid_days": 30},
    ),
)
