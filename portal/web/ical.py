"""Calendar files as RFC 5545 has them: one event with one alarm, in lines that every calendar reads."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

TYPE = "text/calendar; charset=utf-8"
_MAKER = "-//Counterfoil//Wallet//EN"
_LINE = 75
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": ""})


@dataclass(frozen=True)
class Event:
    """Something that happens once; `warning` is how long before a calendar speaks up, as in -P2D."""

    uid: str
    title: str
    told: str
    url: str
    begins: datetime
    ends: datetime
    warning: str


def calendar(event: Event, now: datetime) -> bytes:
    """The whole file."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{_MAKER}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        *_event(event, now),
        "END:VCALENDAR",
    ]
    return b"".join(part + b"\r\n" for line in lines for part in _folded(line))


def _event(event: Event, now: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}"
    yield f"DTSTAMP:{_utc(now)}"
    yield f"DTSTART:{_utc(event.begins)}"
    # An event without an end takes no time; one that ends as it begins is not allowed.
    if event.ends > event.begins:
        yield f"DTEND:{_utc(event.ends)}"
    yield f"SUMMARY:{_escaped(event.title)}"
    yield f"DESCRIPTION:{_escaped(event.told)}"
    yield f"URL:{event.url}"
    yield "TRANSP:TRANSPARENT"
    yield from _alarm(event)
    yield "END:VEVENT"


def _alarm(event: Event) -> Iterator[str]:
    yield "BEGIN:VALARM"
    yield "ACTION:DISPLAY"
    yield f"DESCRIPTION:{_escaped(event.title)}"
    yield f"TRIGGER:{event.warning}"
    yield "END:VALARM"


def _utc(instant: datetime) -> str:
    return instant.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _escaped(text: str) -> str:
    return text.translate(_ESCAPED)


def _folded(line: str) -> Iterator[bytes]:
    """At most 75 bytes a line, and no letter torn in two; what goes on begins with a space."""
    room = bytearray()
    for letter in line:
        written = letter.encode()
        if len(room) + len(written) > _LINE:
            yield bytes(room)
            room = bytearray(b" ")
        room += written
    yield bytes(room)
