"""Points that a purchase brought and a return takes back, in the words of the member's own story."""

from portal.core.reading.activity import Event
from portal.core.records.timeline import Happening
from portal.members import points
from portal.web.i18n import ngettext

TOLD = frozenset({Happening.POINTS_EARNED, Happening.POINTS_TAKEN_BACK})


def words(event: Event) -> str | None:
    """What for, what was kept back of it, and what the returned points had paid for."""
    said = [points.reason_words(event.reason, event.store)]
    said += [_paid(one["points"], one["title"]) for one in event.told.get("paid_for", ())]
    if withheld := event.told.get("withheld"):
        said.append(
            ngettext(
                "%(num)s point was kept back for an earlier return",
                "%(num)s points were kept back for an earlier return",
                withheld,
            )
        )
    if owed := event.told.get("owed"):
        said.append(
            ngettext(
                "%(num)s point more will be kept back from what you earn next",
                "%(num)s points more will be kept back from what you earn next",
                owed,
            )
        )
    return " · ".join(one for one in said if one) or None


def _paid(count: int, title: str) -> str:
    return ngettext(
        "%(num)s of them had paid for %(offer)s", "%(num)s of them had paid for %(offer)s", count, offer=title
    )
