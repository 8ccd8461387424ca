"""What one offer of the demo is made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from portal.core.offers import timeframes
from portal.core.offers.offers import BenefitKind, Hue
from portal.core.offers.timeframes import Timeframe

FOOD, OUT, HOME = "Food & drink", "Days out", "Home"
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
    long: str = ""
    how_earn: str = ""
    stores: tuple[str, ...] = ()
    tier: str | None = None
    pool: str | None = None
    opens: tuple[int, str] | None = None
    closes: int | None = None
    category: str | None = None
    more: Mapping[str, Any] = field(default_factory=dict)


def works(*frames: Timeframe) -> list[dict[str, Any]]:
    """Hours as an offer keeps them."""
    return timeframes.kept(frames)


@dataclass(frozen=True)
class Named:
    """What the offers refer to by name."""

    stores: dict[str, int]
    tiers: dict[str, int]
    pools: dict[str, int]
