"""The member's switch: keep my codes on this phone, or no longer."""

from collections.abc import Sequence

from flask import make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal.core.claims.claims import USABLE
from portal.core.reading.wallet import Pass
from portal.members.members import bp
from portal.web import keeping

ON = "on"


@bp.post("/wallet/copy")
def keep() -> ResponseReturnValue:
    """Turn the copy on or off for this browser; the wallet's page does the rest."""
    answer = make_response(redirect(url_for(".wallet"), 303))
    if request.form.get("keep") == ON:
        keeping.turn_on(answer)
    else:
        keeping.turn_off(answer)
    return answer


def worth_keeping(passes: Sequence[Pass]) -> dict[str, int]:
    """The codes that work now, by reference, and until when a copy of each would be worth anything."""
    if not keeping.is_on():
        return {}
    return {held.reference: keeping.until(held.expires_at) for held in passes if held.reading in USABLE}
