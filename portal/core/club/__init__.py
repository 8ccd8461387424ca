"""The club itself: its stores and tills, its people, and how they are signed in."""
