"""What the server says may be kept on a phone: nothing, until she asks; then what works, while it works."""

import json
import re
from datetime import timedelta

from flask import Flask

from portal.core.claims.claims import Claim
from tests import build
from tests.members.ada import Ada
from tests.members.test_claim_page import use
from tests.plumbing.clock import NOON

DAY = timedelta(days=1)
MONTH = NOON + 30 * DAY


def turn(ada: Ada, to: str = "on") -> None:
    form = ada.opens("/wallet").one("form", action="/wallet/copy")
    assert form.fields()["keep"] == to
    ada.presses(form)


def until(ada: Ada, path: str) -> str | None:
    ada.opens(path)
    assert ada.answer.headers["Cache-Control"] == "no-store"
    return ada.answer.headers.get("Copy-Until")


def pages(claim: Claim) -> list[str]:
    return [f"/wallet/{claim.reference}", f"/wallet/{claim.reference}/full-screen"]


def seconds(at: object) -> str:
    return str(int(at.timestamp()))  # type: ignore[attr-defined]


def test_nothing_may_be_kept_until_she_asks(ada: Ada) -> None:
    claim = ada.holds(ada.meets())
    assert [until(ada, path) for path in ("/wallet", *pages(claim))] == [None, None, None]
    assert ada.opens("/wallet").all(data_keep_page=f"/wallet/{claim.reference}") == []
    assert "data-keep" not in ada.opens("/wallet").one("body").attributes


def test_then_a_copy_is_good_until_the_end_or_for_30_days(ada: Ada) -> None:
    short, endless = ada.holds(ada.meets(valid_days=2)), ada.holds(ada.meets(valid_days=None))
    turn(ada)
    assert until(ada, "/wallet") == seconds(MONTH)
    assert [until(ada, path) for path in pages(short)] == [seconds(short.expires_at)] * 2
    assert [until(ada, path) for path in pages(endless)] == [seconds(MONTH)] * 2
    named = ada.opens("/wallet").one("li", data_keep_page=f"/wallet/{short.reference}")
    assert named.attributes["data-until"] == seconds(short.expires_at)


def test_only_what_works_now_may_be_kept(ada: Ada) -> None:
    later = ada.holds(ada.meets("Free tea", use_from=NOON + DAY))
    used = ada.holds(ada.meets("Free cake"))
    use(ada, used)
    turn(ada)
    for claim in (later, used):
        assert until(ada, f"/wallet/{claim.reference}") is None
    assert [part for part in ada.opens("/wallet").all("li") if "data-keep-page" in part.attributes] == []
    assert [until(ada, path) for path in ("/offers", "/wallet?show=used", "/points")] == [None] * 3


def test_a_ban_takes_the_copies_back(ada: Ada) -> None:
    claim = ada.holds(ada.meets())
    turn(ada)
    ada.member.banned_until = NOON + DAY
    ada.session.commit()
    assert until(ada, f"/wallet/{claim.reference}") is None


def test_off_again_nothing_may_be_kept(ada: Ada) -> None:
    turn(ada)
    turn(ada, "off")
    assert until(ada, "/wallet") is None


def test_the_cookie_is_out_of_reach_and_lasts_30_days_from_the_last_look(ada: Ada) -> None:
    turn(ada)
    ada.client.get("/wallet")
    kept = ada.client.get_cookie("keep")
    assert kept is not None
    assert (kept.http_only, kept.same_site, kept.path, kept.max_age) == (True, "Lax", "/", 30 * 24 * 3600)


def test_signing_out_turns_it_off(ada: Ada) -> None:
    turn(ada)
    form = ada.opens("/account").one("form", action="/sign-out")
    ada.presses(form)
    assert ada.client.get_cookie("keep") is None


def test_the_next_sign_in_here_begins_with_it_off(ada: Ada, app: Flask) -> None:
    turn(ada)
    kept = ada.client.get_cookie("keep")
    assert kept is not None
    eve = Ada(app, ada.session, ada.clock).join(name="Eve")
    eve.client.set_cookie("keep", kept.value)
    assert until(eve, "/wallet") is None


def test_a_made_up_cookie_turns_nothing_on(ada: Ada) -> None:
    ada.client.set_cookie("keep", "yes, please ☕")
    assert until(ada, "/wallet") is None


def test_a_kept_page_says_when_it_was_saved(ada: Ada) -> None:
    claim = ada.holds(ada.meets())
    turn(ada)
    page = ada.opens(f"/wallet/{claim.reference}")
    assert [page.one(data_saved=day).text for day in ("today", "before")] == [
        "Saved at 12pm. Stores can still scan this code.",
        "Saved on Wednesday 10 June at 12pm. Stores can still scan this code.",
    ]
    assert ada.answer.headers["Copy-Made"] == seconds(NOON)


def test_the_worker_knows_the_files_that_pages_are_drawn_with(ada: Ada) -> None:
    script = ada.client.get("/service-worker.js").text
    [shell] = re.findall(r"const SHELL = (\[.*\]);", script)
    assert [ada.client.get(path).status_code for path in json.loads(shell)] == [200] * 4
    assert re.sub(r"\.[0-9a-f]{12}", "", shell) == json.dumps(
        ["/offline", "/assets/member.css", "/assets/member.js", "/assets/art.svg"]
    )
    assert ada.client.get("/service-worker.js").mimetype == "text/javascript"


def test_what_stands_in_for_other_pages_holds_nothing_of_anybody(ada: Ada) -> None:
    code = build.code_of(ada.session, ada.holds(ada.meets()))
    page = ada.opens("/offline")
    assert page.link("Show my codes") == "/wallet"
    assert code not in ada.answer.text
    assert "Ada" not in ada.answer.text
    assert "csrf" not in ada.answer.text
