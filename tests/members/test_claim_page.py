"""The page of one claim: being served, and what became of it."""

from datetime import timedelta

import pytest
from flask import Flask

from portal.core.claims.claims import Claim
from portal.core.codes import alphabet
from portal.core.offers import timeframes
from portal.core.offers.timeframes import Timeframe
from portal.core.redeeming import scanning
from tests import build
from tests.members.ada import Ada
from tests.plumbing.clock import NOON

DAY = timedelta(days=1)


def test_it_stands_in_the_order_of_being_served(ada: Ada) -> None:
    offer = ada.meets("Free coffee", valid_days=1, points_cost=200)
    page = ada.opens(f"/wallet/{ada.holds(offer).reference}")
    assert page.headings() == ["Free coffee", "How to use it", "History"]
    parts = [part.attributes.get("class", "") for part in page.one(id="claim").all()]
    order = ["notice one", "pass", "qr", "code", "live", "acts", "steps", "timeline", "links"]
    assert sorted(order, key=parts.index) == order


def test_the_code_is_grouped_and_spelled(ada: Ada) -> None:
    claim = ada.holds(ada.meets("Free coffee"))
    code = build.code_of(ada.session, claim)
    page = ada.opens(f"/wallet/{claim.reference}")
    groups = [part.text for part in page.one(id="code").all("span", aria_hidden="true")]
    assert groups == alphabet.grouped(code).split()
    assert page.one(id="code").all("span", class_="vh")[0].text == f"Code: {alphabet.spelled(code)}"
    assert page.one("button", data_select="#code").attributes["data-copy"] == code
    assert page.one("a", class_="qr").text == "QR code for Free coffee. Show it full screen"


def test_no_code_is_in_a_title_or_an_address(ada: Ada) -> None:
    claim = ada.holds(ada.meets("Free coffee"))
    code = build.code_of(ada.session, claim)
    page = ada.opens(f"/wallet/{claim.reference}")
    addresses = [
        part.attributes.get(name, "") for part in page.all() for name in ("href", "action", "data-hx-get")
    ]
    title = "".join(str(words) for words in page.one("title").inside)
    assert [words for words in [title, *addresses] if code in words.replace(" ", "")] == []
    assert title.startswith("Free coffee")


def test_expiry_is_spoken_on_screen_and_on_paper(ada: Ada) -> None:
    page = ada.opens(f"/wallet/{ada.holds(ada.meets('Free coffee', valid_days=1)).reference}")
    assert page.words("screen") == "Expires tomorrow , Thursday, at 11:59pm"
    assert page.words("paper") == "Use by Thursday 11 June 2026 , 11:59pm Vilnius time"
    assert page.one("p", class_="one").attributes["data-level"] == "tomorrow"


def test_the_partners_codes_stand_beside_ours(ada: Ada) -> None:
    offer = ada.meets("15% off", store_code="H15", online_code="HARBOUR15", how_online="Type it in.")
    claim = ada.holds(offer)
    how = ada.opens(f"/wallet/{claim.reference}").section("How to use it")
    assert [button.attributes["data-copy"] for button in how.all("button")] == ["H15", "HARBOUR15"]
    assert how.headings() == ["How to use it", "In the store", "Online"]


def test_history_tells_the_points_before_and_after(ada: Ada) -> None:
    claim = ada.holds(ada.meets("Free coffee", points_cost=200))
    history = ada.opens(f"/wallet/{claim.reference}").section("History")
    assert history.text == "History Claimed Today, 12pm 200 points spent: 1,050 before, 850 after"
    assert history.one("time").attributes["datetime"] == "2026-06-10T12:00+03:00"


def test_what_works_later_shows_no_code_yet(ada: Ada) -> None:
    claim = ada.holds(ada.meets("Free coffee", use_from=NOON + 3 * DAY))
    page = ada.opens(f"/wallet/{claim.reference}")
    assert page.words("pass-code") == "From Saturday 13 June at 12pm The code appears here then."
    assert page.all(class_="code") + page.all(class_="qr") == []


def test_hours_stand_on_the_pass_as_they_were_promised(ada: Ada) -> None:
    offer = ada.meets("Free coffee", timeframes=timeframes.kept([Timeframe(days=(1,), begins=420, ends=600)]))
    claim = ada.holds(offer)
    offer.timeframes = []
    ada.session.commit()
    assert "When Tuesday, 7am to 10am" in ada.opens(f"/wallet/{claim.reference}").one(id="claim").text


def test_a_late_start_is_spoken_like_any_other(ada: Ada) -> None:
    claim = ada.holds(ada.meets("Free coffee", starts_after_days=3))
    page = ada.opens(f"/wallet/{claim.reference}")
    assert page.words("pass-code").startswith("From Saturday 13 June at 12am")


def use(ada: Ada, claim: Claim) -> None:
    """Somebody at Pier Café scans it."""
    place = build.a_place(ada.session)
    scanning.scan(
        ada.session,
        build.KEYRING,
        build.code_of(ada.session, claim),
        place,
        key="tap",
        now=ada.clock(),
        acting_since=None,
    )
    ada.session.commit()


def test_when_used_the_code_is_gone(ada: Ada) -> None:
    claim = ada.holds(ada.meets("Free coffee", online_code="SECRET15"))
    use(ada, claim)
    page = ada.opens(f"/wallet/{claim.reference}")
    assert (page.words("state"), page.words("pass-code")) == (
        "Used today at 12pm",
        "Used today at 12pm at Pier Café",
    )
    assert "SECRET15" not in page.text
    assert page.all(class_="code") + page.all(data_copy="SECRET15") == []


def test_partly_used_it_still_works(ada: Ada) -> None:
    claim = ada.holds(ada.meets("Two rounds", uses_per_claim=2))
    use(ada, claim)
    page = ada.opens(f"/wallet/{claim.reference}")
    assert page.words("facts").endswith("Uses left 1 of 2")
    assert page.words("live") == "1 of 2 uses left, checked at 12pm"
    assert len(page.all(class_="code")) == 1
    assert "1 of 2 uses left" in ada.opens(f"/wallet/{claim.reference}/full-screen").text


def test_when_expired_it_says_since_when(ada: Ada) -> None:
    claim = ada.holds(ada.meets("Free coffee", valid_days=1))
    ada.clock.forward(days=2)
    page = ada.opens(f"/wallet/{claim.reference}")
    assert page.words("state") == "Expired yesterday at 11:59pm"
    assert page.all(class_="code") == []


def test_a_free_play_has_no_code(ada: Ada) -> None:
    claim = ada.holds(ada.meets("Free spin", code_mode="none"))
    page = ada.opens(f"/wallet/{claim.reference}")
    assert page.words("state") == "Yours. Used at once"
    assert page.all(class_="code") == []


def test_full_screen_is_white_and_says_what_it_holds(ada: Ada) -> None:
    claim = ada.holds(ada.meets("Free coffee", valid_days=1))
    page = ada.opens(f"/wallet/{claim.reference}/full-screen")
    assert page.one("html").attributes["data-theme"] == "light"
    assert page.one("svg", role="img").has(
        {"aria-labelledby": "qr-title", "aria-describedby": "qr-description"}
    )
    assert page.link("Close") == f"/wallet/{claim.reference}"
    assert "Expires tomorrow, Thursday, at 11:59pm" in page.text


def test_full_screen_turns_by_itself(ada: Ada) -> None:
    claim = ada.holds(ada.meets("Two rounds", uses_per_claim=2))
    page = ada.opens(f"/wallet/{claim.reference}/full-screen")
    poll = page.one("div", data_hx_trigger="every 10s").attributes["data-hx-get"]
    ada.opens(poll, htmx=True)
    assert ada.status == 204
    use(ada, claim)
    ada.opens(poll, htmx=True)
    assert ada.answer.headers["HX-Redirect"] == f"/wallet/{claim.reference}/full-screen"


def test_full_screen_without_a_code_goes_back(ada: Ada) -> None:
    claim = ada.holds(ada.meets("Free coffee"))
    use(ada, claim)
    ada.opens(f"/wallet/{claim.reference}/full-screen")
    assert ada.answer.request.path == f"/wallet/{claim.reference}"


@pytest.mark.parametrize("path", ["", "/state", "/full-screen", "/release", "/expiry.ics"])
def test_another_members_claim_is_not_there(ada: Ada, app: Flask, path: str) -> None:
    eve = Ada(app, ada.session, ada.clock).join(name="Eve")
    claim = eve.holds(eve.meets("Free coffee"))
    page = ada.opens(f"/wallet/{claim.reference}{path}")
    assert ada.status == 404
    assert "We can’t find that in your wallet." in page.text


def test_it_is_kept_by_no_cache_and_asks_seven_questions(ada: Ada) -> None:
    claim = ada.holds(ada.meets("Free coffee", stores=("Mill", "Crumb")))
    ada.opens("/offers")
    with ada.counting() as sent:
        ada.opens(f"/wallet/{claim.reference}")
    assert len(sent) <= 7
    assert ada.answer.headers["Cache-Control"] == "no-store"
