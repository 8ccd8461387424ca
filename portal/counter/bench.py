"""The bench of a till: ready for the next scan."""

from flask.typing import ResponseReturnValue

from portal.counter import answering, desks
from portal.counter.counter import bp


@bp.get("/<int:till_id>")
def bench(till_id: int) -> ResponseReturnValue:
    """The code box, the last scans and the day so far."""
    return answering.show(desks.idle())
