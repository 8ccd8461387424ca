"""What runs without a person: mail, reminders, and the sweep."""
