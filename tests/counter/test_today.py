"""Today at a till: what can still be undone with a reason, the totals for cashing up, every scan."""

import re
from html import unescape

import pytest

from portal.core.reading.till_day import SCANS_SHOWN
from tests import build
from tests.bench import asking
from tests.counter.test_undo import REASONS

NOTHING = "What you redeem here stands here for ten minutes. After that a manager can reverse it."


def test_the_bench_leads_to_it_and_it_leads_back(town):
    page = town.page.open(town.bench)
    assert f'href="{today(town)}"' in page.html
    assert f'href="{town.bench}"' in town.page.open(today(town)).html


def test_ones_own_redemptions_of_ten_minutes_can_be_undone_by_a_reason(town):
    town.page.scan(town, town.code("Free coffee"))
    town.clock.forward(minutes=9)
    page = town.page.open(today(town))
    assert offered(page) == REASONS
    assert "Free coffee 12pm , until 12:10pm" in page.text
    page = town.page.post(f"{town.bench}/scans/1/reversal", reason="changed_mind")
    assert page.verdict == ("idle", "Undone", "The code works again")
    assert offered(town.page.open(today(town))) == []


def test_after_ten_minutes_nothing_is_offered(town):
    town.page.scan(town, town.code())
    town.clock.forward(minutes=10, seconds=1)
    page = town.page.open(today(town))
    assert (offered(page), NOTHING in page.text) == ([], True)


def test_a_colleague_sees_the_scan_and_no_undo(town):
    town.page.scan(town, town.code("Free coffee"))
    page = town.device(town.staff("Jonas", "1357", town.store), town.till).open(today(town))
    assert (offered(page), "Free coffee" in page.text) == ([], True)


def test_another_till_has_a_day_of_its_own(town):
    town.page.scan(town, town.code("Free coffee"))
    other = build.a_till(town.session, town.store, "Till 2")
    page = town.device(town.ona, other).open(f"/counter/{other.id}/today")
    assert "Free coffee" not in page.text
    assert "Nothing scanned at this till yet." in page.text


def test_totals_count_what_stands(town):
    for title in ("Free coffee", "Free tea", "Free bun"):
        town.page.scan(town, town.code(title))
    town.page.post(f"{town.bench}/scans/2/reversal")
    page = town.page.open(today(town))
    assert "By offer Free bun 1 Free coffee 1 Scans" in page.text
    assert "2 redeemed today" in page.text


def test_sums_of_stored_value_are_totalled(town):
    code = town.code("Gift card", benefit_kind="stored_value", benefit_value=2000)
    scan = town.page.scan(town, code)
    town.page.post(f"{town.bench}/scans/1/redemption", amount="5.50")
    assert scan.status == 200
    assert "By offer Gift card 1 €5.50" in town.page.open(today(town)).text


def test_the_day_begins_at_the_stores_midnight(town):
    town.page.scan(town, town.code("Free coffee"))
    town.clock.forward(hours=12)  # midnight in Vilnius, where the clock stands at noon
    page = town.device(town.ona, town.till).open(today(town))
    assert "Free coffee" not in page.text


@pytest.mark.parametrize("count", [SCANS_SHOWN, SCANS_SHOWN + 1])
def test_older_scans_are_a_page_further(town, count):
    for _ in range(count):
        town.page.scan(town, town.unknown_code())
        town.clock.forward(seconds=40)
    page = town.page.open(today(town))
    assert page.html.count("<time") == SCANS_SHOWN
    assert ("Show older" in page.text) is (count > SCANS_SHOWN)
    if count > SCANS_SHOWN:
        older = town.page.open(f"{today(town)}?before=2")
        assert older.html.count("<time") == 1


def test_what_the_club_wrote_in_another_language_says_so(town):
    town.page.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "lt"
    verdict = town.page.scan(town, town.code("Free coffee"))
    assert ': <span lang="en">Free coffee</span></h1>' in verdict.html
    assert town.page.open(today(town)).html.count('lang="en"') == 3


def test_it_asks_five_questions(town):
    town.page.scan(town, town.code())
    with asking.counting(town.app) as sent:
        town.page.open(today(town))
    assert len(sent) == 5


def today(town):
    return f"{town.bench}/today"


def offered(page):
    """The reasons that the page offers for an undo."""
    return [unescape(words) for words in re.findall(r'name="reason"[^>]*>([^<]+)', page.html)]
