"""`python -m tests.bench.purchases`: 100,000 receipts brought in twice, and by a process that is killed."""

import argparse
import sys
import tempfile
from pathlib import Path

from sqlalchemy import select

from portal.core.club.cards import Card
from portal.core.club.stores import Store
from portal.core.points.balances import Balance
from portal.core.points.ledger import Entry
from portal.core.points.lots import Lot
from portal.core.points.purchases import Purchase
from tests.bench import importing
from tests.plumbing import databases, postgres

HEADER = "store,receipt,at,amount,card,member,returns\n"
EVERY = 50  # every fiftieth receipt is a return
CONTENTS = {
    "balances": select(Card.number, Balance.balance, Balance.seq, Balance.owed, Balance.earned).join(
        Balance, Balance.member_id == Card.member_id
    ),
    "purchases": select(
        Store.code, Purchase.receipt, Purchase.kind, Purchase.amount, Purchase.points, Purchase.lapsed
    ).join(Store, Store.id == Purchase.store_id),
    "entries": select(Card.number, Entry.seq, Entry.kind, Entry.amount, Entry.balance_after).join(
        Card, Card.member_id == Entry.member_id
    ),
    "lots": select(Purchase.receipt, Lot.amount, Lot.remaining).join(
        Purchase, Purchase.id == Lot.purchase_id
    ),
}


def prepare(url: str, folder: Path, members: int) -> None:
    """A store, and members with a card each."""
    (folder / "stores.csv").write_text("code,name,zone,tills\npier,Pier,,\n")
    rows = "".join(f"x{n},,Member {n},,,C{n}\n" for n in range(members))
    (folder / "members.csv").write_text(importing.HEADER + rows)
    for kind in ("stores", "members"):
        importing.bring_in(url, folder / f"{kind}.csv", kind)


def receipts(file: Path, lines: int, members: int) -> Path:
    """A file of that many receipts, in the order of a year; every fiftieth returns an earlier one."""
    with file.open("w", encoding="utf-8") as out:
        out.write(HEADER)
        for n in range(lines):
            of = n - EVERY // 2 if n % EVERY == EVERY - 1 else None
            whose = (n if of is None else of) % members
            amount = 100 + (n if of is None else of) % 9000
            at = f"2026-{n * 10 // lines + 1:02}-{n % 28 + 1:02} {n % 12 + 8:02}:{n % 60:02}"
            back = "" if of is None else f"R{of}"
            out.write(f"pier,R{n},{at},{amount / 100:.2f},C{whose},,{back}\n")
    return file


def main() -> int:
    """Bring them in twice, then half and whole; print the seconds, and answer 1 where the rows differ."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.purchases", description=__doc__)
    parser.add_argument("--database", choices=databases.KNOWN, default="sqlite")
    parser.add_argument("--lines", type=int, default=100_000)
    parser.add_argument("--members", type=int, default=5_000)
    asked = parser.parse_args()
    keeper = postgres.watch_over_the_run() if asked.database == "postgresql" else None
    try:
        with tempfile.TemporaryDirectory() as folder:
            return compare(asked.database, Path(folder), asked.lines, asked.members)
    finally:
        if keeper is not None:
            keeper.communicate()


def compare(database: str, folder: Path, lines: int, members: int) -> int:
    """0 where twice, and killed and repeated, come to the same rows as once."""
    file = receipts(folder / "purchases.csv", lines, members)
    url = databases.migrated(database, importing.made(folder / "whole"))
    prepare(url, folder, members)
    print(f"{lines:,} receipts on {database}: {importing.bring_in(url, file, 'purchases')}")
    wanted = importing.contents(url, CONTENTS)
    print(f"the same once more: {importing.bring_in(url, file, 'purchases')}")
    same = importing.contents(url, CONTENTS) == wanted
    url = databases.migrated(database, importing.made(folder / "killed"))
    prepare(url, folder, members)
    left = importing.kill_at(url, file, lines // 2, "purchases", Purchase)
    print(f"killed with {left:,} in, and repeated: {importing.bring_in(url, file, 'purchases')}")
    same = same and importing.contents(url, CONTENTS) == wanted and lines // 2 <= left < lines
    print(f"{sum(map(len, wanted.values())):,} rows: {'the same' if same else 'NOT the same'}")
    return int(not same)


if __name__ == "__main__":
    sys.exit(main())
