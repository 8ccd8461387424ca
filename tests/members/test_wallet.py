"""The wallet: codes in two taps, what became of the others, and nothing of a code in the list."""

from datetime import timedelta

from tests import build
from tests.members.ada import Ada
from tests.plumbing.clock import NOON

DAY = timedelta(days=1)


def test_the_soonest_to_expire_comes_first(ada: Ada) -> None:
    for title, days in (("Free tea", 20), ("Free coffee", 1), ("Free cake", 5)):
        ada.holds(ada.meets(title, valid_days=days))
    codes = ada.opens("/wallet").section("Your codes")
    assert codes.headings() == ["Your codes", "Free coffee", "Free cake", "Free tea"]
    assert codes.ticket("Free coffee").words("why") == "Expires tomorrow, 11:59pm"


def test_one_ready_code_has_one_large_link(ada: Ada) -> None:
    claim = ada.holds(ada.meets("Free coffee"))
    assert ada.opens("/wallet").link("Show the code") == f"/wallet/{claim.reference}"
    ada.holds(ada.meets("Free tea"))
    assert "Show the code" not in ada.opens("/wallet").text


def test_the_list_shows_no_code(ada: Ada) -> None:
    code = build.code_of(ada.session, ada.holds(ada.meets("Free coffee")))
    ada.opens("/wallet")
    assert code not in ada.answer.text.replace(" ", "")


def test_what_is_later_says_from_when(ada: Ada) -> None:
    ada.holds(ada.meets("Free coffee", use_from=NOON + 3 * DAY))
    wallet = ada.opens("/wallet")
    assert wallet.ticket("Free coffee").words("why") == "From Saturday 12pm"
    assert wallet.all(class_="count") == []


def test_uses_left_are_counted(ada: Ada) -> None:
    ada.holds(ada.meets("Two rounds", uses_per_claim=2))
    assert ada.opens("/wallet").words("ends") == "2 of 2 uses left"
    ada.holds(ada.meets("One round"))
    assert ada.opens("/wallet").ticket("One round").all(class_="ends") == []


def test_on_paper_no_end_is_relative(ada: Ada) -> None:
    ada.holds(ada.meets("Free coffee", valid_days=1))
    ada.holds(ada.meets("Free tea", use_from=NOON + 3 * DAY))
    papers = [part.text for part in ada.opens("/wallet").all(class_="paper")]
    assert papers == [
        "Use by Thursday 11 June 2026, 11:59pm Vilnius time",
        "From Saturday 13 June 2026, 12pm Vilnius time",
    ]


def test_an_empty_wallet_leads_to_the_offers(ada: Ada) -> None:
    wallet = ada.opens("/wallet")
    assert wallet.headings()[:2] == ["Wallet", "Your wallet is empty"]
    assert wallet.link("See what I can claim") == "/offers"


def test_it_asks_two_questions_however_much_she_holds(ada: Ada) -> None:
    ada.opens("/wallet")
    for number in range(5):
        ada.holds(ada.meets(f"Offer {number}", stores=("Mill",)))
    with ada.counting() as sent:
        ada.opens("/wallet")
    assert len(sent) == 2


def test_a_ban_closes_the_offers_and_holds_the_codes(ada: Ada) -> None:
    claim = ada.holds(ada.meets("Free coffee"))
    ada.member.banned_until = NOON.replace(day=20, hour=21)
    ada.session.commit()
    page = ada.opens("/offers")
    assert (ada.status, page.headings()) == (403, ["Your membership is paused"])
    assert "Your membership is paused until 20 June. Your points are safe." in page.text
    assert ada.opens(page.link("See my wallet")).ticket("Free coffee").words("why") == "On hold"
    assert ada.opens(f"/wallet/{claim.reference}").words("state") == "On hold"


def test_a_banned_member_claims_nothing(ada: Ada) -> None:
    ada.meets("Free coffee")
    form = ada.opens("/offers").button("Claim")
    ada.member.banned_until = NOON + DAY
    ada.session.commit()
    part = ada.presses(form, htmx=True)
    assert (ada.status, part.one(id="alarm").text.startswith("Your membership is paused")) == (403, True)
    assert ada.passes() == 0
