"""The columns of an offer that say to whom the club gives it, and what may be done with a claim."""

from typing import Annotated

from pydantic import BeforeValidator, Field, ValidationInfo, field_validator

from portal.core.offers.grants import Occasion
from portal.importing.cells import AtLeastOne, Mend, Switch, Whole, one_of
from portal.importing.rows import Row

GIVEN = ("named_only", "auto_claim", "assignable", "grant_on", "grant_after")
HELD = ("reclaimable", "reassignable", "extend_days")


class Given(Row):
    """Empty means: for everybody, claimed by them, and on no event."""

    named_only: Switch = False
    auto_claim: Switch = False
    assignable: Switch = True
    grant_on: Annotated[Occasion, BeforeValidator(one_of(Occasion))] | None = None
    grant_after: Whole | None = Field(default=None, validate_default=True)
    reclaimable: Switch = False
    reassignable: Switch = False
    extend_days: AtLeastOne | None = None

    @field_validator("grant_after", mode="after")
    @classmethod
    def _counts_what_the_event_counts(cls, number: int | None, info: ValidationInfo) -> int | None:
        match info.data.get("grant_on"):
            case Occasion.BIRTHDAY if number is None or number > 60:
                raise Mend("say how many days before the birthday, from 0 to 60")
            case Occasion.REDEMPTIONS if not number:
                raise Mend("say which redemption, such as 5")
            case None | Occasion.JOINING | Occasion.TIER if number is not None:
                raise Mend("leave it empty unless grant_on is birthday or redemptions")
        return number
