"""What became of a member's codes: used, given back or expired, the latest first and thirty at a time."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from portal.core.claims import expiry, releases
from portal.core.claims.claims import Claim
from portal.core.reading import wallet
from portal.core.reading.wallet import HISTORY_SHOWN, Past
from tests import build
from tests.members.ada import Ada
from tests.members.page import Part

DAY = timedelta(days=1)
MANY = HISTORY_SHOWN + 2


def lines(page: Part) -> list[str]:
    return [line.text for line in page.one("section", id="history").all("li")]


def give_back(ada: Ada, claim: Claim) -> None:
    releases.give_back(ada.session, ada.member.id, claim.reference, now=ada.clock())
    ada.session.commit()


def sweep(ada: Ada) -> None:
    expiry.record_expired(ada.session, now=ada.clock())
    ada.session.commit()


def test_each_part_has_its_own_address_and_heading(ada: Ada) -> None:
    row = ada.opens("/wallet").one("nav", aria_label="Show")
    assert [(link.text, link.attributes["href"]) for link in row.all("a")] == [
        ("Ready", "/wallet"),
        ("Used", "/wallet?show=used"),
        ("Expired", "/wallet?show=expired"),
    ]
    assert ada.opens("/wallet?show=used").one("a", aria_current="true").text == "Used"
    assert ada.opens("/wallet?show=ready").headings() == ada.opens("/wallet?show=nonsense").headings()


def test_each_end_has_its_own_words(ada: Ada) -> None:
    back = ada.holds(ada.meets("Free tea"))
    ada.holds(ada.meets("Free spin", code_mode="none"))
    ada.holds(ada.meets("Free coffee", valid_days=1))
    ada.clock.forward(minutes=5)
    give_back(ada, back)
    assert lines(ada.opens("/wallet?show=used")) == [
        "Free tea Given back today at 12:05pm",
        "Free spin Yours. Used at once",
    ]
    ada.clock.forward(days=3)
    assert lines(ada.opens("/wallet?show=expired")) == ["Free coffee Expired on Thursday 11 June, at 11:59pm"]


def test_the_line_leads_to_the_claim(ada: Ada) -> None:
    claim = ada.holds(ada.meets("Free coffee", valid_days=1))
    ada.clock.forward(days=3)
    assert ada.opens("/wallet?show=expired").link("Free coffee") == f"/wallet/{claim.reference}"


def test_a_late_sweep_changes_no_line(ada: Ada) -> None:
    ada.holds(ada.meets("Free coffee", valid_days=1))
    ada.holds(ada.meets("Free tea", valid_days=2))
    ada.clock.forward(days=5)
    before = lines(ada.opens("/wallet?show=expired"))
    sweep(ada)
    assert lines(ada.opens("/wallet?show=expired")) == before
    assert [line[:8] for line in before] == ["Free tea", "Free cof"]


@pytest.mark.parametrize("show", ["used", "expired"])
def test_nothing_there_leads_back(ada: Ada, show: str) -> None:
    page = ada.opens(f"/wallet?show={show}")
    assert page.link("Show my codes") == "/wallet"
    assert page.all(id="history") == []


def test_older_lines_are_a_page_away(ada: Ada) -> None:
    offer = ada.meets("Free spin", code_mode="none", per_member=None)
    for _ in range(MANY):
        ada.holds(offer)
        ada.clock.forward(minutes=1)
    first = ada.opens("/wallet?show=used")
    older = ada.opens(first.link("Show older"))
    assert (len(lines(first)), len(lines(older))) == (HISTORY_SHOWN, MANY - HISTORY_SHOWN)
    assert [link for link in older.all("a") if link.text == "Show older"] == []
    assert ada.opens("/wallet?show=used&before=1").headings() == ["Wallet"]


@pytest.mark.parametrize("minutes", [0, 1])
def test_pages_follow_one_another_without_gap_or_repeat(ada: Ada, minutes: int, session: Session) -> None:
    """In the order of their ends, also where many end in the same moment."""
    offer = ada.meets("Free tea", per_member=None, valid_days=None)
    held = [ada.holds(offer) for _ in range(MANY)]
    for claim in reversed(held):
        ada.clock.forward(minutes=minutes / 10)
        give_back(ada, claim)
    first, before = wallet.history(session, ada.member.id, ada.clock(), Past.USED)
    second, after = wallet.history(session, ada.member.id, ada.clock(), Past.USED, before)
    seen = [one.id for one in first + second]
    own = sorted(claim.id for claim in held)
    assert (seen, after) == (own if minutes else own[::-1], None)


def test_a_strangers_line_tells_nothing(ada: Ada, session: Session) -> None:
    eve = build.a_member(session, "Eve")
    theirs = build.claim(session, eve, ada.meets("Free spin", code_mode="none", per_member=None))
    ada.holds(ada.meets("Free turn", code_mode="none"))
    assert wallet.history(session, ada.member.id, ada.clock(), Past.USED, theirs.id) == ([], None)


def test_it_asks_three_questions(ada: Ada) -> None:
    ada.opens("/wallet?show=used")
    with ada.counting() as sent:
        ada.opens("/wallet?show=used")
    assert len(sent) == 3
