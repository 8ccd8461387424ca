"""Which code an offer's claims show: the columns of a list of offers that say so."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Annotated

from pydantic import BeforeValidator

from portal.core.base import Work
from portal.core.codes import pools
from portal.core.offers.offers import CodeMode, Offer
from portal.importing.cells import Code, Short, Switch, one_of
from portal.importing.reports import Remark
from portal.importing.rows import Row

COLUMNS = ("code_mode", "store_code", "online_code", "partner_voids")


class OfferCodes(Row):
    """The columns that a line may have about codes."""

    code_mode: Annotated[CodeMode, BeforeValidator(one_of(CodeMode))] = CodeMode.MINTED
    store_code: Short | None = None
    online_code: Short | None = None
    pool: Code | None = None
    partner_voids: Switch = False


def faults(
    row: OfferCodes, offer: Offer | None, known: Mapping[str, int], spoken_of: frozenset[str]
) -> Iterator[Remark]:
    """A pool that is not there, or does not fit the mode; what the file does not speak of stays as it is."""
    makes_a_pool = row.code_mode is CodeMode.PROVIDER
    if row.pool and row.pool not in known and not makes_a_pool:
        yield row.remark("pool", f"there is no {row.pool}; import its codes first")
    had_mode, had_pool = (offer.code_mode, offer.pool_id) if offer else (CodeMode.MINTED, None)
    mode = row.code_mode if "code_mode" in spoken_of else had_mode
    has_pool = bool(row.pool) if "pool" in spoken_of else had_pool is not None
    if mode in (CodeMode.POOL, CodeMode.PROVIDER) and not has_pool:
        yield row.remark("pool", "name the pool that the codes come from, or use another code_mode")
    if mode == CodeMode.NONE and has_pool:
        yield row.remark("pool", "leave it empty where code_mode is none: nothing is shown then")


def open_missing(session: Work, rows: Iterable[OfferCodes], *, now: datetime) -> None:
    """A provider's codes are kept in a pool that fills by itself, so a line that names a new one opens it."""
    wanted = {row.pool for row in rows if row.code_mode is CodeMode.PROVIDER and row.pool}
    for name in sorted(wanted - pools.ids_by_name(session).keys()):
        pools.open_pool(session, name, case_matters=True, now=now)
