"""What templates may call: words for sums, dates and ends. Zone and now are given, never guessed."""

from collections.abc import Callable
from typing import Any

from flask import Flask

from portal.web import dates, expiry, money

FILTERS: dict[str, Callable[..., Any]] = {
    "money": money.money,
    "number": money.number,
    "points": money.points,
    "percent": money.percent,
    "benefit": money.benefit_words,
    "clock": dates.clock_words,
    "weekday": dates.weekday_words,
    "date": dates.date_words,
    "day": dates.day_words,
    "when": dates.when_words,
    "stamp": dates.stamp_words,
    "moment": dates.moment_words,
    "past": dates.past_words,
    "ends": dates.end_words,
    "iso": dates.iso,
    "time_tag": dates.time_tag,
    "expiry": expiry.expiry,
    "paper_end": expiry.paper_words,
    "on_card": expiry.on_card,
    "claim_by": expiry.claim_by,
    "ended": expiry.ended,
    "again_from": expiry.again_from,
    "opens": expiry.opens,
    "opens_stub": expiry.opens_stub,
}


def install(app: Flask) -> None:
    """Give the templates their filters, and `zone_words(zone)` for "Times are Vilnius time"."""
    for name, words in FILTERS.items():
        app.add_template_filter(words, name)
    app.add_template_global(dates.zone_words, "zone_words")
