"""The picture of an offer: on its page, and for those who may see the offer."""

from datetime import timedelta
from typing import Any

import pytest

from portal.core.offers import images
from portal.core.offers.images import OfferImage, Picture
from portal.core.offers.offers import Offer
from tests.members.ada import Ada
from tests.plumbing.clock import NOON

DAY = timedelta(days=1)
PICTURE = Picture("webp", 600, 400, b"RIFF....WEBP as it was written")


def pictured(ada: Ada, **terms: Any) -> tuple[Offer, str]:
    """An offer with a picture, and the picture's address."""
    offer = ada.meets("Free coffee", **terms)
    images.show(ada.session, offer, PICTURE, now=NOON, by=None)
    ada.session.commit()
    return offer, f"/offers/{offer.slug}/image/{ada.session.get_one(OfferImage, offer.id).sha256}.webp"


def test_the_page_shows_it_by_the_offers_name(ada: Ada) -> None:
    offer, address = pictured(ada, short="any size")
    shown = ada.opens(f"/offers/{offer.slug}").one("img").attributes
    assert {name: shown[name] for name in ("src", "alt", "width", "height")} == {
        "src": address,
        "alt": "Free coffee any size",
        "width": "600",
        "height": "400",
    }


def test_it_is_kept_by_the_browser_alone_and_for_long(ada: Ada) -> None:
    _offer, address = pictured(ada)
    answer = ada.client.get(address)
    assert (answer.status_code, answer.mimetype, answer.data) == (200, "image/webp", PICTURE.body)
    assert answer.headers["Cache-Control"] == "private, max-age=31536000, immutable"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    again = ada.client.get(address, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize(
    "terms", [{"status": "draft"}, {"visible_from": NOON + DAY}, {"visible_to": NOON - DAY}]
)
def test_it_is_not_there_where_the_offer_is_not(ada: Ada, terms) -> None:
    _offer, address = pictured(ada, **terms)
    assert ada.client.get(address).status_code == 404


def test_another_name_shows_nothing(ada: Ada) -> None:
    offer, address = pictured(ada)
    other = ada.meets("Free tea")
    assert ada.client.get(f"/offers/{offer.slug}/image/{'0' * 64}.webp").status_code == 404
    assert ada.client.get(address.replace(offer.slug, other.slug)).status_code == 404


def test_guests_see_that_of_a_public_offer(ada: Ada) -> None:
    guest = ada.app.test_client()
    for public, status in ((True, 200), (False, 404)):
        offer, address = pictured(ada, public=public)
        assert guest.get(address).status_code == status
        page = guest.get(f"/offers/{offer.slug}")
        assert (page.status_code, address in page.text) == ((200, True) if public else (303, False))


def test_a_paused_membership_sees_none(ada: Ada) -> None:
    _offer, address = pictured(ada)
    ada.member.banned_until = NOON + DAY
    ada.session.commit()
    assert ada.client.get(address).status_code == 403
