"""Activity: one list of everything that happened, by kind if wanted, and nothing that came to nothing."""

from datetime import timedelta

import pytest

from portal.core.claims import expiry, releases
from portal.core.claims.claims import Claim
from portal.core.points import balances, lots
from portal.core.reading.activity import EVENTS_SHOWN
from portal.core.records import timeline
from portal.core.records.timeline import Happening
from portal.core.redeeming import reversals, scanning
from portal.core.redeeming.reversals import UndoReason
from tests import build
from tests.members.ada import Ada
from tests.members.page import Part
from tests.plumbing.clock import NOON

DAY = timedelta(days=1)


def test_it_tells_the_story_newest_first(ada: Ada) -> None:
    kept = ada.holds(ada.meets("Free coffee", points_cost=150))
    back = ada.holds(ada.meets("Free tea", points_cost=200))
    ada.presses(ada.opens(f"/wallet/{back.reference}/release").button("Give it back"))
    uses(ada, kept, "Pier Café")
    assert lines(ada.opens("/activity")) == [
        "Used: Free coffee Today, 12pm at Pier Café",
        "Given back: Free tea Today, 12pm 200 points returned",
        "Claimed: Free tea Today, 12pm 200 points spent",
        "Claimed: Free coffee Today, 12pm 150 points spent",
    ]


def test_a_line_leads_to_its_claim(ada: Ada) -> None:
    claim = ada.holds(ada.meets("Free coffee"))
    assert ada.opens("/activity").link("Claimed: Free coffee") == f"/wallet/{claim.reference}"


def test_what_was_refused_is_not_told(ada: Ada) -> None:
    ada.meets("Free coffee")
    form = ada.opens("/offers").button("Claim")
    ada.presses(form)
    ada.presses(form, key="another")
    assert ada.status == 409
    assert lines(ada.opens("/activity")) == ["Claimed: Free coffee Today, 12pm"]


def test_an_end_is_told_at_its_own_time_whether_or_not_it_was_swept(ada: Ada) -> None:
    ada.holds(ada.meets("Free coffee", valid_days=1))
    ada.clock.forward(days=5)
    late = lines(ada.opens("/activity"))
    expiry.record_expired(ada.session, now=ada.clock())
    ada.session.commit()
    assert (
        late
        == lines(ada.opens("/activity"))
        == [
            "Expired: Free coffee Thu 11 June",
            "Claimed: Free coffee Wed 10 June",
        ]
    )


def test_an_end_stands_where_it_belongs_however_late_it_is_written(ada: Ada) -> None:
    ada.holds(ada.meets("Free coffee", valid_days=1))
    ada.clock.forward(days=5)
    ada.holds(ada.meets("Free tea"))
    told = [
        "Claimed: Free tea Today, 12pm",
        "Expired: Free coffee Thu 11 June",
        "Claimed: Free coffee Wed 10 June",
    ]
    assert lines(ada.opens("/activity")) == told
    expiry.record_expired(ada.session, now=ada.clock())
    ada.session.commit()
    assert lines(ada.opens("/activity")) == told


@pytest.mark.parametrize("is_swept", [False, True])
def test_every_line_stands_on_one_page_by_its_instant(ada: Ada, is_swept: bool) -> None:
    for number in range(EVENTS_SHOWN + 5):
        ada.holds(ada.meets(f"Offer {number}", valid_days=1))
        ada.clock.forward(days=1)
    ada.clock.forward(days=1)
    if is_swept:
        expiry.record_expired(ada.session, now=ada.clock())
        ada.session.commit()
    told, page = lines(ada.opens("/activity")), ada.opens("/activity")
    stamps = [time.attributes["datetime"] for time in page.all("time")]
    while "Show older" in page.text:
        page = ada.opens(page.link("Show older"))
        told += lines(page)
        stamps += [time.attributes["datetime"] for time in page.all("time")]
    assert stamps == sorted(stamps, reverse=True)
    assert len(told) == len(set(told)) == 2 * (EVENTS_SHOWN + 5)


def test_what_returns_dead_expires_as_it_returns(ada: Ada) -> None:
    lots.earn(ada.session, ada.member.id, 200, now=NOON, expires_at=NOON + DAY / 144)
    claim = ada.holds(ada.meets("Free coffee", points_cost=200))
    ada.clock.forward(minutes=12)
    releases.give_back(ada.session, ada.member.id, claim.reference, now=ada.clock())
    ada.session.commit()
    assert lines(ada.opens("/activity")) == [
        "Given back: Free coffee Today, 12:12pm",
        "200 points expired Today, 12:12pm",
        "Claimed: Free coffee Today, 12pm 200 points spent",
    ]


def test_dead_points_are_told_whether_or_not_they_are_written_off(ada: Ada) -> None:
    balances.lock(ada.session, ada.member.id)
    lots.earn(ada.session, ada.member.id, 70, now=NOON, expires_at=NOON + DAY)
    ada.session.commit()
    ada.clock.forward(days=5)
    late = lines(ada.opens("/activity"))
    balances.lock(ada.session, ada.member.id)
    lots.write_off_due(ada.session, ada.member.id, ada.clock())
    ada.session.commit()
    assert late == lines(ada.opens("/activity")) == ["70 points expired Thu 11 June"]


def test_points_earned_say_where_from(ada: Ada) -> None:
    told = {"points": 400, "reason": "opening:import"}
    add(ada, Happening.POINTS_EARNED, facts=told)
    add(ada, Happening.JOINED)
    assert lines(ada.opens("/activity")) == [
        "You joined the club Today, 12pm",
        "400 points earned Today, 12pm Brought along when you joined",
    ]


@pytest.mark.parametrize(
    "show, left",
    [
        ("claimed", ["Claimed: Free coffee Today, 12pm"]),
        ("used", ["Used: Free coffee Today, 12pm at Pier Café"]),
        ("expired", []),
        ("points", ["10 points earned Today, 12pm"]),
    ],
)
def test_a_chip_narrows_the_list(ada: Ada, show: str, left: list[str]) -> None:
    add(ada, Happening.POINTS_EARNED, facts={"points": 10})
    uses(ada, ada.holds(ada.meets("Free coffee")), "Pier Café")
    page = ada.opens(f"/activity?show={show}")
    assert lines(page) == left
    [chosen] = page.all("a", aria_current="true")
    assert chosen.attributes["href"] == f"/activity?show={show}"


def test_an_undone_use_is_told(ada: Ada) -> None:
    uses(ada, ada.holds(ada.meets("Free coffee")), "Pier Café", undone=True)
    assert lines(ada.opens("/activity?show=used"))[0] == "Use undone: Free coffee Today, 12pm at Pier Café"


def test_a_kind_that_never_happened_leads_back_to_everything(ada: Ada) -> None:
    page = ada.opens("/activity?show=expired")
    assert page.section("Nothing of this kind").link("Show everything") == "/activity"


def test_an_unknown_kind_is_everything(ada: Ada) -> None:
    ada.holds(ada.meets("Free coffee"))
    assert len(lines(ada.opens("/activity?show=nonsense"))) == 1


def test_before_anything_happened_it_leads_to_the_offers(ada: Ada) -> None:
    page = ada.opens("/activity")
    assert page.headings() == ["Activity", "Nothing has happened yet"]
    assert page.link("See what I can claim") == "/offers"


def test_older_lines_come_a_page_at_a_time_and_keep_the_kind(ada: Ada) -> None:
    for number in range(EVENTS_SHOWN + 3):
        add(ada, Happening.POINTS_EARNED, facts={"points": number + 1})
        add(ada, Happening.JOINED)
    page = ada.opens("/activity?show=points")
    older = ada.opens(page.link("Show older"))
    assert (len(lines(page)), len(lines(older))) == (EVENTS_SHOWN, 3)
    assert lines(older)[-1] == "1 point earned Today, 12pm"


def test_it_asks_five_questions_however_much_happened(ada: Ada) -> None:
    ada.opens("/activity")
    for number in range(8):
        uses(ada, ada.holds(ada.meets(f"Offer {number}")), f"Store {number}")
    with ada.counting() as sent:
        ada.opens("/activity")
    assert len(sent) == 5


def lines(page: Part) -> list[str]:
    return [line.text for part in page.all(class_="timeline") for line in part.all("li")]


def add(ada: Ada, kind: Happening, **more) -> None:
    timeline.add(ada.session, kind, member_id=ada.member.id, now=ada.clock(), **more)
    ada.session.commit()


def uses(ada: Ada, claim: Claim, store: str, *, undone: bool = False) -> None:
    place = build.a_place(ada.session, build.a_store(ada.session, store))
    code, now = build.code_of(ada.session, claim), ada.clock()
    scan = scanning.scan(ada.session, build.KEYRING, code, place, key="tap", now=now, acting_since=None)
    if undone:
        reversals.undo(ada.session, place, scan.id, UndoReason.AT_ONCE, now=now)
    ada.session.commit()
