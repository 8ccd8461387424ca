"""The six digits of this device's store, as they are drawn."""

from portal.core.redeeming import presence
from portal.web import clock, doors, keys


def parts() -> dict[str, str]:
    """The code in two groups, and the minute that it belongs to."""
    code = presence.shown(keys.keyring(), doors.staff().store_code or "", clock.now())
    return {"store_digits": f"{code[:3]} {code[3:]}", "store_minute": minute()}


def minute() -> str:
    """What tells one code from the next, and nothing of it."""
    return clock.now().strftime("%H%M")
