"""A process that is killed in the middle of an import leaves what a repeat finishes."""

from tests.bench import importing
from tests.plumbing import databases

MEMBERS = 5000


def test_an_import_killed_at_half_and_repeated_brings_the_same_rows(database, tmp_path):
    file = importing.roll(tmp_path / "members.csv", MEMBERS)
    whole, killed = tmp_path / "whole", tmp_path / "killed"
    url = databases.migrated(database, importing.made(whole))
    importing.bring_in(url, file)
    wanted = importing.contents(url)
    url = databases.migrated(database, importing.made(killed))
    left = importing.kill_at(url, file, MEMBERS // 2)
    assert MEMBERS // 2 <= left < MEMBERS
    importing.bring_in(url, file)
    assert importing.contents(url) == wanted
