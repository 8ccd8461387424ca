"""What is forgiven when a code is typed, pasted or scanned, and what is left alone."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from portal.core.codes import alphabet, forgiving
from portal.core.codes.forgiving import Kind, Reading

CODE = "KRTBFLNXHDPK"
SLIP = "KRTBFLNXHDPR"
WITH_LOOK_ALIKES = "BSGLBSGLBSG" + alphabet.check_letter("BSGLBSGLBSG")
OURS = Reading(Kind.OURS, CODE)

WAYS_TO_WRITE_IT = [
    "KRTB FLNX HDPK",
    "krtb flnx hdpk",
    "  krtb-flnx-hdpk\r\n",
    "KRTB\u2010FLNX\u2013HDPK",
    "KRTB\u2014FLNX\u2212HDPK",
    "KRTB\u00a0FLNX\u202fHDPK",
    "\ufeffKRTB\u200bFLNX\u200dHDPK\u2060",
    "KR\u00adTBFLNXHDPK",
    "ＫＲＴＢ　ＦＬＮＸ　ＨＤＰＫ",
    "ｋｒｔｂ－ｆｌｎｘ－ｈｄｐｋ",
    "K R T B, F L N X, H D P K",
    "\u212aRTBFLNXHDPK",
    "KRTBFLNXHDPK\rKRTBFLNXHDPK",
]
WRAPPERS = [
    "https://club.example/y/KRTBFLNXHDPK",
    "https://club.example/y/KRTBFLNXHDPK/",
    "HTTPS://CLUB.EXAMPLE/KRTBFLNXHDPK?a=1",
    "https://club.example/?c=KRTBFLNXHDPK&lang=lt",
    "https://club.example/?c=krtb%20flnx%20hdpk",
    "https://club.example/?c=krtb+flnx+hdpk",
    "https://club.example/use#KRTB-FLNX-HDPK",
    "club.example/KRTBFLNXHDPK",
    "code:KRTBFLNXHDPK",
    "See https://club.example/KRTBFLNXHDPK thanks",
]
OTHER_LAYOUTS = ["ЛКЕИАДТЧРВЗЛ", "лкеи адтч рвзл", "ΚΡΤΒ ΦΛΝΧ ΗΔΠΚ", "κρτβφλνχηδπκ"]
KEYS = {
    "RUSSIAN": dict(zip(alphabet.ALPHABET, "ИСВАПРОЛДТЗКЫЕМЧ", strict=True)),
    "UKRAINIAN": dict(zip(alphabet.ALPHABET, "ИСВАПРОЛДТЗКІЕМЧ", strict=True)),
    "GREEK": dict(zip(alphabet.ALPHABET, "ΒΨΔΦΓΗΞΚΛΝΠΡΣΤΩΧ", strict=True)),
}
letters = st.text(st.sampled_from(alphabet.ALPHABET), min_size=11, max_size=11)
codes = letters.map(lambda eleven: eleven + alphabet.check_letter(eleven))


@pytest.mark.parametrize("typed", WAYS_TO_WRITE_IT)
def test_the_way_of_writing_is_forgiven(typed: str) -> None:
    assert forgiving.read(typed) == OURS


@pytest.mark.parametrize("typed", WRAPPERS)
def test_an_address_around_the_code_is_forgiven(typed: str) -> None:
    assert forgiving.read(typed) == OURS


@pytest.mark.parametrize("typed", OTHER_LAYOUTS)
def test_another_keyboard_layout_is_forgiven(typed: str) -> None:
    assert forgiving.read(typed) == OURS


@given(codes, st.sampled_from(sorted(KEYS)))
def test_every_code_survives_every_layout(code: str, layout: str) -> None:
    typed = "".join(KEYS[layout][letter] for letter in code)
    assert forgiving.read(typed) == forgiving.read(typed.lower()) == Reading(Kind.OURS, code)


def test_the_layouts_here_are_of_the_scripts_they_claim() -> None:
    assert {unicodedata.name(key).split()[0] for key in KEYS["GREEK"].values()} == {"GREEK"}
    for layout in ("RUSSIAN", "UKRAINIAN"):
        assert {unicodedata.name(key).split()[0] for key in KEYS[layout].values()} == {"CYRILLIC"}


def test_digits_that_look_like_letters_are_forgiven() -> None:
    typed = WITH_LOOK_ALIKES.translate(str.maketrans("BSGL", "8561"))
    assert forgiving.read(typed) == Reading(Kind.OURS, WITH_LOOK_ALIKES)


@given(codes)
def test_what_we_show_and_say_reads_back(code: str) -> None:
    for typed in (code, alphabet.grouped(code), alphabet.spelled(code)):
        assert forgiving.read(typed) == Reading(Kind.OURS, code)


@pytest.mark.parametrize("typed", [SLIP, "krtb flnx hdpr", "KRT8-FLNX-HDPR"])
def test_a_slip_is_told_from_another_code(typed: str) -> None:
    assert forgiving.read(typed) == Reading(Kind.MISTYPED, SLIP)


@pytest.mark.parametrize(
    "typed",
    [
        "10OFFSTORE",
        "DISCOUNT20-CAFE123",
        "4006381333931",
        "KRTBFLNXHDP",
        "KRTBFLNXHDPKK",
        "KRTBFLNXHDPA",
        "KRTB_FLNX_HDPK",
        "ЛКЕИАДТЧРВЗК",
        "https://club.example/y/KRTBFLNXHDPR",
        "KRTBFLNXHDPK/BBBBBBBBBBBB",
        "---",
    ],
)
def test_anything_else_stays_as_it_was_typed(typed: str) -> None:
    assert forgiving.read(f" {typed}\n") == Reading(Kind.FOREIGN, typed)


@pytest.mark.parametrize("typed", ["", "   ", "\t\r\n", "\u200b\ufeff"])
def test_nothing_is_nothing(typed: str) -> None:
    assert forgiving.read(typed) == Reading(Kind.EMPTY, "")


def test_only_the_first_two_hundred_characters_are_looked_at() -> None:
    assert forgiving.read(" " * 188 + CODE) == OURS
    assert forgiving.read(" " * 200 + CODE) == Reading(Kind.EMPTY, "")
    assert forgiving.read("q" * 5_000) == Reading(Kind.FOREIGN, "q" * 200)


def test_only_a_whole_code_is_a_code() -> None:
    assert [forgiving.read(typed).code for typed in (CODE, SLIP, "10OFFSTORE", "")] == [
        CODE,
        None,
        None,
        None,
    ]


def test_a_pool_may_hold_nothing_of_our_shape() -> None:
    assert forgiving.read(CODE).has_our_shape
    assert forgiving.read(SLIP).has_our_shape
    assert not forgiving.read("10OFFSTORE").has_our_shape


def test_what_was_typed_is_not_in_a_readings_representation() -> None:
    assert CODE not in repr(forgiving.read(CODE))
    assert "10OFFSTORE" not in repr(forgiving.read("10OFFSTORE"))


near_codes = st.text(st.sampled_from("KRTBFLNXHDPK8561krtb -/?#=%+&лкеиΚΡΤΒＫ\u200b"), max_size=40)


@given(st.one_of(st.text(), st.text(st.characters()), near_codes, codes))
@example("\ud800%ff%")
@example("ﷺ" * 200)
def test_any_text_can_be_read_and_reading_again_changes_nothing(typed: str) -> None:
    once = forgiving.read(typed)
    assert forgiving.read(once.text) == once
    assert len(once.text) <= 200
    assert alphabet.is_whole(once.text) == (once.kind == Kind.OURS)
