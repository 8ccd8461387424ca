"""Five offers as other systems' manuals have them; docs/demo.md says what of them waits."""

from datetime import UTC, datetime

from portal.core.offers.offers import BenefitKind, CodeMode, Hue
from portal.town.tickets import OUT, Ticket

# With the words, numbers and codes of the manuals.
SAMPLES = (
    Ticket(
        "welcome-free-spin",
        "Welcome Free Spin",
        "Try a free spin on us — new players get a guaranteed prize!",
        Hue.PLUM,
        BenefitKind.ACCESS,
        how_store="",
        closes=5,
        category=OUT,
        more={"points_value": 50, "credits_award": False, "code_mode": CodeMode.NONE},
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
        how_online="Enter the code on your claim at checkout, or show it to the cashier",
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
        category=OUT,
        more={"uses_per_claim": 100, "member_redeem": True, "uses_per_period": 3, "uses_period": "day"},
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
