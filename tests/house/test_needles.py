"""The canary's eyes: a code is seen in every disguise, among anything, and nothing else is taken for one."""

import os
from base64 import b64encode, urlsafe_b64encode
from pathlib import Path

import pytest

from tests.plumbing import needles

CODE, OTHER = "KRTBFLNXHDPR", "BCDFGHJKLNPR"


@pytest.fixture
def haystack():
    return needles.Haystack({CODE, OTHER})


def test_each_disguise_has_a_name():
    assert tuple(needles.forms(CODE)) == needles.FORMS


@pytest.mark.parametrize("form", needles.FORMS)
def test_a_code_is_seen_in_this_disguise(haystack, form):
    assert haystack.found(b"\0before=" + needles.forms(CODE)[form] + b"&after\xff") == {CODE}


@pytest.mark.parametrize("before", ["", "x", "xy", "xyz"])
@pytest.mark.parametrize("encode", [b64encode, urlsafe_b64encode])
def test_base64_is_seen_wherever_the_code_begins(haystack, before, encode):
    whole = encode(b"\xfb" + before.encode() + CODE.lower().encode() + b"\xff\xfe rest")
    assert haystack.found(b'"' + whole.rstrip(b"=") + b'"') == {CODE}


@pytest.mark.parametrize("before", ["", "4"])
def test_hex_is_seen_at_odd_places_and_in_capitals(haystack, before):
    assert haystack.found(f"x{before}{CODE.encode().hex().upper()}4".encode()) == {CODE}


@pytest.mark.parametrize("quote", ["'", '"', "&#39;", "&#34;", "&quot;"])
def test_a_list_of_groups_is_seen_however_it_is_quoted(haystack, quote):
    groups = [f"{quote}{CODE[place : place + 4]}{quote}" for place in (0, 4, 8)]
    assert haystack.found(", ".join(groups).encode()) == {CODE}


def test_several_codes_are_told_apart(haystack):
    assert haystack.found(f"{CODE}{OTHER.lower()}".encode()) == {CODE, OTHER}


@pytest.mark.parametrize("harmless", ["KRTB FLNX", "KRTBFLNXHDPX", "", "the quick brown fox " * 40])
def test_what_is_no_code_of_ours_is_left_alone(haystack, harmless):
    assert haystack.found(harmless.encode()) == set()


@pytest.mark.parametrize("place", [0, 4090, 4096, 8191])
def test_a_code_is_seen_across_the_edge_of_a_block(haystack, tmp_path: Path, place):
    file = tmp_path / "large"
    file.write_bytes(os.urandom(place) + needles.forms(CODE)["each letter URL-encoded"] + os.urandom(5000))
    assert haystack.found_in(file) == {CODE}
    assert (haystack.files, haystack.bytes) == (1, file.stat().st_size)
