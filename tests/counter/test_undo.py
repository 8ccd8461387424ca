"""A redemption is taken back: one tap for a minute, a reason for ten, and only by who made it."""

from tests import build

REASONS = ["Undo: wrong code", "Undo: they changed their mind", "Undo: it wasn’t given"]


def redeem(town):
    town.page.scan(town, town.code("Free coffee"))
    return f"{town.bench}/scans/1/reversal"


def test_one_tap_undoes_at_once(town):
    page = town.page.post(redeem(town))
    assert page.verdict == ("idle", "Undone", "The code works again")
    assert page.then == "Nothing is used any more: Free coffee."
    assert page.buttons == []


def test_the_code_can_be_redeemed_again(town):
    code = town.code()
    town.page.scan(town, code)
    town.page.post(f"{town.bench}/scans/1/reversal")
    assert town.page.scan(town, code).verdict[1] == "Redeemed"


def test_the_seconds_run_down(town):
    redeem(town)
    town.clock.forward(seconds=13)
    assert town.page.open(f"{town.bench}/scans/1").buttons == ["Undo (47 s)"]


def test_after_a_minute_a_reason_is_chosen(town):
    url = redeem(town)
    town.clock.forward(seconds=61)
    assert town.page.open(f"{town.bench}/scans/1").buttons == REASONS
    assert town.page.post(url, reason="wrong_code").verdict[1] == "Undone"


def test_a_late_tap_without_a_reason_is_asked_for_one(town):
    url = redeem(town)
    town.clock.forward(seconds=61)
    page = town.page.post(url)
    assert (page.status, page.verdict[1], page.buttons) == (422, "Redeemed", REASONS)


def test_the_list_leads_back_to_an_earlier_redemption(town):
    redeem(town)
    page = town.page.scan(town, town.unknown_code())
    assert f'<a href="{town.bench}/scans/1">Free coffee</a>' in page.html
    assert page.html.count(f'href="{town.bench}/scans/') == 1


def test_after_ten_minutes_it_is_a_managers_matter(town):
    url = redeem(town)
    town.clock.forward(minutes=10, seconds=1)
    page = town.page.post(url, reason="wrong_code")
    assert (page.status, page.verdict[1], page.buttons) == (409, "Redeemed", [])
    assert page.then.startswith("Too late to undo. You can undo what you redeemed yourself")


def test_a_second_undo_says_so_and_changes_nothing(town):
    url = redeem(town)
    town.page.post(url)
    page = town.page.post(url)
    assert (page.status, page.verdict[1]) == (409, "Undone")
    assert page.then == "Already undone. Nothing changed now."


def test_a_colleague_cannot_undo_it(town):
    url = redeem(town)
    jonas = town.staff("Jonas", "1357", town.store)
    page = town.device(jonas, town.till).post(url)
    assert (page.status, page.buttons) == (409, [])
    assert page.then.startswith("Too late to undo.")


def test_what_was_never_redeemed_cannot_be_undone(town):
    town.page.scan(town, town.unknown_code())
    page = town.page.post(f"{town.bench}/scans/1/reversal", reason="wrong_code")
    assert (page.status, page.verdict[2]) == (404, "Not found")


def test_another_tills_scan_is_not_there(town):
    url = redeem(town)
    other = build.a_till(town.session, town.store, "Till 2")
    page = town.device(town.ona, other).post(url.replace(town.bench, f"/counter/{other.id}"))
    assert page.status == 404


def test_when_the_minute_is_over_the_buttons_are_exchanged(town):
    url = redeem(town)
    town.clock.forward(seconds=60)
    part = town.page.open(url, **{"HX-Request": "true"})
    assert part.html.strip().startswith('<form id="undo"')
    assert [name for name in REASONS if name not in part.text] == []
