"""What happened, kept for good: rows here are added, never changed."""
