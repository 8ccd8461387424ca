"""The twelve letters of a code: eleven by chance, and one that catches a slip of the hand.

Each letter is an element of GF(16), by its place in the alphabet. The first weighs a^11, the next a^10, the
last 1, where `a` is a root of x^4 + x + 1 and so of order 15. A code is whole when its weighted sum is zero.
The twelve weights differ and none is zero: no single wrong letter and no swap of two keeps the sum.
"""

from functools import reduce

from portal.core.base import Pick

# These letters sit on the same key on QWERTY, QWERTZ and AZERTY: scanners type them safely.
ALPHABET = "BCDFGHJKLNPRSTVX"
LENGTH = 12
CHANCES: int = len(ALPHABET) ** (LENGTH - 1)

_GROUP = 4
_REFERENCE_LENGTH = 8
_ELEMENTS = {letter: element for element, letter in enumerate(ALPHABET)}


def has_our_shape(text: str) -> bool:
    """Twelve letters of ours, right or wrong."""
    return len(text) == LENGTH and all(letter in _ELEMENTS for letter in text)


def is_whole(twelve: str) -> bool:
    """Whether this is a code as we mint them: our shape, and its check letter is right."""
    return has_our_shape(twelve) and _weighted_sum(twelve) == 0


def check_letter(eleven: str) -> str:
    """The letter that makes these eleven whole."""
    if len(eleven) != LENGTH - 1:
        raise ValueError("a check letter belongs to eleven letters")
    return ALPHABET[_times_a(_weighted_sum(eleven))]


def grouped(code: str) -> str:
    """As a person reads it: in fours."""
    return " ".join(_groups(code))


def spelled(code: str) -> str:
    """As a person or a screen reader says it: letter by letter, a pause after each four."""
    return ", ".join(" ".join(group) for group in _groups(code))


def mint(pick: Pick) -> str:
    """A new code. Nobody can guess it as long as `pick` is fair."""
    eleven = _random_letters(pick, LENGTH - 1)
    return eleven + check_letter(eleven)


def mint_reference(pick: Pick) -> str:
    """Eight letters by which people and addresses name a claim: no check, and nothing of its code."""
    return _random_letters(pick, _REFERENCE_LENGTH)


def _random_letters(pick: Pick, count: int) -> str:
    return "".join(pick(ALPHABET) for _ in range(count))


def _groups(code: str) -> list[str]:
    return [code[start : start + _GROUP] for start in range(0, len(code), _GROUP)]


def _weighted_sum(letters: str) -> int:
    return reduce(lambda total, letter: _times_a(total) ^ _ELEMENTS[letter], letters, 0)


def _times_a(element: int) -> int:
    doubled = element << 1
    return doubled ^ 0b10011 if doubled & 0b10000 else doubled
