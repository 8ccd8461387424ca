"""Harbour Lane: every state that a member can meet, made by real deeds, so that the books agree."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from portal.core.claims import claiming, claims
from portal.core.claims.claiming import Asked
from portal.core.club import accounts, sign_ins, stores
from portal.core.club.accounts import Role
from portal.core.club.sign_ins import Face
from portal.core.offers import offers, windows
from portal.core.points import lots
from portal.core.reading import audit, catalogue, people, wallet
from portal.core.redeeming.redemptions import Redemption
from portal.core.schema import metadata
from portal.town import town
from portal.town.calendar import ZONE, Calendar
from portal.town.people import NotTheDemo, open_club
from tests import build
from tests.plumbing.clock import NOON

# What Silver meets: None is "ready to claim".
SHELF = {
    "free-coffee": None,
    "fruit-and-vegetables": "offer_already_claimed",
    "two-for-one-cinema": "insufficient_points",
    "table-for-two": "tier_required",
    "free-delivery": "offer_not_started",
    "half-price-carpets": "member_limit_reached",
    "brunch-box": "offer_sold_out",
    "two-scoops": "offer_ended",
    "museum-evening": None,
    "bulbs-and-seeds": None,
    "harbour-tote": "self_claim_disabled",
    "harbour-gift": None,
    "quiet-room": None,
    "window-seat": None,
    "with-our-thanks": None,
    "beans-at-your-price": None,
    "money-back-on-pots": None,
    "odeon-for-two": None,
    "birthday-cake": None,
    "family-popcorn": None,
    "first-basket": "not_eligible",
    "welcome-free-spin": None,
    "20-off-next-purchase": None,
    "10offdemo": None,
    "infinity-mall-parking": None,
    "signup-five": None,
}


def test_silver_meets_every_state(harbour_lane):
    shelf = catalogue.shelf(harbour_lane, here(harbour_lane, "silver"), NOON)
    met = {item.offer.slug: item.eligibility.refusal for item in shelf}
    assert {slug: refusal and refusal.code for slug, refusal in met.items()} == SHELF
    short = met["two-for-one-cinema"]
    assert short is not None
    assert short.facts["shortfall"] == 150


def test_the_shelf_is_long_enough_to_search_and_some_of_it_is_public(harbour_lane):
    shelf = catalogue.shelf(harbour_lane, here(harbour_lane, "silver"), NOON)
    public = {item.offer.slug for item in catalogue.public_shelf(harbour_lane, "en", NOON)}
    assert len(shelf) >= 14
    assert {item.offer.category for item in shelf} == {"Food & drink", "Days out", "Home", None}
    assert public == {item.offer.slug for item in shelf if item.offer.public}
    assert [item.offer.slug for item in shelf if item.offer.featured] == ["free-coffee", "museum-evening"]


def test_twelve_neighbours_took_the_twelve_brunch_boxes(harbour_lane):
    offer = offers.by_slug(harbour_lane, "brunch-box")
    assert offer is not None
    assert (offer.stock, claims.holding_stock(harbour_lane, offer.id)) == (12, 12)


@pytest.mark.parametrize("who, points", [("silver", 1250), ("bronze", 40), ("gold", 2100)])
def test_points_to_spend(harbour_lane, who, points):
    member = here(harbour_lane, who)
    assert (member.balance, member.tier_name) == (points, who.title())


def test_silvers_points_expire_on_different_days(harbour_lane):
    left = lots.of_member(harbour_lane, here(harbour_lane, "silver").member_id)
    days = [(points, (ends - NOON).days) for _, points, ends in left if ends]
    assert days == [(110, 20), (500, 294), (400, 355), (240, 416)]


def test_one_code_expires_tomorrow_and_a_used_one_is_history(harbour_lane):
    member_id = here(harbour_lane, "silver").member_id
    [ready] = wallet.open_passes(harbour_lane, member_id, NOON)
    tomorrow = windows.end_of_day(NOON.date() + timedelta(days=1), ZONE)
    assert (ready.promised.offer_slug, ready.expires_at) == ("fruit-and-vegetables", tomorrow)
    uses = harbour_lane.scalar(select(func.count()).select_from(Redemption))
    assert uses == 3 + 32


def test_the_books_agree_also_after_the_first_claim(harbour_lane):
    assert list(audit.breaches(harbour_lane, build.KEYRING)) == []
    offer = offers.by_slug(harbour_lane, "20-off-next-purchase")
    assert offer is not None
    asked = Asked(here(harbour_lane, "silver").member_id, offer.id, "key", offer.version)
    claiming.claim_offer(harbour_lane, build.KEYRING, asked, now=NOON, chance=build.CHANCE)
    assert here(harbour_lane, "silver").balance == 1050
    assert list(audit.breaches(harbour_lane, build.KEYRING)) == []


@pytest.mark.parametrize(
    "pin, name, role", [("2468", "Ona Demo", Role.STAFF), ("1357", "Jonas Demo", Role.MANAGER)]
)
def test_pins_work_at_every_store(harbour_lane, pin, name, role):
    everywhere, lookups = stores.every(harbour_lane), build.KEYRING.pin_lookups(pin)
    found = [accounts.by_pin(harbour_lane, lookups, store_id=one.id) for one in everywhere]
    assert [(one.name, one.role) for one in found if one] == [(name, role)] * 3
    assert [store.name for store in everywhere if not store.auto_redeem] == ["Lantern"]


def test_a_second_load_changes_nothing(harbour_lane):
    before = everything(harbour_lane)
    again = town.load(harbour_lane, build.KEYRING, NOON + timedelta(days=3), str)
    assert again == town.Town(is_new=False)
    assert everything(harbour_lane) == before


@pytest.mark.parametrize("month", range(1, 13))
def test_it_can_be_loaded_in_any_month_at_any_hour(session, month):
    now = NOON.replace(month=month, day=1, hour=month * 2 - 1)
    town.load(session, build.KEYRING, now, str)
    assert list(audit.breaches(session, build.KEYRING)) == []


def test_a_database_of_another_club_is_left_alone(session):
    build.a_store(session)
    build.a_club(session)
    with pytest.raises(NotTheDemo, match="belongs to Test Club"):
        open_club(session, Calendar(NOON))


def here(session, who):
    account = accounts.by_email(session, f"{who}@example.com")
    assert account is not None
    token = sign_ins.begin(
        session, Face.MEMBER, account.id, now=NOON, entropy=build.CHANCE.entropy, device=None
    )
    return people.member_here(session, token, NOON)


def everything(session):
    return {table.name: sorted(map(repr, session.execute(select(table)))) for table in metadata.sorted_tables}
