"""What runs without a person: today the sweep."""
