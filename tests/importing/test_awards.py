"""An offer's points come in by their columns, and a repeat changes nothing."""

from portal.core.offers import offers

HEADER = (
    "slug,title,short,terms,how_store,how_online,benefit,value,points_cost,stock,per_member,"
    "claim_from,claim_to,valid_days,stores,status"
)
COLUMNS = ",points_value,credits_award,presence_points\n"
LINE = "five,Five,,,,,fixed_amount,5,0,,1,,,30,,published"


def test_points_that_an_offer_gives(bring, session):
    text = HEADER + COLUMNS + LINE + ",20,no,5\n"
    assert "1 new" in bring("offers", text).output
    offer = offers.by_slug(session, "five")
    assert offer is not None
    assert (offer.points_value, offer.credits_award, offer.presence_points) == (20, False, 5)
    assert "1 unchanged" in bring("offers", text).output


def test_they_are_credited_unless_the_line_says_no(bring, session):
    bring("offers", HEADER + COLUMNS + LINE + ",20,,\n")
    offer = offers.by_slug(session, "five")
    assert offer is not None
    assert (offer.points_value, offer.credits_award, offer.presence_points) == (20, True, None)
