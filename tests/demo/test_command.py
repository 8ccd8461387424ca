"""`portal demo`: makes what is missing, says how to get in, and keeps out of real clubs."""

import pytest
from click.testing import CliRunner

from portal import demo


@pytest.fixture
def run(blank_url, tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", blank_url)
    monkeypatch.setenv("PORTAL_KEYS_FILE", str(tmp_path / "keys" / "portal.keys"))
    monkeypatch.setenv("PORTAL_PASSWORD_COST", "low")
    return lambda *options: CliRunner().invoke(demo.command, [*options, "--no-serve"], catch_exceptions=False)


def test_it_makes_database_keys_and_club_and_says_how_to_get_in(run, tmp_path, monkeypatch):
    monkeypatch.setenv("PORT", "9000")
    said = run().output
    assert said.startswith("Harbour Lane Club is ready.\n")
    ways_in = ("silver@example.com", "staff@example.com     PIN 2468", "harbour-lane-demo", ":9000/sign-in")
    assert [words for words in ways_in if words not in said] == []
    assert (tmp_path / "keys" / "portal.keys").stat().st_mode & 0o777 == 0o600


def test_a_repeat_says_that_nothing_was_changed(run):
    run()
    assert run().output.startswith("Harbour Lane Club is there already; nothing was changed.\n")


def test_it_stays_out_of_production(run, monkeypatch):
    monkeypatch.setenv("PORTAL_MODE", "production")
    monkeypatch.setenv("PORTAL_PUBLIC_URL", "https://club.example")
    result = run()
    assert (result.exit_code, "PORTAL_MODE is production" in result.output) == (1, True)
