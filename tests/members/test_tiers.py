"""Tiers: where one is, what it takes to go up, and by when the year ends."""

import pytest

from portal.core.club.tiers import Tier
from tests import build
from tests.members.ada import Ada


@pytest.fixture
def ladder(ada: Ada) -> dict[str, Tier]:
    steps = {"bronze": 0, "silver": 500, "gold": 1500}
    made = {
        code: build.a_tier(ada.session, code, rank, threshold)
        for rank, (code, threshold) in enumerate(steps.items(), 1)
    }
    ada.session.commit()
    return made


def test_the_ladder_has_every_tier_and_the_member_on_it(ada: Ada, ladder: dict[str, Tier]) -> None:
    stands(ada, ladder["silver"])
    rungs = ada.opens("/tiers").one(class_="ladder").all("li")
    assert [rung.text for rung in rungs] == [
        "Gold 1,500 points earned in a calendar year 450 more points",
        "Silver 500 points earned in a calendar year You are here",
        "Bronze Every member, from the first day",
    ]
    assert [rung.attributes.get("aria-current") for rung in rungs] == [None, "true", None]


def test_it_says_how_far_and_by_when(ada: Ada, ladder: dict[str, Tier]) -> None:
    stands(ada, ladder["silver"])
    page = ada.opens("/tiers")
    where = page.section("Where you are")
    meter = where.one("progress").attributes
    assert (meter["value"], meter["max"]) == ("1050", "1500")
    assert "1,050 earned this year 450 more for Gold" in where.text
    assert "Silver is yours: you have earned enough to keep it." in where.text
    assert "Points earned until Thursday 31 December 2026 count for this year." in page.text


def test_a_tier_of_last_year_has_to_be_earned_again(ada: Ada, ladder: dict[str, Tier]) -> None:
    stands(ada, ladder["gold"])
    where = ada.opens("/tiers").section("Where you are").text
    assert "This is the highest tier. You earned 1,050 points this year." in where
    assert "Gold is yours until Thursday 31 December 2026. 450 more points by then keep it." in where


def test_without_a_tier_one_sees_the_ladder(ada: Ada, ladder: dict[str, Tier]) -> None:
    page = ada.opens("/tiers")
    where = page.section("Where you are")
    assert where.all(class_="tier") == []
    assert "1,050 earned this year 0 more for Silver" in where.text
    assert len(page.one(class_="ladder").all("li")) == 3


def test_a_club_without_tiers_says_so(ada: Ada) -> None:
    assert ada.opens("/tiers").headings() == ["Tiers", "No tiers here"]


def test_it_asks_four_questions(ada: Ada, ladder: dict[str, Tier]) -> None:
    ada.opens("/tiers")
    with ada.counting() as sent:
        ada.opens("/tiers")
    assert len(sent) == 4


def stands(ada: Ada, tier: Tier) -> None:
    ada.member.tier_id = tier.id
    ada.session.commit()
