"""Lists of stores, staff, members and offers, read from CSV files (docs/importing.md)."""
