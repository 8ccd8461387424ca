"""What members see: the shelf, one offer, their wallet, one claim. To name a screen here is to hang it up."""

from portal.members import (
    account,
    activity,
    calendars,
    card,
    claims,
    copies,
    handovers,
    offers,
    points,
    refused,
    releases,
    sign_ins,
    tiers,
    using,
    wallet,
)
from portal.members import help as help_

__all__ = [
    "account",
    "activity",
    "calendars",
    "card",
    "claims",
    "copies",
    "handovers",
    "help_",
    "offers",
    "points",
    "refused",
    "releases",
    "sign_ins",
    "tiers",
    "using",
    "wallet",
]
