"""Receipts loaded twice, and by a process that is killed and repeated, come to the same balances."""

from tests.bench import purchases

LINES, MEMBERS = 3000, 150


def test_twice_and_killed_and_repeated_bring_the_same_balances(database, tmp_path):
    assert purchases.compare(database, tmp_path, LINES, MEMBERS) == 0
