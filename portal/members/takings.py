"""Points that come and go, tiers and cards, in the words of the member's own story."""

from portal.core.reading.activity import Event
from portal.core.records.timeline import Happening
from portal.members import points
from portal.web.i18n import gettext as _
from portal.web.i18n import ngettext

TOLD = frozenset({Happening.POINTS_EARNED, Happening.POINTS_TAKEN_BACK, Happening.POINTS_ADJUSTED})


def title(event: Event) -> str | None:
    """What happened, where it is told here."""
    count = event.points or 0
    match event.kind:
        case Happening.POINTS_EARNED:
            return ngettext("%(num)s point earned", "%(num)s points earned", count)
        case Happening.POINTS_EXPIRED:
            return ngettext("%(num)s point expired", "%(num)s points expired", count)
        case Happening.POINTS_TAKEN_BACK:
            return ngettext("%(num)s point taken back", "%(num)s points taken back", count)
        case Happening.POINTS_ADJUSTED if count < 0:
            return ngettext("%(num)s point taken by the club", "%(num)s points taken by the club", -count)
        case Happening.POINTS_ADJUSTED:
            return ngettext("%(num)s point added by the club", "%(num)s points added by the club", count)
    return _standing(event)


def _standing(event: Event) -> str | None:
    tier, card = event.told.get("tier", ""), event.told.get("card", "")
    match event.kind:
        case Happening.TIER_REACHED:
            return _("You reached %(tier)s", tier=tier)
        case Happening.TIER_LEFT:
            return _("Your tier is %(tier)s now", tier=tier)
        case Happening.CARD_BLOCKED:
            return _("Card %(card)s was blocked", card=card)
        case Happening.CARD_UNBLOCKED:
            return _("Card %(card)s works again", card=card)
    return None


def price(event: Event) -> str:
    """What a claim cost, and what it gave."""
    said = []
    if event.points:
        said.append(ngettext("%(num)s point spent", "%(num)s points spent", event.points))
    if award := event.told.get("award"):
        said.append(ngettext("%(num)s point earned", "%(num)s points earned", award))
    return " · ".join(said)


def words(event: Event) -> str | None:
    """What for, what was kept back of it, and what the returned points had paid for."""
    if event.kind is Happening.POINTS_ADJUSTED:
        return event.reason
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
