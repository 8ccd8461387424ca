"""Keys are made on purpose, shown only as fingerprints, and never replaced by accident."""

import stat
from pathlib import Path

import pytest

from portal.core.codes import keyring as keyrings


@pytest.fixture
def file(environment):
    return Path(environment["PORTAL_KEYS_FILE"])


def test_keys_are_made_for_their_owner_only(portal, file):
    assert portal("keys init").exit_code == 0
    assert (stat.S_IMODE(file.stat().st_mode), keyrings.loads(file.read_text()).versions) == (0o600, (1,))


def test_what_is_shown_is_no_key(portal, file):
    shown = portal("keys init").output + portal("keys show").output
    assert '"key"' not in shown
    assert [entry["key"] in shown for entry in keys_in(file)] == [False]
    assert shown.count(keyrings.loads(file.read_text()).fingerprints()[1]) == 2


def test_a_file_that_is_there_is_left_alone(portal, file):
    portal("keys init")
    before = file.read_bytes()
    answer = portal("keys init")
    assert (answer.exit_code, "exists already" in answer.output, file.read_bytes()) == (2, True, before)


def test_a_club_with_keys_gets_no_new_ones(portal, file, app):
    file.unlink()
    answer = portal("keys init")
    assert (answer.exit_code, "Restore their file" in answer.output, file.exists()) == (2, True, False)


def test_keys_may_be_made_before_the_database(portal, blank_url):
    assert portal("keys init", DATABASE_URL=blank_url).exit_code == 0


def test_a_change_of_keys_keeps_the_older(portal, file, app):
    before = keyrings.loads(file.read_text())
    answer = portal("keys rotate")
    after = keyrings.loads(file.read_text())
    assert (answer.exit_code, after.versions) == (0, (2, 1))
    assert after.fingerprints()[1] == before.fingerprints()[1]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_keys_of_another_club_are_not_rotated(portal, file, app):
    file.unlink()
    keyring = keyrings.new(lambda count: bytes(count))
    file.write_text(keyrings.dumps(keyring))
    answer = portal("keys rotate")
    assert (answer.exit_code, "lacks version 1" in answer.output) == (2, True)
    assert file.read_text() == keyrings.dumps(keyring)


def test_without_a_club_there_is_nothing_to_rotate(portal):
    portal("keys init")
    assert portal("keys rotate").exit_code == 2


@pytest.mark.parametrize("words", ["keys show", "keys rotate", "audit"])
def test_a_missing_file_is_one_line(portal, words):
    answer = portal(words)
    assert (answer.exit_code, answer.output.startswith("There is no key file at ")) == (2, True)


def keys_in(file):
    import json

    return json.loads(file.read_text())["keys"]
