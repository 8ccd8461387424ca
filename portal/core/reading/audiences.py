"""How many members an offer reaches: counted in SQL by the same rules that each of them is asked by."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, func, select, true
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import ColumnElement

from portal.core.club import fields
from portal.core.club.members import Member
from portal.core.club.tiers import Tier
from portal.core.offers.audience import people, reading
from portal.core.offers.audience.counting import Counting
from portal.core.offers.audience.tree import Compare, Literal, Op, Var
from portal.core.offers.offers import Offer


@dataclass(frozen=True)
class Reach:
    """All members, those who see the offer, and those of them whom its rules let have it."""

    members: int
    shown: int
    let_in: int


def reach(session: Session, offer: Offer, now: datetime) -> Reach:
    """How many members the offer is for now. Bans, points and limits are not looked at. Two statements."""
    counting = Counting(
        fields.kinds(session), now=now, zone=offer.zone, dialect=session.get_bind().dialect.name
    )
    view, asked = (
        counting.holds(reading.kept(condition)) if condition else true()
        for condition in (offer.view_condition, offer.audience)
    )
    rules = and_(view, asked, *_rules(offer, counting, now))
    row = session.execute(
        select(func.count(), func.count().filter(view), func.count().filter(rules)).select_from(Member)
    ).one()
    return Reach(*row)


def _rules(offer: Offer, counting: Counting, now: datetime) -> list[ColumnElement[bool]]:
    rules: list[ColumnElement[bool]] = []
    if offer.new_member_days:
        rules.append(Member.joined_at > now - timedelta(days=offer.new_member_days))
    if offer.birthday_month:
        month = Literal(people.today_in(now, offer.zone).month)
        rules.append(counting.holds(Compare(Op.SAME, Var(people.MONTH), month)))
    if offer.minimum_tier_id:
        wanted = select(Tier.rank).where(Tier.id == offer.minimum_tier_id).scalar_subquery()
        rules.append(Member.tier_id.in_(select(Tier.id).where(Tier.rank >= wanted)))
    return rules
