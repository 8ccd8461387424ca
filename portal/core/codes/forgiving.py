"""What somebody typed, pasted or scanned, read as a code when it can be one.

Each thing forgiven counts only when the outcome is whole: a partner's own code is left as it was typed.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import unquote

from portal.core.codes import alphabet

LONGEST = 200

_LOOK_ALIKES = str.maketrans("8561", "BSGL")
# The Latin letter on the same key; і is where the Ukrainian layout has it.
_SAME_KEY = str.maketrans(
    "ИСВАПРОЛДТЗКЫІЕМЧ" + "ΒΨΔΦΓΗΞΚΛΝΠΡΣΤΩΧ",
    "BCDFGHJKLNPRSSTVX" + "BCDFGHJKLNPRSTVX",
)
_SPACES_AND_DASHES = ("Zs", "Zl", "Zp", "Cc", "Cf", "Pd")
# Dashes and joiners that Unicode files elsewhere, and the comma of a code copied as it is spoken.
_ALSO_DROPPED = "\u02d7\u034f\u2043\u2212\ufe0e\ufe0f,"
_PARTS_OF_AN_ADDRESS = re.compile(r"[/?#&=;:]")


class Kind(StrEnum):
    """What was read: our code, ours with a slip in it, something else, nothing."""

    OURS = "ours"
    MISTYPED = "mistyped"
    FOREIGN = "foreign"
    EMPTY = "empty"


@dataclass(frozen=True)
class Reading:
    """`text` is the code if ours, its twelve letters if mistyped, and otherwise what was typed, trimmed."""

    kind: Kind
    text: str = field(repr=False)

    @property
    def code(self) -> str | None:
        """The code, only if it is whole."""
        return self.text if self.kind is Kind.OURS else None

    @property
    def has_our_shape(self) -> bool:
        """Twelve letters of ours, right or wrong: no pool may hold such a code, it would never be found."""
        return self.kind in (Kind.OURS, Kind.MISTYPED)


def read(typed: str) -> Reading:
    """Read anything at all, without ever failing. Reading the outcome's text again gives the same outcome."""
    trimmed = _trim(typed[:LONGEST])
    if not trimmed:
        return Reading(Kind.EMPTY, "")
    whole = set(_whole_codes(trimmed))
    if len(whole) == 1:
        return Reading(Kind.OURS, whole.pop())
    plain = _tidy(trimmed)
    if alphabet.has_our_shape(plain):
        return Reading(Kind.MISTYPED, plain)
    return Reading(Kind.FOREIGN, trimmed)


def _whole_codes(text: str) -> Iterator[str]:
    """Every code that some forgiveness finds; two different ones mean that we cannot tell."""
    for piece in _pieces(text):
        plain = _tidy(piece)
        for reading in (plain, plain.translate(_SAME_KEY)):
            if alphabet.is_whole(reading):
                yield reading


def _pieces(text: str) -> Iterator[str]:
    """All of it, the parts of an address that was wrapped around a code, and the words of each part."""
    yield text
    for part in _PARTS_OF_AN_ADDRESS.split(text):
        plain_part = unquote(part).replace("+", " ")
        yield plain_part
        yield from plain_part.split()


def _tidy(text: str) -> str:
    one_width = unicodedata.normalize("NFKC", text).upper()
    return "".join(char for char in one_width if not _is_separator(char)).translate(_LOOK_ALIKES)


def _is_separator(char: str) -> bool:
    return unicodedata.category(char) in _SPACES_AND_DASHES or char in _ALSO_DROPPED


def _trim(text: str) -> str:
    """Without the blanks around it, the invisible ones too."""
    start, end = 0, len(text)
    while start < end and _is_blank(text[start]):
        start += 1
    while end > start and _is_blank(text[end - 1]):
        end -= 1
    return text[start:end]


def _is_blank(char: str) -> bool:
    return char.isspace() or unicodedata.category(char) in ("Cc", "Cf")
