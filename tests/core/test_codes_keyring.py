"""The keys: what they hash, what they seal, and how their file is read."""

import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.codes import keyring
from portal.core.codes.keyring import KeyFileBroken, Keyring, SealBroken

CODE = "KRTBFLNXHDPK"
CLAIM = "BCDFGHJK"
ONE = Keyring({1: b"1" * 32})
BOTH = Keyring({1: b"1" * 32, 2: b"2" * 32})
entropy = random.Random(1).randbytes


def test_a_code_is_found_by_a_hash_that_never_changes() -> None:
    assert ONE.lookup(CODE).hex() == "77a87952f4de4e9334f6116dcc520ca6aa72b9512f1eb3f3ff25aa127d1f4d75"


def test_the_newest_version_comes_first_and_is_used_for_new_codes() -> None:
    assert (BOTH.current, BOTH.versions) == (2, (2, 1))
    assert BOTH.lookups(CODE) == [BOTH.lookup(CODE), ONE.lookup(CODE)]
    assert BOTH.lookup(CODE, 1) == ONE.lookup(CODE)


def test_each_purpose_has_keys_of_its_own() -> None:
    hashes = {ONE.lookup("1234"), ONE.pin_lookup("1234"), ONE.pin_lookup("1234", "mill"), *ONE.forms_keys()}
    assert len(hashes) == 4
    assert b"1" * 32 not in hashes


def test_a_pin_is_found_under_every_version() -> None:
    assert BOTH.pin_lookups("1234", "mill") == [
        BOTH.pin_lookup("1234", "mill"),
        ONE.pin_lookup("1234", "mill"),
    ]


def test_form_signatures_of_older_keys_are_still_accepted() -> None:
    assert BOTH.forms_keys()[1:] == ONE.forms_keys()


def test_a_sealed_code_opens_for_its_claim() -> None:
    sealed = ONE.seal(CODE, CLAIM, entropy)
    assert sealed[0] == 1
    assert len(sealed) == 1 + 12 + 12 + 16
    assert CODE.encode() not in sealed
    assert ONE.open(sealed, CLAIM) == BOTH.open(sealed, CLAIM) == CODE


def test_sealing_twice_gives_different_bytes() -> None:
    assert ONE.seal(CODE, CLAIM, entropy) != ONE.seal(CODE, CLAIM, entropy)


def test_a_sealed_code_opens_for_no_other_claim() -> None:
    with pytest.raises(SealBroken, match="another claim"):
        ONE.open(ONE.seal(CODE, CLAIM, entropy), "XXXXXXXX")


def test_a_seal_of_a_missing_version_says_which() -> None:
    with pytest.raises(SealBroken, match="key version 2"):
        ONE.open(BOTH.seal(CODE, CLAIM, entropy), CLAIM)


@pytest.mark.parametrize("length", [0, 1, 12, 13])
def test_a_seal_cut_short_is_broken(length: int) -> None:
    with pytest.raises(SealBroken, match="cut short"):
        ONE.open(ONE.seal(CODE, CLAIM, entropy)[:length], CLAIM)


@given(st.integers(0, 40), st.integers(1, 255))
def test_a_seal_with_any_byte_changed_is_broken(place: int, change: int) -> None:
    sealed = bytearray(BOTH.seal(CODE, CLAIM, entropy))
    sealed[place] ^= change
    with pytest.raises(SealBroken):
        BOTH.open(bytes(sealed), CLAIM)


def test_a_version_keeps_its_fingerprint_when_another_joins() -> None:
    assert BOTH.fingerprints()[1] == ONE.fingerprints()[1]
    assert len(set(BOTH.fingerprints().values())) == 2
    assert ONE.fingerprints() == {1: "28dfc1555daef620d64c53b24795752f"}


def test_turning_the_keys_adds_a_version() -> None:
    turned = ONE.rotated(entropy)
    assert turned.versions == (2, 1)
    assert turned.masters[1] == ONE.masters[1]


def test_new_keys_are_32_bytes_of_chance() -> None:
    assert keyring.new(lambda count: b"x" * count).masters == {1: b"x" * 32}


def test_the_file_reads_back() -> None:
    assert keyring.loads(keyring.dumps(BOTH)).masters == BOTH.masters
    assert json.loads(keyring.dumps(ONE)) == {
        "keys": [{"version": 1, "key": "MTExMTExMTExMTExMTExMTExMTExMTExMTExMTExMTE="}]
    }


BROKEN_FILES = {
    "": "not JSON",
    "{": "not JSON",
    "[]": "no list called",
    "7": "no list called",
    "{}": "no list called",
    '{"keys": []}': "holds no key",
    '{"keys": {"version": 1}}': "holds no key",
    '{"keys": [7]}': "Key number 1",
    '{"keys": [{"version": "1", "key": "eA=="}]}': "Key number 1",
    '{"keys": [{"version": true, "key": "eA=="}]}': "Key number 1",
    '{"keys": [{"version": 1}]}': "Key number 1",
    '{"keys": [{"version": 1, "key": "secret!"}]}': "version 1 is not base64",
    '{"keys": [{"version": 1, "key": "s\u00e9cret"}]}': "version 1 is not base64",
    '{"keys": [{"version": 3, "key": "eA=="}]}': "version 3 is 1 bytes long",
    json.dumps({"keys": [{"version": 256, "key": "A" * 43 + "="}]}): "between 1 and 255",
    json.dumps({"keys": [{"version": 1, "key": "A" * 43 + "="}] * 2}): "version 1 stands twice",
}


@pytest.mark.parametrize("text", BROKEN_FILES)
def test_a_broken_key_file_names_the_mend_and_shows_no_key(text: str) -> None:
    with pytest.raises(KeyFileBroken, match=BROKEN_FILES[text]) as fault:
        keyring.loads(text)
    assert "Restore the key file" in str(fault.value)
    assert "secret" not in str(fault.value)


def test_an_absurd_key_file_is_broken_too() -> None:
    for text in ("[" * 100_000, "9" * 5_000):
        with pytest.raises(KeyFileBroken, match="no list called"):
            keyring.loads(text)


def test_a_keyring_without_keys_is_refused() -> None:
    with pytest.raises(KeyFileBroken):
        Keyring({})


def test_no_representation_shows_a_key() -> None:
    assert repr(BOTH) == "Keyring(versions=(2, 1))"
