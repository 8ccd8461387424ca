"""The way to older lines of a list: `?before=` names the last line that was seen."""

from flask import request

MOST = 2**53


def before() -> int | None:
    """The number after which to go on; None at the start, and where the address makes no sense."""
    number = request.args.get("before", type=int)
    return number if number is not None and 0 < number < MOST else None
