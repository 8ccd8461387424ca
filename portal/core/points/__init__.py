"""Points: a balance per member, a ledger that only grows, and lots that expire together."""
