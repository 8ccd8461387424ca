"""The end of a claim in the member's own calendar: the right instant, the way back, and never the code."""

import re
from datetime import timedelta

import pytest

from portal.core.claims.claims import Claim
from tests import build
from tests.members.ada import Ada
from tests.plumbing.clock import NOON

DAY = timedelta(days=1)


def entry(ada: Ada, claim: Claim) -> dict[str, str]:
    """The lines of the file by name, unfolded; the alarm's own description last."""
    ada.answer = ada.client.get(f"/wallet/{claim.reference}/expiry.ics")
    lines = ada.answer.text.replace("\r\n ", "").split("\r\n")
    return dict(line.split(":", 1) for line in lines if line)


def test_it_tells_the_offer_its_end_and_its_page(ada: Ada) -> None:
    claim = ada.holds(ada.meets("Free coffee", valid_days=10))
    told = entry(ada, claim)
    assert ada.answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert ada.answer.headers["Cache-Control"] == "no-store"
    assert told["SUMMARY"] == "Free coffee"
    assert told["URL"] == f"http://127.0.0.1:8000/wallet/{claim.reference}"
    assert told["UID"] == f"{claim.reference}@127.0.0.1"
    assert (told["DTSTAMP"], told["TRIGGER"]) == ("20260610T090000Z", "-P2D")


@pytest.mark.parametrize(
    "days, begins, ends",
    [(10, "20260620T205900Z", "20260620T210000Z"), (150, "20261107T215900Z", "20261107T220000Z")],
)
def test_it_stands_on_the_day_that_people_name(ada: Ada, days: int, begins: str, ends: str) -> None:
    """11:59pm in Vilnius: three hours from UTC in summer, two in winter."""
    told = entry(ada, ada.holds(ada.meets("Free coffee", valid_days=days)))
    assert (told["DTSTART"], told["DTEND"]) == (begins, ends)


def test_an_end_on_the_hour_is_that_moment(ada: Ada) -> None:
    offer = ada.meets("Free coffee", valid_days=None, use_to=NOON + 3 * DAY)
    told = entry(ada, ada.holds(offer))
    assert told["DTSTART"] == "20260613T090000Z"
    assert "DTEND" not in told


def test_it_holds_no_code(ada: Ada) -> None:
    claim = ada.holds(ada.meets("Free coffee", valid_days=10))
    entry(ada, claim)
    code = build.code_of(ada.session, claim)
    assert code not in re.sub(r"[^A-Z]", "", ada.answer.text)


def test_the_page_offers_it_while_there_is_an_end_to_come(ada: Ada) -> None:
    claim = ada.holds(ada.meets("Free coffee", valid_days=1))
    page = ada.opens(f"/wallet/{claim.reference}")
    assert page.link("Add the expiry to my calendar") == f"/wallet/{claim.reference}/expiry.ics"
    ada.clock.forward(days=3)
    assert "calendar" not in ada.opens(f"/wallet/{claim.reference}").text


@pytest.mark.parametrize("days, later", [(1, 3), (None, 0)])
def test_what_has_no_end_to_come_leads_to_its_page(ada: Ada, days: int | None, later: int) -> None:
    claim = ada.holds(ada.meets("Free coffee", valid_days=days))
    ada.clock.forward(days=later)
    answer = ada.client.get(f"/wallet/{claim.reference}/expiry.ics")
    assert (answer.status_code, answer.location) == (303, f"/wallet/{claim.reference}")
