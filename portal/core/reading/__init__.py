"""Questions across nouns, for one kind of reader each; nothing here writes."""
