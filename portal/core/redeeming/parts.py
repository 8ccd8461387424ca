"""A part of a claim: some of its uses, or, where it holds a value, an amount of it in minor units."""

from dataclasses import dataclass

from portal.core.base import Facts
from portal.core.claims.claims import Claim
from portal.core.refusals import MoreThanLeft


@dataclass(frozen=True)
class Part:
    """How many uses are taken, and how much of a stored value; the use goes with the last of the value."""

    uses: int = 1
    amount: int = 0


ONE_USE = Part()


def of_value(amount: int) -> Part:
    """An amount of a stored value, in minor units."""
    return Part(uses=0, amount=amount)


def fitting(claim: Claim, part: Part) -> Part:
    """The part as it is taken from this claim: of a stored value all that is left, unless it says how much.

    Raises MoreThanLeft for more than there is, and for nothing.
    """
    if claim.amount_left is None:
        if not 0 < part.uses <= claim.uses_left:
            raise MoreThanLeft(uses_left=claim.uses_left)
        return Part(part.uses)
    amount = part.amount if part.uses == 0 else claim.amount_left
    if not 0 < amount <= claim.amount_left:
        raise MoreThanLeft(amount_left=claim.amount_left, currency=claim.promised.currency)
    return Part(int(amount == claim.amount_left), amount)


def facts(claim: Claim, part: Part) -> Facts:
    """What the member's timeline keeps of it: nothing where one use is all there is to say."""
    if part.amount:
        return {"amount": part.amount, "currency": claim.promised.currency}
    return {"uses": part.uses} if part.uses != 1 else {}
