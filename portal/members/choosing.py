"""Which part of the shelf is asked for: a chip, some words, an order. What reads as a code is no search."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from flask import request, url_for

from portal.core.codes import alphabet, forgiving
from portal.core.reading.catalogue import ShelfItem
from portal.members import cards, states
from portal.members.states import Group
from portal.web import logs

LONGEST = 80
# From here on letters of our alphabet alone are no word: none of them is a vowel.
CODE_BEGINS_AT = 5
_HELD_BACK = "code"


class Sort(StrEnum):
    """The order within a group."""

    ENDING = "ending"
    NEWEST = "newest"
    COST = "cost"


@dataclass(frozen=True)
class Choice:
    """What the address asks for.

    What reads as a code is `held_back`: not searched, not repeated, and not left `in_address`.
    """

    show: Group | None = None
    category: str = ""
    words: str = ""
    sort: Sort = Sort.ENDING
    held_back: bool = False
    in_address: bool = False

    def address(self) -> str:
        """The shelf as chosen, with nothing in it that would be so anyway."""
        sort = None if self.sort is Sort.ENDING else self.sort
        return url_for(
            "members.offers",
            show=self.show or None,
            category=self.category or None,
            q=self.words or None,
            sort=sort,
        )

    def address_without_code(self) -> str:
        """The same, saying that something was left out."""
        asked = self.address()
        return f"{asked}{'&' if '?' in asked else '?'}note={_HELD_BACK}"

    def of_chip(self, *, show: Group | None = None, category: str = "") -> "Choice":
        """The same search and order under another chip."""
        return replace(self, show=show, category=category)

    def next_sort(self) -> "Choice":
        """The same in the order that comes after this one."""
        orders = list(Sort)
        following = orders[(orders.index(self.sort) + 1) % len(orders)]
        return replace(self, sort=following)


def asked() -> Choice:
    """What this request asks for; what makes no sense asks for nothing."""
    return of(request.args)


def of(given: Mapping[str, str]) -> Choice:
    """What an address with these fields asks for."""
    words = " ".join(given.get("q", "")[:LONGEST].split())
    is_code = reads_as_code(words)
    return Choice(
        show=Group(given["show"]) if given.get("show") in set(Group) else None,
        category=given.get("category", "")[:LONGEST],
        words="" if is_code else words,
        sort=Sort(given["sort"]) if given.get("sort") in set(Sort) else Sort.ENDING,
        held_back=is_code or given.get("note") == _HELD_BACK,
        in_address=is_code,
    )


def reads_as_code(words: str) -> bool:
    """Whether this is a code, a slip of one, or the beginning of one that is still being typed."""
    if forgiving.read(words).has_our_shape or logs.redacted(words) != words:
        return True
    letters = "".join(letter for letter in words.upper() if letter.isalnum())
    return len(letters) >= CODE_BEGINS_AT and set(letters) <= set(alphabet.ALPHABET)


def searched(items: Sequence[ShelfItem], choice: Choice) -> list[ShelfItem]:
    """Those that hold every word, in the order chosen."""
    wanted = _folded(choice.words).split()
    if wanted:
        texts = ((item, _text(item)) for item in items)
        items = [item for item, text in texts if all(word in text for word in wanted)]
    if choice.sort is Sort.NEWEST:
        return sorted(items, key=lambda item: (item.offer.created_at, item.offer.id), reverse=True)
    if choice.sort is Sort.COST:
        return sorted(items, key=lambda item: item.offer.points_cost)
    return list(items)


def under_chip(items: Sequence[ShelfItem], choice: Choice) -> list[ShelfItem]:
    """Those that lie under the chip."""
    return [item for item in items if _is_in(item, choice)]


def _is_in(item: ShelfItem, choice: Choice) -> bool:
    if choice.show is not None and states.group(states.of(item)) is not choice.show:
        return False
    return not choice.category or item.offer.category == choice.category


def _text(item: ShelfItem) -> str:
    """All that a reader of the card and of its terms could look for."""
    offer = item.offer
    said = (offer.title, offer.short, offer.terms, cards.headline_of(item).value, offer.category or "")
    return _folded(" ".join((*said, *offer.tags, *item.stores)))


def _folded(text: str) -> str:
    """Small letters without their accents, as people type them on a phone."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))
