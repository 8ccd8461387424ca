"""Builders: each makes one believable thing and lets a test name only what matters to it."""

import os
import secrets
from datetime import datetime, timedelta
from itertools import count
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from portal.core.base import Chance
from portal.core.claims import claiming, claims, granting
from portal.core.claims.claiming import Asked
from portal.core.claims.claims import Claim
from portal.core.claims.granting import Gift
from portal.core.club import club
from portal.core.club.accounts import Account, Role
from portal.core.club.club import Club
from portal.core.club.members import Member
from portal.core.club.stores import StaffStore, Store, Till
from portal.core.club.tiers import Tier
from portal.core.codes import pool_codes, pools
from portal.core.codes import store as codes
from portal.core.codes.keyring import Keyring
from portal.core.codes.pool_codes import Bare
from portal.core.codes.pools import Pool
from portal.core.offers import stock
from portal.core.offers.offers import BenefitKind, Offer, OfferText, Status
from portal.core.points import balances, lots
from portal.core.points.balances import Balance
from portal.core.redeeming.scans import Place
from tests.plumbing.clock import NOON

KEYRING = Keyring({1: bytes(range(32))})
CHANCE = Chance(secrets.choice, os.urandom)
ZONE = "Europe/Vilnius"
YEAR = timedelta(days=365)
_number = count(1)
T = TypeVar("T")


def a_club(session: Session) -> Club:
    """The demo club's zone and currency."""
    return club.found(session, name="Test Club", zone=ZONE, currency="EUR", now=NOON - YEAR)


def a_tier(session: Session, code: str, rank: int, threshold: int = 0) -> Tier:
    tier = Tier(code=code, name=code.title(), rank=rank, threshold=threshold, hue="slate")
    return _added(session, tier)


def a_member(
    session: Session, name: str = "Ada", *, points: int = 0, tier: Tier | None = None, **more: Any
) -> Member:
    """A member, with an opening lot that lives a year when `points` are given."""
    a_club(session)
    given = {"tier_id": tier.id, "tier_floor_id": tier.id, "tier_floor_year": NOON.year} if tier else {}
    member = _added(session, Member(name=name, joined_at=NOON - YEAR, **(given | more)))
    _added(session, Balance(member_id=member.id, balance=0, seq=0, opened_at=NOON - YEAR))
    if points:
        earn(session, member.id, points, now=NOON - timedelta(days=1), expires_at=NOON + YEAR)
    return member


def earn(
    session: Session, member_id: int, points: int, *, now: datetime, expires_at: datetime | None
) -> None:
    """Points out of nowhere, that count toward a tier."""
    lots.earn(session, member_id, points, now=now, expires_at=expires_at, counts_for=now.year)
    balances.count(session, member_id, balances.lock(session, member_id), points, year=now.year)


def an_offer(session: Session, title: str = "Free coffee", **terms: Any) -> Offer:
    """A published free offer, one a member, whose claims last 30 days."""
    a_club(session)
    given = {
        "slug": f"offer-{next(_number)}",
        "status": Status.PUBLISHED,
        "benefit_kind": BenefitKind.FREE_ITEM,
        "zone": ZONE,
        "per_member": 1,
        "valid_days": 30,
        "created_at": NOON - YEAR,
        "updated_at": NOON - YEAR,
    }
    offer = _added(session, Offer(**(given | terms)))
    _added(session, OfferText(offer_id=offer.id, language="en", title=title, short="", terms=""))
    stock.set_total(session, offer.id, offer.stock, lambda: 0)
    return offer


def a_pool(session: Session, *texts: str, name: str = "", case_matters: bool = False) -> Pool:
    """A pool with these codes."""
    name = name or f"pool-{next(_number)}"
    pool = pools.open_pool(session, name, case_matters=case_matters, now=NOON - YEAR)
    fill(session, pool, *texts)
    return pool


def fill(session: Session, pool: Pool, *texts: str) -> None:
    """More codes for a pool."""
    for text in texts:
        pools.widen(pool, pool.profile.widened(text))
    bare = [Bare(text, pool.profile.normal(text)) for text in texts]
    pool_codes.add(session, KEYRING, pool.id, bare, now=NOON - YEAR, chance=CHANCE)
    session.flush()


def a_store(session: Session, name: str = "Pier Café", *, auto_redeem: bool = True) -> Store:
    code = f"store-{next(_number)}"
    store = Store(code=code, name=name, zone=ZONE, auto_redeem=auto_redeem, opened_at=NOON - YEAR)
    return _added(session, store)


def a_till(session: Session, store: Store, name: str = "Till 1") -> Till:
    return _added(session, Till(store_id=store.id, name=name))


def staff_at(session: Session, *stores: Store, name: str = "Ona", **more: Any) -> Account:
    """Somebody who works at these stores."""
    given = {"email": f"staff-{next(_number)}@example.com", "role": Role.STAFF, "opened_at": NOON - YEAR}
    account = _added(session, Account(name=name, **(given | more)))
    session.add_all(StaffStore(account_id=account.id, store_id=store.id) for store in stores)
    session.flush()
    return account


def a_place(session: Session, store: Store | None = None, staff: Account | None = None) -> Place:
    """A till of its own in that store, with somebody at it."""
    store = store or a_store(session)
    staff = staff or staff_at(session, store)
    till = a_till(session, store, f"Till {next(_number)}")
    return Place(store.id, till.id, staff.id, store.auto_redeem, "192.0.2.1")


def claim(session: Session, member: Member, offer: Offer, now: datetime = NOON, key: str = "") -> Claim:
    """A claim made by the deed itself."""
    asked = Asked(member.id, offer.id, key or f"key-{next(_number)}")
    reference = claiming.claim_offer(session, KEYRING, asked, now=now, chance=CHANCE)
    made = claims.find(session, member.id, reference)
    assert made is not None
    return made


def a_grant(session: Session, member: Member, offer: Offer, **own: Any) -> str:
    """What the club gives by the deed itself; its reference."""
    gift = Gift(offer.id, member.id, **own)
    return granting.give(session, KEYRING, gift, now=NOON, chance=CHANCE).reference


def code_of(session: Session, claim: Claim) -> str:
    """The code that its owner sees."""
    return codes.shown(session, KEYRING, claim.id, claim.reference)


def _added(session: Session, thing: T) -> T:
    session.add(thing)
    session.flush()
    return thing
