"""What the holder of a claim gets: the columns of the file, each value fitting its kind."""

from typing import Annotated

from pydantic import BeforeValidator, Field, ValidationInfo, field_validator

from portal.core.offers.offers import IN_MONEY, BenefitKind
from portal.importing.cells import Mend, Short, minor_units, of_club, one_of
from portal.importing.rows import Row


class Benefit(Row):
    """These columns of a line."""

    benefit: Annotated[BenefitKind, BeforeValidator(one_of(BenefitKind))]
    value: int | None = Field(default=None, validate_default=True)
    product: Short | None = Field(default=None, validate_default=True)

    @field_validator("value", mode="before")
    @classmethod
    def _value_fits_the_benefit(cls, text: str | None, info: ValidationInfo) -> int | None:
        kind = info.data.get("benefit")
        if kind is BenefitKind.PERCENTAGE:
            if text is None or not text.isascii() or not text.isdigit() or not 1 <= int(text[:4]) <= 100:
                raise Mend("use a whole per cent from 1 to 100, such as 20")
            return int(text)
        if kind in IN_MONEY:
            if text is None or not minor_units(text, of_club(info)["digits"]):
                raise Mend("use a sum such as 5 or 5.20")
            return minor_units(text, of_club(info)["digits"])
        if kind is not None and text is not None:
            raise Mend(f"leave it empty where the benefit is {kind}")
        return None

    @field_validator("product", mode="after")
    @classmethod
    def _a_personal_price_is_of_a_product(cls, product: str | None, info: ValidationInfo) -> str | None:
        kind = info.data.get("benefit")
        if kind is BenefitKind.PERSONAL_PRICE and product is None:
            raise Mend("name the product that has this price")
        if kind not in (None, BenefitKind.PERSONAL_PRICE) and product is not None:
            raise Mend(f"leave it empty where the benefit is {kind}")
        return product
