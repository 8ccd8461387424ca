"""Offers that are not for everybody: by what a member told, by tier, for the new, and for birthdays."""

import json

from portal.core.offers.offers import BenefitKind, Hue
from portal.town.tickets import FOOD, OUT, Ticket

_PARENTS = json.dumps({">=": [{"var": "children"}, 1]})
_GOLD = json.dumps({"===": [{"var": "member.tier"}, "gold"]})

WHOM = (
    Ticket(
        "birthday-cake",
        "A slice of birthday cake",
        "At Pier Café, in the month of your birthday",
        Hue.PLUM,
        BenefitKind.FREE_ITEM,
        stores=("pier",),
        category=FOOD,
        more={"birthday_month": True, "valid_days": 31},
    ),
    Ticket(
        "family-popcorn",
        "Free popcorn",
        "For families, at Odeon Dock",
        Hue.OCHRE,
        BenefitKind.FREE_ITEM,
        terms="One large box for each family.",
        closes=28,
        category=OUT,
        more={"audience": _PARENTS, "valid_days": 14},
    ),
    Ticket(
        "first-basket",
        "20% off your first basket",
        "At Greenway, for new members",
        Hue.MOSS,
        BenefitKind.PERCENTAGE,
        20,
        stores=("greenway",),
        category=FOOD,
        more={"new_member_days": 60, "valid_days": 14, "till_key": "LOYALTY 20"},
    ),
    Ticket(
        "autumn-tasting",
        "Tasting evening",
        "At Lantern, six small plates",
        Hue.PETROL,
        BenefitKind.ACCESS,
        stores=("lantern",),
        closes=20,
        category=OUT,
        more={"view_condition": _GOLD, "stock": 40},
    ),
)
