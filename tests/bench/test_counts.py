"""How many statements a hot path sends: few, and as many however much there is."""

from dataclasses import replace

import pytest

from tests import build, crowds
from tests.bench import asking, scenarios
from tests.bench.asking import Request
from tests.bench.club import BenchClub, Browser

SHELF, OFFER, WALLET, USED, CLAIM_PAGE, BENCH, CHECK, REDEEM = 5, 5, 2, 3, 5, 3, 14, 20
# With BEGIN and COMMIT, which are not counted here, a free deed is 10 statements and a paid one 15.
FREE, PAID = 8, 13
DOOR, DRAWN_ANEW = 2, 4
PAGES = ("/offers", "/wallet", "/wallet?show=used")


@pytest.fixture
def club(app, session) -> BenchClub:
    club = BenchClub(app, session)
    club.furnish(5)
    return club


def test_a_member_asks_as_often_with_many_offers_and_many_claims(club):
    member, cookies = club.member()
    ada = Browser(club.app, cookies)
    few = costs(club, ada)
    crowds.of_offers(club.session, build.an_offer(club.session), 495)
    crowds.of_claims(club.session, club.claim(member), 4999)
    club.session.commit()
    assert costs(club, ada) == few == {"/offers": SHELF, "/wallet": WALLET, "/wallet?show=used": USED}


def test_the_pages_of_one_thing_ask_a_few_questions(club):
    member, cookies = club.member()
    ada = Browser(club.app, cookies)
    offer, claim = build.an_offer(club.session), club.claim(member)
    assert cost(club, ada.opens(f"/offers/{offer.slug}")) == OFFER
    assert cost(club, ada.opens(f"/wallet/{claim.reference}")) == CLAIM_PAGE


def test_a_claim_adds_little_to_its_deed(club):
    free, paid = (path.ask() for path in scenarios.claims(club))
    assert (cost(club, free), cost(club, paid)) == (FREE + DOOR + DRAWN_ANEW, PAID + DOOR + DRAWN_ANEW)


def test_a_claim_without_scripts_draws_nothing(club):
    free, paid = (replace(path.ask(), is_htmx=False) for path in scenarios.claims(club))
    assert (cost(club, free), cost(club, paid)) == (FREE + DOOR, PAID + DOOR)


def test_the_till_asks_a_few_questions_more(club):
    assert [cost(club, path.ask()) for path in scenarios.till(club)] == [BENCH, CHECK, REDEEM]


def costs(club: BenchClub, browser: Browser) -> dict[str, int]:
    """What the pages cost whose length depends on how much there is."""
    return {path: cost(club, browser.opens(path)) for path in PAGES}


def cost(club: BenchClub, request: Request) -> int:
    """The statements of one request."""
    with asking.counting(club.app) as sent:
        asking.answer(club.app, request)
    return len(sent)
