"""A ticket on the shelf: one offer as one member meets it, in the words that the card shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from portal.core.offers import timeframes
from portal.core.reading.catalogue import ShelfItem
from portal.members import headline, states, stubs
from portal.members.headline import Conditions, Headline
from portal.members.states import GONE, Group, State
from portal.members.stubs import Seen, Stub
from portal.web import addresses, dates, expiry, pages, rosettes
from portal.web.i18n import gettext as _
from portal.web.i18n import ngettext


@dataclass(frozen=True)
class Card:
    """What the ticket draws; `id` is the offer's, or a claim's reference."""

    id: int | str
    href: str
    hue: str
    shape: int
    value: str
    what: str
    terms: str
    ends_icon: str
    ends: str | None
    stub: Stub
    lang: str = ""
    gone: bool = False
    fresh: bool = False
    state: State = State.OPEN
    is_given: bool = False
    featured: bool = False

    @property
    def group(self) -> Group:
        """Where on the shelf it lies."""
        return states.group(self.state, is_given=self.is_given)


@dataclass(frozen=True)
class Shelf:
    """One group of the shelf under its heading."""

    id: Group
    title: str
    cards: Sequence[Card]


@dataclass(frozen=True)
class Viewer:
    """What of the member a card depends on: points to spend, and points earned this year."""

    balance: int
    earned: int
    now: datetime
    is_guest: bool = False


def guest(now: datetime) -> Viewer:
    """Somebody who is not signed in: offers are shown to them as they stand, and nothing is theirs."""
    return Viewer(0, 0, now, is_guest=True)


def shelves(items: Sequence[ShelfItem], viewer: Viewer) -> list[Shelf]:
    """The groups that have something in them, in their order."""
    titles = {
        Group.GIVEN: _("Just for you"),
        Group.READY: _("Ready to claim"),
        Group.REACH: _("Within reach"),
        Group.MINE: _("Gone") if viewer.is_guest else _("Claimed, used or gone"),
    }
    cards = [card(item, viewer) for item in items]
    lying = {name: [one for one in cards if one.group is name] for name in titles}
    lying[Group.READY].sort(key=lambda one: not one.featured)
    lying[Group.MINE].sort(key=lambda one: states.rank(one.state))
    return [Shelf(name, title, lying[name]) for name, title in titles.items() if lying[name]]


def card(item: ShelfItem, viewer: Viewer, *, whole: bool = False, fresh: bool = False) -> Card:
    """The card of one offer; `whole` is the one on its own page, `fresh` the one that was just claimed."""
    offer, state = item.offer, states.of(item)
    head = headline_of(item)
    key = "" if viewer.is_guest else pages.fresh_key()
    seen = Seen(item, head, viewer.balance, viewer.earned, key, viewer.now, whole, viewer.is_guest)
    return Card(
        id=offer.id,
        href=addresses.of("members.offer", slug=offer.slug),
        hue=offer.hue,
        shape=rosettes.shape_of(offer.id),
        value=head.value,
        what=head.what,
        lang=head.language,
        terms=headline.terms_line(conditions_of(item)),
        ends_icon="calendar" if state is State.NOT_YET else "clock",
        ends=_ends(item, state, viewer.now),
        gone=state in GONE,
        fresh=fresh,
        state=state,
        is_given=offer.grant_reference is not None,
        featured=offer.featured,
        stub=stubs.stub(seen, state),
    )


def headline_of(item: ShelfItem) -> Headline:
    """The value and the rest of the title."""
    offer = item.offer
    return headline.headline(
        offer.benefit_kind,
        offer.benefit_value,
        offer.currency,
        title=offer.title,
        short=offer.short,
        language=offer.language,
    )


def conditions_of(item: ShelfItem) -> Conditions:
    """The offer's conditions as they stand now."""
    offer = item.offer
    stores = None if offer.all_stores else item.stores
    return Conditions(
        offer.minimum_purchase,
        offer.currency,
        stores,
        offer.combines,
        offer.per_member,
        offer.uses_per_claim,
        timeframes.read(offer.timeframes),
        offer.product,
    )


def low(item: ShelfItem) -> str | None:
    """Only 12 left, where it is so."""
    return headline.low_words(item.offer.stock_left, item.offer.stock)


def _ends(item: ShelfItem, state: State, now: datetime) -> str | None:
    offer, zone = item.offer, item.offer.zone
    match state:
        case State.CLAIMED_READY:
            ends = item.own.ready_expires_at
            return _until(ends, zone, expiry.on_card(ends, now, zone))
        case State.NOT_YET:
            return dates.time_tag(offer.claim_from, zone, expiry.opens(offer.claim_from, now, zone) or "")
        case State.SOLD_OUT:
            return _all_claimed(offer.stock)
        case State.NOT_NAMED | State.ENDED | State.USED_UP | State.UNAVAILABLE | State.STAFF_ONLY:
            return None
    last = closes(item)
    said = [low(item), _until(last, zone, expiry.claim_by(last, now, zone))]
    return Markup(". ").join(words for words in said if words) or None


def closes(item: ShelfItem) -> datetime | None:
    """Until when it can be claimed: what was given by name may end before the offer does."""
    ends = [end for end in (item.offer.claim_to, item.offer.grant_expires_at) if end is not None]
    return min(ends, default=None)


def _until(end: datetime | None, zone: str, words: str | None) -> Markup | None:
    if end is None or words is None:
        return None
    return dates.time_tag(dates.spoken_end(end, zone), zone, words)


def _all_claimed(stock: int | None) -> str | None:
    return ngettext("The only one was claimed", "All %(num)s were claimed", stock) if stock else None
