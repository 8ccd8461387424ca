"""The columns of an offer that limit its redemptions; a file may lack any of them."""

from typing import Annotated

from pydantic import BeforeValidator, Field, ValidationInfo, field_validator

from portal.core.offers.offers import BenefitKind
from portal.core.offers.periods import Period
from portal.importing.cells import AtLeastOne, Mend, Money, one_of
from portal.importing.rows import Row

LIMITS = (
    "uses_per_member",
    "uses_per_period",
    "uses_period",
    "redemptions_in_all",
    "redemptions_per_store",
    "redemptions_per_store_day",
    "use_cost",
    "budget",
)
_PRICED = (BenefitKind.FIXED_AMOUNT, BenefitKind.STORED_VALUE)


class Limits(Row):
    """What a line says of uses, redemptions and money."""

    uses_per_member: AtLeastOne | None = None
    uses_per_period: AtLeastOne | None = None
    uses_period: Annotated[Period, BeforeValidator(one_of(Period))] | None = Field(
        default=None, validate_default=True
    )
    redemptions_in_all: AtLeastOne | None = None
    redemptions_per_store: AtLeastOne | None = None
    redemptions_per_store_day: AtLeastOne | None = None
    use_cost: Money | None = None
    budget: Money | None = None

    @field_validator("uses_period", mode="after")
    @classmethod
    def _goes_with_its_number(cls, period: Period | None, info: ValidationInfo) -> Period | None:
        if "uses_per_period" in info.data and (period is None) != (info.data["uses_per_period"] is None):
            raise Mend("fill in both uses_per_period and uses_period, or neither")
        return period

    @field_validator("use_cost", "budget", mode="after")
    @classmethod
    def _is_a_sum(cls, sum_: int | None) -> int | None:
        if sum_ == 0:
            raise Mend("use a sum above 0, or leave it empty")
        return sum_

    @field_validator("benefit", mode="after", check_fields=False)
    @classmethod
    def _has_a_price(cls, kind: BenefitKind, info: ValidationInfo) -> BenefitKind:
        given = info.data
        if given.get("budget") and not given.get("use_cost") and kind not in _PRICED:
            raise Mend(f"with a budget, say in use_cost what one {kind} costs the club")
        return kind
