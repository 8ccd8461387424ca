"""A partner of the town: the cinema's own codes, which go to whoever claims its tickets."""

from datetime import datetime

from portal.core.base import Work
from portal.core.codes import pool_codes, pools
from portal.core.codes.keyring import Keyring
from portal.core.codes.pool_codes import Bare
from portal.core.codes.profiles import Profile
from portal.web.keys import CHANCE

CODES, ALARM_BELOW = 40, 10
_SIGNS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


def bring_codes(session: Work, keyring: Keyring, now: datetime) -> dict[str, int]:
    """Open the cinema's pool; answers the pools by name."""
    pool = pools.open_pool(session, "odeon-dock", case_matters=False, now=now)
    codes, profile = [_code() for _ in range(CODES)], Profile()
    for text in codes:
        profile = profile.widened(text)
    pools.widen(pool, profile)
    pools.watch(session, pool, ALARM_BELOW, now=now)
    fresh = [Bare(text, profile.normal(text)) for text in codes]
    pool_codes.add(session, keyring, pool.id, fresh, now=now, chance=CHANCE)
    return pools.ids_by_name(session)


def _code() -> str:
    first, second = ("".join(CHANCE.pick(_SIGNS) for _ in range(4)) for _ in range(2))
    return f"ODEON-{first}-{second}"
