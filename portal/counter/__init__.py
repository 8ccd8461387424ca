"""The counter: a till in a store, the person who acts at it, and the bench where codes are checked."""

from portal.counter import bench, pins, posters, presence, scans, tills, today

__all__ = ["bench", "pins", "posters", "presence", "scans", "tills", "today"]
