"""A claim whose code is still being made: it says so, turns by itself, and tells when no code came."""

from datetime import timedelta

from portal.core.claims import holds
from portal.core.claims.claims import Claim
from portal.core.claims.holds import Due
from tests import build
from tests.members.ada import HTMX, Ada
from tests.plumbing.clock import NOON


def test_it_says_so_and_offers_to_look_again(ada: Ada) -> None:
    page = ada.opens(f"/wallet/{a_gift(ada).reference}")
    assert page.words("state") == "Being prepared"
    assert page.all(class_="code") == []
    assert "Check again" in page.text


def test_the_wallet_and_the_offer_say_so_too(ada: Ada) -> None:
    gift = a_gift(ada)
    assert "Being prepared" in ada.opens("/wallet").text
    assert f"/wallet/{gift.reference}" in [
        link.attributes.get("href") for link in ada.opens(f"/offers/{gift.promised.offer_slug}").all("a")
    ]


def test_the_page_turns_by_its_own_poll(ada: Ada) -> None:
    gift = a_gift(ada)
    ada.session.rollback()
    watch = f"/wallet/{gift.reference}/state?seen=pending-1"
    assert ada.client.get(watch, headers=HTMX).status_code == 204
    assert holds.capture(
        ada.session, build.KEYRING, due(ada), "GIFT-7K2P-93QM", now=NOON, chance=build.CHANCE
    )
    ada.session.commit()
    turned = ada.opens(watch, htmx=True)
    assert turned.one(class_="code").text.endswith("GIFT-7K2P-93QM")


def test_when_no_code_comes_the_points_are_back(ada: Ada) -> None:
    gift = a_gift(ada)
    holds.give_up(ada.session, due(ada), now=NOON)
    ada.session.commit()
    page = ada.opens(f"/wallet/{gift.reference}")
    assert page.words("state").startswith("Cancelled")
    assert "The code could not be made Today, 12pm 200 points returned" in page.section("History").text
    assert "The code could not be made: A book" in ada.opens("/activity").text


def a_gift(ada: Ada) -> Claim:
    pool = build.a_pool(ada.session, name="gifts")
    return ada.holds(ada.meets("A book", code_mode="provider", pool_id=pool.id, points_cost=200))


def due(ada: Ada) -> Due:
    leased = holds.lease(ada.session, now=NOON, lasts=timedelta(minutes=1))
    assert leased is not None
    return leased
