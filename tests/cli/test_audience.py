"""`portal audience`: how many members an offer is for."""

import json

from tests import build

GOLD = json.dumps({"===": [{"var": "member.tier"}, "gold"]})


def test_it_counts_who_sees_an_offer_and_who_may_have_it(portal, session):
    gold = build.a_tier(session, "gold", 3)
    build.a_member(session, tier=gold)
    build.a_member(session, "Bo")
    offer = build.an_offer(session, audience=GOLD)
    session.commit()
    answer = portal(f"audience {offer.slug}")
    assert answer.output == f"Members: 2.\nSee {offer.slug}: 2.\nMay have it, points and limits aside: 1.\n"


def test_an_offer_that_is_not_there_is_named(portal, session):
    answer = portal("audience moon")
    assert (answer.exit_code, "there is no offer moon" in answer.output) == (2, True)
