"""What other systems call our offers, members, cards and claims. An id keeps the meaning it has."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Annotated, Any

from pydantic import BeforeValidator

from portal.core.base import Work
from portal.core.club import vendor_ids
from portal.core.club.vendor_ids import Named, Vendor
from portal.core.reading import naming
from portal.importing.cells import Short, one_of
from portal.importing.reports import Tally
from portal.importing.rows import Row
from portal.importing.running import Kind


class VendorIdRow(Row):
    KEY = "value"

    vendor: Annotated[Vendor, BeforeValidator(one_of(Vendor))]
    kind: Annotated[Named, BeforeValidator(one_of(Named))]
    value: Short
    ours: Short

    def unique(self) -> Iterator[tuple[str, Any]]:
        """One meaning for each id of a vendor and kind."""
        yield "value", (self.vendor, self.kind, self.value)


class VendorIds(Kind[VendorIdRow]):
    """One line, one id."""

    row = VendorIdRow

    def take(self, session: Work, batch: Sequence[VendorIdRow], tally: Tally, now: datetime) -> None:
        for row in batch:
            subject_id = naming.id_of(session, row.kind, row.ours)
            if subject_id is None:
                tally.leave_out([row.remark("ours", f"there is no {row.kind} {row.ours}")])
                continue
            is_new = vendor_ids.note(session, row.vendor, row.kind, row.value, subject_id, now=now)
            if vendor_ids.meant(session, row.vendor, row.kind, row.value) != subject_id:
                tally.leave_out([row.remark("value", f"this id means another {row.kind} already")])
            else:
                tally.count(is_new=is_new, changed=False)
