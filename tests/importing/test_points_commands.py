"""`portal points` and `portal cards` as the operator runs them."""

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from portal.core.club.cards import Card
from portal.core.club.club import Club
from portal.core.points.balances import Balance
from portal.holding import cards, points
from tests import build
from tests.plumbing.clock import NOON


@pytest.fixture
def ada(bring, session):
    member = build.a_member(session, points=100, external_id="x1")
    session.add(Card(member_id=member.id, number="700100", issued_at=NOON))
    session.commit()
    return member


def run(group, *words):
    result = CliRunner().invoke(group, [*words])
    return result.exit_code, result.output.strip()


@pytest.mark.parametrize(
    "amount, said",
    [("30", (0, "x1 has 130 points now.")), ("-40", (0, "x1 has 60 points now."))],
)
def test_adjust_says_the_new_balance(session, ada, amount, said):
    assert run(points.group, "adjust", "x1", amount, "--reason", "Sorry for the wait") == said


def test_adjust_takes_no_more_than_there_is(session, ada):
    code, said = run(points.group, "adjust", "x1", "-200", "--reason", "Mistake")
    assert code != 0
    assert "x1 has only 100 points; nothing was taken." in said
    session.rollback()
    assert session.scalar(select(Balance.balance)) == 100


@pytest.mark.parametrize(
    "words, mend",
    [
        (("adjust", "nobody", "5", "--reason", "x"), "There is no member nobody"),
        (("adjust", "x1", "5"), "--reason"),
        (("adjust", "x1", "0", "--reason", "x"), "other than 0"),
        (("rate", "gold", "1.5"), "There is no tier gold; there is: none yet."),
        (("rate", "gold", "1.555"), "at most two digits"),
        (("expire-after", "0"), "a number of months from 1 to 120, or never"),
    ],
)
def test_what_cannot_be_done_says_its_mend(ada, words, mend):
    code, said = run(points.group, *words)
    assert (code != 0, mend in said) == (True, True), said


def test_the_clubs_rules_are_set(session, ada):
    silver = build.a_tier(session, "silver", 1)
    session.commit()
    assert run(points.group, "rate", "silver", "1.25")[1].startswith("Silver earns 1.25 points")
    assert run(points.group, "expire-after", "12") == (0, "Points expire at the end of month 12.")
    session.rollback()
    session.expire_all()
    assert (silver.rate, session.scalar(select(Club.points_months))) == (125, 12)
    assert run(points.group, "expire-after", "never") == (0, "Points never expire.")


def test_a_card_is_blocked_and_opened(bring, session, ada):
    assert run(cards.group, "block", "700100", "--reason", "Lost") == (0, "Card 700100 is blocked now.")
    assert run(cards.group, "block", "700100", "--reason", "Lost") == (0, "Card 700100 was blocked before.")
    build.a_store(session).code = "pier"
    session.commit()
    said = bring("purchases", "store,receipt,at,amount,card\npier,R1,2026-06-01 10:00,5,700100\n").output
    assert "1 new" in said  # before it was blocked
    assert run(cards.group, "unblock", "700100", "--reason", "Found") == (0, "Card 700100 works again.")
    assert "There is no card 1." in run(cards.group, "block", "1", "--reason", "Lost")[1]


def test_a_card_that_was_blocked_then_earns_nothing(bring, session, ada):
    session.scalars(select(Card)).one().blocked_at = NOON
    build.a_store(session).code = "pier"
    session.commit()
    said = bring("purchases", "store,receipt,at,amount,card\npier,R1,2026-06-11 10:00,5,700100\n").output
    assert "Line 2, card: it was blocked then and earns nothing; use another." in said
