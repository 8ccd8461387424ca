"""Offers that are used in parts, or by members alone in the store."""

from portal.core.offers.offers import BenefitKind, Hue, Presence
from portal.town.tickets import FOOD, OUT, Ticket

IN_STORE = (
    Ticket(
        "harbour-gift",
        "€20 to spend",
        "at Pier Café, as you like",
        Hue.IRIS,
        BenefitKind.STORED_VALUE,
        2000,
        terms="Use it all at once or bit by bit. What is left stays on the code.",
        stores=("pier",),
        category=FOOD,
        more={"points_cost": 900, "valid_days": 180},
    ),
    Ticket(
        "quiet-room",
        "An hour in the quiet room",
        "above Pier Café",
        Hue.SLATE,
        BenefitKind.ACCESS,
        terms="A desk, a lamp and no music.",
        how_store="Scan the sign by the stairs and press Use it now.",
        stores=("pier",),
        category=OUT,
        more={"per_member": None, "valid_days": 7, "member_redeem": True, "active_minutes": 60},
    ),
    Ticket(
        "window-seat",
        "Window seat with a biscuit",
        "at Pier Café",
        Hue.RUST,
        BenefitKind.FREE_ITEM,
        terms="Ask for the six digits at the counter: they show that you are here.",
        how_store="Scan the sign on the table, type the six digits from the counter and press Use it now.",
        stores=("pier",),
        category=FOOD,
        more={
            "uses_per_claim": 4,
            "valid_days": 30,
            "member_redeem": True,
            "presence": Presence.REQUIRED,
            "active_minutes": 10,
        },
    ),
)
