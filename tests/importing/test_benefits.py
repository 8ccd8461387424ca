"""What an offer gives, and its longer texts, as the file says it."""

import pytest
from sqlalchemy import select

from portal.core.offers.offers import Offer, OfferText
from tests import build
from tests.importing.test_audience import COFFEE, table

PRICE = {"benefit": "personal_price", "value": "7.99", "product": "Coffee beans, 500 g"}


@pytest.fixture(autouse=True)
def club(session):
    build.a_club(session)
    session.commit()


@pytest.mark.parametrize(
    "cells, kept",
    [
        ({"benefit": "cashback", "value": "2.50"}, ("cashback", 250, None)),
        (PRICE, ("personal_price", 799, "Coffee beans, 500 g")),
        ({"benefit": "stored_value", "value": "20"}, ("stored_value", 2000, None)),
        ({"benefit": "access"}, ("access", None, None)),
        ({"benefit": "third_party"}, ("third_party", None, None)),
    ],
)
def test_each_kind_comes_in(bring, session, cells, kept):
    assert bring("offers", table(COFFEE | cells)).output.startswith("offers.csv: 1 new")
    offer = session.scalars(select(Offer)).one()
    assert (offer.benefit_kind, offer.benefit_value, offer.product) == kept


@pytest.mark.parametrize(
    "cells, said",
    [
        ({"benefit": "money"}, "personal_price, stored_value, access, third_party."),
        (PRICE | {"product": ""}, "product: name the product that has this price."),
        (PRICE | {"value": ""}, "value: use a sum such as 5 or 5.20."),
        ({"benefit": "cashback", "value": "5%"}, "value: use a sum such as 5 or 5.20"),
        ({"benefit": "third_party", "value": "5"}, "value: leave it empty where the benefit is third_party."),
        ({"product": "Tea"}, "product: leave it empty where the benefit is free_item."),
    ],
)
def test_a_value_that_does_not_fit_its_kind_is_named(bring, cells, said):
    assert said in bring("offers", table(COFFEE | cells)).output


def test_the_longer_texts_come_in_and_stay_where_the_file_lacks_them(bring, session):
    words = {"long": "Roasted **here**.\n\nEvery day.", "how_earn": "Buy a cup."}
    bring("offers", table(COFFEE | words))
    assert "1 unchanged" in bring("offers", table(COFFEE)).output
    text = session.scalars(select(OfferText)).one()
    assert {"long": text.long, "how_earn": text.how_earn} == words
