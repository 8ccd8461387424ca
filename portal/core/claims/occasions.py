"""Offers given by event: to who has joined, reached a tier, nears a birthday, or redeemed so often."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import TypeAlias
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, literal, or_, select
from sqlalchemy.orm import Session

from portal.core.claims.claims import Claim
from portal.core.claims.granting import Gift
from portal.core.club.club import Club
from portal.core.club.consents import ConsentGiven
from portal.core.club.members import Member
from portal.core.club.tiers import Tier
from portal.core.offers import grants
from portal.core.offers.grants import Grant, Occasion, Source
from portal.core.offers.offers import Offer, Status
from portal.core.records.timeline import Happening, TimelineEvent

BIRTHDAY = "birthday"
# Each rule is some members, and what the occasion is called: once per name is what "each once" means.
Asked: TypeAlias = Iterator[tuple[ColumnElement[bool], str]]


def due(session: Session, now: datetime, *, most: int) -> list[Gift]:
    """What is to be given by now and has not been, to members who may be given something."""
    zone = session.scalar(select(Club.zone)) or "UTC"
    today = now.astimezone(ZoneInfo(zone)).date()
    gifts: list[Gift] = []
    for offer in session.scalars(_rules(now)):
        source = Source(str(offer.grant_on))
        for belongs, occasion in _ASKED[Occasion(source)](offer, today):
            wanted = _members(offer, belongs, occasion, now).limit(most - len(gifts))
            gifts += [
                Gift(offer.id, member_id, source=source, occasion=occasion)
                for member_id in session.scalars(wanted)
            ]
    return gifts


def on_joining(session: Session, member_id: int, now: datetime) -> list[Gift]:
    """What somebody who joins right now is to be given."""
    welcome = session.scalars(_rules(now).where(Offer.grant_on == Occasion.JOINING))
    return [Gift(offer.id, member_id, source=Source.JOINING, occasion=Occasion.JOINING) for offer in welcome]


def _rules(now: datetime) -> Select[Offer]:
    begun = or_(Offer.claim_from.is_(None), Offer.claim_from <= now)
    runs = or_(Offer.claim_to.is_(None), Offer.claim_to > now)
    asked = Offer.status == Status.PUBLISHED, Offer.grant_on.is_not(None), Offer.assignable
    return select(Offer).where(*asked, begun, runs).order_by(Offer.id)


def _members(offer: Offer, belongs: ColumnElement[bool], occasion: str, now: datetime) -> Select[int]:
    given = exists().where(
        Grant.offer_id == offer.id, Grant.member_id == Member.id, Grant.occasion == occasion
    )
    waiting = (
        select(func.count())
        .where(Grant.member_id == Member.id, grants.is_open(Grant, now))
        .correlate(Member)
        .scalar_subquery()
    )
    room = or_(Club.most_open_grants.is_(None), waiting < Club.most_open_grants)
    free = or_(Member.banned_until.is_(None), Member.banned_until <= now)
    return select(Member.id).join(Club, Club.id == 1).where(belongs, free, room, ~given).order_by(Member.id)


def _since(offer: Offer) -> datetime:
    """An offer gives for what happens once it is there."""
    return offer.claim_from or offer.created_at


def _joined(offer: Offer, today: date) -> Asked:
    """Whoever was brought along from elsewhere has agreed to nothing here yet, and has not joined."""
    agreed = exists().where(ConsentGiven.member_id == Member.id)
    yield and_(Member.joined_at >= _since(offer), agreed), Occasion.JOINING


def _reached(offer: Offer, today: date) -> Asked:
    wanted = select(Tier.rank).where(Tier.id == offer.minimum_tier_id).scalar_subquery()
    own = select(Tier.rank).where(Tier.id == Member.tier_id).correlate(Member).scalar_subquery()
    yield own >= wanted, f"tier:{offer.minimum_tier_id}"


def _born(offer: Offer, today: date) -> Asked:
    told = func.substr(Member.profile[BIRTHDAY].as_string(), 6, 5)
    for year, days in _birthdays(today, offer.grant_after or 0).items():
        yield told.in_(days), f"birthday:{year}"


def _birthdays(today: date, ahead: int) -> dict[int, list[str]]:
    """The days that come within so many days, by the year they fall in; 29 February is kept on the 28th."""
    found: dict[int, list[str]] = {}
    for day in (today + timedelta(days=days) for days in range(ahead + 1)):
        found.setdefault(day.year, []).append(f"{day:%m-%d}")
        if (day.month, day.day) == (2, 28) and (day + timedelta(days=1)).month == 3:
            found[day.year].append("02-29")
    return found


def _redeemed(offer: Offer, today: date) -> Asked:
    """The member's n-th use of anything since the offer is there; one that was undone does not count."""
    undone = case((TimelineEvent.kind == Happening.REVERSED, -1), else_=1)
    uses = (
        select(func.coalesce(func.sum(undone), 0))
        .where(
            TimelineEvent.member_id == Member.id,
            TimelineEvent.kind.in_([Happening.REDEEMED, Happening.REVERSED]),
            TimelineEvent.happened_at >= _since(offer),
        )
        .correlate(Member)
        .scalar_subquery()
    )
    has_used = exists().where(Claim.member_id == Member.id, Claim.uses_left < Claim.uses_allowed)
    yield and_(has_used, uses >= literal(offer.grant_after or 1)), f"redemptions:{offer.grant_after or 1}"


_ASKED: dict[Occasion, Callable[[Offer, date], Asked]] = {
    Occasion.JOINING: _joined,
    Occasion.TIER: _reached,
    Occasion.BIRTHDAY: _born,
    Occasion.REDEMPTIONS: _redeemed,
}
