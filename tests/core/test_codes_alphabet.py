"""The letters of a code and the slips that its check letter catches."""

import random
from collections.abc import Sequence
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.codes import alphabet

letters = st.sampled_from(alphabet.ALPHABET)
codes = (
    st.lists(letters, min_size=11, max_size=11)
    .map("".join)
    .map(lambda eleven: eleven + alphabet.check_letter(eleven))
)


def test_the_letters_are_the_sixteen_that_scanners_type_safely() -> None:
    assert alphabet.ALPHABET == "BCDFGHJKLNPRSTVX"
    assert alphabet.CHANCES == 16**11


def test_a_known_code_keeps_its_check_letter_for_ever() -> None:
    assert alphabet.check_letter("KRTBFLNXHDP") == "K"
    assert alphabet.is_whole("KRTBFLNXHDPK")


def test_a_minted_code_is_whole_and_made_of_what_was_picked() -> None:
    assert alphabet.mint(lambda choices: choices[0]) == "BBBBBBBBBBBB"
    code = alphabet.mint(random.Random(1).choice)
    assert alphabet.is_whole(code)


def test_eleven_letters_are_left_to_chance() -> None:
    picked: list[Sequence[str]] = []

    def pick(choices: Sequence[str]) -> str:
        picked.append(choices)
        return "K"

    assert alphabet.mint(pick)[:11] == "K" * 11
    assert picked == [alphabet.ALPHABET] * 11


def test_a_reference_is_eight_letters_of_chance() -> None:
    assert alphabet.mint_reference(lambda choices: choices[-1]) == "XXXXXXXX"


@pytest.mark.parametrize("code", [alphabet.mint(random.Random(seed).choice) for seed in range(40)])
def test_every_single_wrong_letter_is_caught(code: str) -> None:
    for place in range(12):
        for wrong in set(alphabet.ALPHABET) - {code[place]}:
            assert not alphabet.is_whole(code[:place] + wrong + code[place + 1 :])


@pytest.mark.parametrize("code", [alphabet.mint(random.Random(seed).choice) for seed in range(40)])
def test_every_swap_of_two_letters_is_caught(code: str) -> None:
    for here, there in combinations(range(12), 2):
        assert alphabet.is_whole(swapped(code, here, there)) == (code[here] == code[there])


def test_the_algebra_says_so_for_all_codes() -> None:
    """The check is additive, so a slip passes only if its difference weighs zero, and none does."""
    weights = [[weight_of(letter, place) for letter in alphabet.ALPHABET] for place in range(12)]
    for here in range(12):
        assert sorted(weights[here]) == list(range(16))
    for here, there in combinations(range(12), 2):
        assert [e for e in range(16) if weights[here][e] == weights[there][e]] == [0]


@given(codes, codes)
def test_the_check_is_additive(one: str, other: str) -> None:
    total = "".join(alphabet.ALPHABET[element(a) ^ element(b)] for a, b in zip(one, other, strict=True))
    assert alphabet.is_whole(total)


@given(codes, st.integers(0, 11), letters)
def test_one_wrong_letter_never_passes(code: str, place: int, letter: str) -> None:
    assert alphabet.is_whole(code[:place] + letter + code[place + 1 :]) == (letter == code[place])


@given(codes, st.integers(0, 11), st.integers(0, 11))
def test_two_swapped_letters_never_pass(code: str, here: int, there: int) -> None:
    assert alphabet.is_whole(swapped(code, here, there)) == (code[here] == code[there])


@pytest.mark.parametrize(
    "text", ["", "KRTBFLNXHDP", "KRTBFLNXHDPKK", "krtbflnxhdpk", "KRTB FLNX HD", "KRTBFLNXHDPA"]
)
def test_another_shape_is_not_a_code(text: str) -> None:
    assert not alphabet.is_whole(text)


def test_a_check_letter_is_only_made_for_eleven() -> None:
    with pytest.raises(ValueError, match="eleven"):
        alphabet.check_letter("KRTB")


def test_a_code_is_shown_in_fours_and_spoken_with_pauses() -> None:
    assert alphabet.grouped("KRTBFLNXHDPK") == "KRTB FLNX HDPK"
    assert alphabet.spelled("KRTBFLNXHDPK") == "K R T B, F L N X, H D P K"


def swapped(code: str, here: int, there: int) -> str:
    places = list(code)
    places[here], places[there] = places[there], places[here]
    return "".join(places)


def element(letter: str) -> int:
    return alphabet.ALPHABET.index(letter)


def weight_of(letter: str, place: int) -> int:
    """What the letter adds to the sum in that place, told by the check letter that it alone asks for."""
    alone = "B" * place + letter + "B" * (11 - place)
    return element(letter) if place == 11 else element(alphabet.check_letter(alone[:11]))
