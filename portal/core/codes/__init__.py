"""Codes: their letters, what is forgiven when one is typed, how they are kept."""
