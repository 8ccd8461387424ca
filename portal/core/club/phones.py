"""Phone numbers in one form, +37061234567, however they were typed."""

import re

_FILLING = re.compile(r"[\s().\-/]+")
_WHOLE = re.compile(r"\+[1-9][0-9]{7,14}")
# What stands before a number dialled within the country, where it is not 0 alone.
_TRUNKS = {"370": ("0", "8"), "7": ("8",)}


def tidy(typed: str, country: str) -> str | None:
    """The number with its country, which is `country` unless it names one; None where it cannot be one."""
    bare = _FILLING.sub("", typed)
    if bare.startswith("00"):
        bare = "+" + bare[2:]
    if not bare.startswith("+") and country:
        trunk = next((one for one in _TRUNKS.get(country, ("0",)) if bare.startswith(one)), "")
        bare = f"+{country}{bare.removeprefix(trunk)}"
    return bare if _WHOLE.fullmatch(bare) and bare.isascii() else None
