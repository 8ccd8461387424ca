"""What the shelf weighs: a page that fits one round trip. What it costs is told by tests/bench."""

import gzip
from datetime import timedelta
from typing import Any

from tests.members.ada import Ada
from tests.plumbing.clock import NOON

DAY = timedelta(days=1)


def test_a_page_of_24_offers_fits_into_14_kilobytes(ada: Ada) -> None:
    for number in range(24):
        terms: dict[str, Any] = {"benefit_kind": "percentage", "benefit_value": number + 1}
        ada.meets(f"{number + 1}% off in aisle {number}", claim_to=NOON + number * DAY + DAY, **terms)
    ada.opens("/offers")
    assert len(gzip.compress(ada.answer.data, 6)) <= 14 * 1024
