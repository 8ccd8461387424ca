"""What each refusal says, by its code: to the member, to staff, and as a status to the browser.

Every sentence comes as alternatives, the fullest first: the first whose facts are all known is said.
"""

from dataclasses import dataclass

from portal.web import facts as spoken
from portal.web import refusing_members, refusing_staff
from portal.web.facts import Facts
from portal.web.refusing_staff import Verdict


@dataclass(frozen=True)
class Step:
    """The one thing to do next: a button's words, and the key of the page it leads to."""

    label: str
    endpoint: str


@dataclass(frozen=True)
class Said:
    """What a member reads."""

    sentence: str
    step: Step | None


@dataclass(frozen=True)
class StaffSaid:
    """What staff read: the headline, the line below it and the verdict whose shape carries both."""

    headline: str
    say: str
    verdict: Verdict = "stop"


def member_words(code: str, facts: Facts) -> Said:
    """The sentence and the next step for a member; a code outside the catalogue is a KeyError."""
    row = refusing_members.ROWS[code]
    label, endpoint = row.step
    return Said(spoken.say(row.sentence, facts), Step(spoken.say(label, facts), endpoint))


def staff_words(code: str, facts: Facts) -> StaffSaid:
    """The headline and the line below it for staff; a code outside the catalogue is a KeyError."""
    row = refusing_staff.ROWS[code]
    return StaffSaid(spoken.say(row.headline, facts), spoken.say(row.say, facts), row.verdict)


def status(code: str) -> int:
    """Of the page that says it: 403 a ban, 404 not theirs, 409 any other no, 503 no answer yet."""
    return refusing_members.ROWS[code].status
