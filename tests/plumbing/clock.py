"""The clock of a test: it stands still until somebody moves it."""

from datetime import UTC, datetime, timedelta

NOON = datetime(2026, 6, 10, 9, 0, tzinfo=UTC)  # 12 o'clock in Vilnius, a Wednesday


class Clock:
    """Called, it tells the instant; `clock.forward(days=3)` is three days later."""

    def __init__(self, instant: datetime = NOON) -> None:
        self.instant = instant

    def __call__(self) -> datetime:
        return self.instant

    def forward(self, **by: float) -> datetime:
        self.instant += timedelta(**by)
        return self.instant
