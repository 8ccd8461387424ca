"""What the codes of a pool look like: by that a till knows what was typed, and how easily one is guessed."""

import math
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field, replace

from portal.core.codes import forgiving

SHORTEST, LONGEST = 4, 64
WEAK_BELOW = 40.0
_DROPPED = ("Zs", "Zl", "Zp", "Cc", "Cf", "Pd")
_ENDS_IN_A_NUMBER = re.compile(r"(.*?)(\d{1,18})", re.DOTALL)


@dataclass(frozen=True)
class Profile:
    """The shape shared by all codes of a pool; `marks` are the signs beside letters, digits and dashes."""

    shortest: int = LONGEST
    longest: int = 0
    letters: bool = False
    digits: bool = False
    marks: str = ""
    case_matters: bool = False

    def normal(self, text: str) -> str:
        """The form in which codes compare: without blanks and dashes, in capitals unless case matters."""
        one_width = unicodedata.normalize("NFKC", text)
        bare = "".join(sign for sign in one_width if unicodedata.category(sign) not in _DROPPED)
        return bare if self.case_matters else bare.upper()

    def fits(self, text: str) -> bool:
        """Whether this could be one of them."""
        bare = self.normal(text)
        return self.shortest <= len(bare) <= self.longest and all(self._has(sign) for sign in bare)

    def widened(self, text: str) -> "Profile":
        """The shape that this code fits as well."""
        bare = self.normal(text)
        marks = {sign for sign in bare if not sign.isalnum()} | set(self.marks)
        return replace(
            self,
            shortest=min(self.shortest, len(bare)),
            longest=max(self.longest, len(bare)),
            letters=self.letters or any(sign.isalpha() for sign in bare),
            digits=self.digits or any(sign.isdigit() for sign in bare),
            marks="".join(sorted(marks)),
        )

    def _has(self, sign: str) -> bool:
        if not sign.isascii():
            return False
        if sign.isalnum():
            return self.letters if sign.isalpha() else self.digits
        return sign in self.marks


def objection(text: str) -> str | None:
    """What keeps a partner's code out of every pool; None where nothing does. It never repeats the code."""
    bare = Profile().normal(text)
    if not bare.isascii() or not bare.isprintable():
        return "use letters A to Z, digits and plain signs only"
    if not SHORTEST <= len(bare) <= LONGEST:
        return f"use {SHORTEST} to {LONGEST} letters and digits"
    if forgiving.read(text).has_our_shape:
        return "our own codes look like this one, so no till could find it; ask the partner for another"
    return None


@dataclass
class Strength:
    """How hard the codes of a list are to guess, estimated from the codes themselves as they come by."""

    count: int = 0
    in_a_row: int = 0
    seen: dict[int, list[set[str]]] = field(default_factory=dict, repr=False)
    lengths: Counter[int] = field(default_factory=Counter)
    _last: tuple[str, int] | None = field(default=None, repr=False)

    def add(self, bare: str) -> None:
        """Look at one more."""
        self.count += 1
        self.lengths[len(bare)] += 1
        places = self.seen.setdefault(len(bare), [set() for _ in bare])
        for place, sign in zip(places, bare, strict=True):
            place.add(sign)
        found = _ENDS_IN_A_NUMBER.fullmatch(bare)
        last, self._last = self._last, (found[1], int(found[2])) if found else None
        if last and self._last and last[0] == self._last[0] and abs(self._last[1] - last[1]) == 1:
            self.in_a_row += 1

    @property
    def bits(self) -> float:
        """Of the commonest length: what each place chooses from, as seen in this list."""
        if not self.count:
            return 0.0
        places = self.seen[self.lengths.most_common(1)[0][0]]
        return sum(math.log2(len(place)) for place in places)

    @property
    def one_in(self) -> int:
        """One guess in so many hits a code of this list."""
        return max(1, round(2**self.bits / max(1, self.count)))

    @property
    def runs(self) -> bool:
        """Whether they are numbered: whoever has one knows the next."""
        return self.count > 1 and self.in_a_row * 2 >= self.count - 1

    @property
    def is_weak(self) -> bool:
        """Whether somebody at a till could come upon one."""
        return self.runs or self.bits < WEAK_BELOW
