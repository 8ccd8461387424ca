"""The shelf as it is drawn: whole, or only what a chip or a search leaves of it."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from flask import Response, make_response, redirect, render_template
from flask.typing import ResponseReturnValue

from portal.core.reading.catalogue import ShelfItem
from portal.members import cards, choosing, states
from portal.members.cards import Viewer
from portal.members.choosing import Choice, Sort
from portal.members.states import Group
from portal.web import answers, money
from portal.web.i18n import gettext as _
from portal.web.i18n import lazy, ngettext

# A shelf that one glance takes in needs no search.
BAR_ABOVE = 12
_SORTS = {
    Sort.ENDING: lazy("ending soonest"),
    Sort.NEWEST: lazy("newest first"),
    Sort.COST: lazy("fewest points first"),
}


@dataclass(frozen=True)
class Chip:
    """One filter as the bar draws it."""

    id: str
    href: str
    words: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class SortLink:
    """The order now, and the address of the next one."""

    href: str
    words: str
    more: str


@dataclass(frozen=True)
class Bar:
    """Search, chips, and what the search takes along of them."""

    chips: Sequence[Chip]
    words: str
    hidden: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Nothing:
    """What is said in place of the offers, and the way back to all of them."""

    title: str
    href: str
    words: str


def answer(
    items: Sequence[ShelfItem], viewer: Viewer, head: Callable[[], dict[str, Any]]
) -> ResponseReturnValue:
    """The page, or for htmx what the chip or the search has found; `head` is read for the page only."""
    choice = choosing.asked() if len(items) > BAR_ABOVE else Choice()
    if choice.in_address and not answers.is_htmx():
        return redirect(choice.address_without_code(), 303)
    drawn = _drawn(items, viewer, choice)
    if not answers.is_htmx():
        page = make_response(render_template("members/offers/index.html", **drawn, **head()))
        page.vary.add("HX-Request")
        return page
    return _found(drawn, choice)


def bar_of_page(items: Sequence[ShelfItem], viewer: Viewer, query: str) -> Bar | None:
    """Search and chips as they stand above the shelf with that query, counted anew."""
    if len(items) <= BAR_ABOVE:
        return None
    choice = choosing.of(dict(parse_qsl(query, max_num_fields=20) if query.count("&") < 20 else ()))
    return _bar(items, choosing.searched(items, choice), viewer, choice)


def _found(drawn: dict[str, Any], choice: Choice) -> Response:
    part = make_response(render_template("members/offers/_found.html", **drawn))
    part.headers["HX-Push-Url"] = choice.address()
    part.vary.add("HX-Request")
    return part


def _drawn(items: Sequence[ShelfItem], viewer: Viewer, choice: Choice) -> dict[str, Any]:
    matching = choosing.searched(items, choice)
    shown = choosing.under_chip(matching, choice)
    has_bar = len(items) > BAR_ABOVE
    return {
        "shelves": cards.shelves(shown, viewer),
        "bar": _bar(items, matching, viewer, choice) if has_bar else None,
        "sort": _sort(choice) if has_bar else None,
        "nothing": _nothing(len(items), choice) if items and not shown else None,
        "held_back": choice.held_back,
        "said": ngettext("%(num)s offer", "%(num)s offers", len(shown)),
        "is_guest": viewer.is_guest,
    }


def _bar(items: Sequence[ShelfItem], matching: Sequence[ShelfItem], viewer: Viewer, choice: Choice) -> Bar:
    hidden = (("show", choice.show or ""), ("category", choice.category))
    sort = "" if choice.sort is Sort.ENDING else choice.sort.value
    kept = [(name, str(value)) for name, value in (*hidden, ("sort", sort)) if value]
    return Bar(_chips(items, matching, viewer, choice), choice.words, kept)


def _chips(
    items: Sequence[ShelfItem], matching: Sequence[ShelfItem], viewer: Viewer, choice: Choice
) -> list[Chip]:
    """All, what can be had now, what is within reach, and a chip for each category."""
    groups = Counter(states.group(states.of(item)) for item in matching)
    chips = [_chip("all", _("All"), len(matching), choice.of_chip(), choice)]
    if not viewer.is_guest:
        for group, words in ((Group.READY, _("I can claim")), (Group.REACH, _("Within reach"))):
            chips.append(_chip(group.value, words, groups[group], choice.of_chip(show=group), choice))
    held = Counter(item.offer.category for item in matching)
    every = Counter(item.offer.category for item in items if item.offer.category)
    for number, (name, _count) in enumerate(sorted(every.items(), key=lambda one: (-one[1], one[0]))):
        chips.append(_chip(f"c{number}", name, held[name], choice.of_chip(category=name), choice))
    return chips


def _chip(name: str, words: str, count: int, leads_to: Choice, choice: Choice) -> Chip:
    chosen = (leads_to.show, leads_to.category) == (choice.show, choice.category)
    return Chip(f"chip-{name}", leads_to.address(), words, count, chosen)


def _sort(choice: Choice) -> SortLink:
    following = choice.next_sort()
    now, then = str(_SORTS[choice.sort]), str(_SORTS[following.sort])
    change = _("Change to: %(order)s", order=then)
    return SortLink(following.address(), _("Sort: %(order)s", order=now), change)


def _nothing(total: int, choice: Choice) -> Nothing:
    words = choice.words
    title = _("No offers match “%(words)s”", words=words) if words else _("No offers here now")
    show_all = _("Show all %(count)s", count=money.number(total))
    return Nothing(title, Choice(sort=choice.sort).address(), show_all)
