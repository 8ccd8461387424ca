"""The club gives a member an offer: to be claimed by them, or claimed for them at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from portal.core.base import AnyRow, Chance, insert_or_none
from portal.core.claims import claiming
from portal.core.claims.claiming import Asked
from portal.core.club import members
from portal.core.club.club import Club
from portal.core.club.members import Member
from portal.core.codes import alphabet
from portal.core.codes.keyring import Keyring
from portal.core.offers import grants, texts, windows
from portal.core.offers.grants import Grant, GrantState, Source
from portal.core.offers.offers import Offer, OfferText, Status
from portal.core.points import balances
from portal.core.records import journal, outbox, receipts, timeline
from portal.core.records.receipts import Once
from portal.core.records.timeline import Happening, TimelineEvent
from portal.core.refusals import (
    GrantLimitReached,
    GrantNotFound,
    MemberBanned,
    OfferEnded,
    OfferNotAssignable,
    OfferUnavailable,
)


@dataclass(frozen=True)
class Gift:
    """What is given to whom; null is what the offer says. The metadata comes back as it was sent."""

    offer_id: int
    member_id: int
    value: int | None = None
    title: str | None = None
    text: str | None = None
    expires_at: datetime | None = None
    external_id: str | None = None
    metadata: Mapping[str, Any] | None = None
    source: Source = Source.STAFF
    occasion: str | None = None


@dataclass(frozen=True)
class Giver:
    """Who gives, why, and under which key; a repeat under the same key gives nothing more.

    Without `may_claim` an offer that is claimed at once waits to be claimed all the same.
    """

    account_id: int | None = None
    reason: str | None = None
    principal: str = "command"
    key: str | None = None
    may_claim: bool = True


@dataclass(frozen=True)
class Given:
    """The grant's reference, whether it is new, and the claim that was made of it at once."""

    reference: str
    is_new: bool
    claim: str | None = None


BY_THE_CLUB = Giver()
_open = select(func.count()).where(
    Grant.member_id == bindparam("of_member"), grants.is_open(Grant, bindparam("now"))
)
_FACTS = (
    select(
        Offer,
        OfferText.title,
        Member.banned_until,
        Club.most_open_grants,
        _open.scalar_subquery().label("open"),
    )
    .select_from(Offer)
    .join(Club, Club.id == 1)
    .join(Member, Member.id == bindparam("of_member"))
    .join(OfferText, texts.read_in(Member.language.expression, Offer.id.expression))
    .where(Offer.id == bindparam("of_offer"))
    .execution_options(populate_existing=True)
)


def give(
    session: Session,
    keyring: Keyring,
    gift: Gift,
    giver: Giver = BY_THE_CLUB,
    *,
    now: datetime,
    chance: Chance,
) -> Given:
    """Give it, and claim it for the member where the offer says so; the same key or occasion gives once.

    Raises the refusals of `_may_have` and, where it claims, of claiming; ValueError for too much metadata.
    """
    if not grants.fits(gift.metadata):
        raise ValueError(f"metadata may have {grants.LARGEST_METADATA} bytes")
    reference = alphabet.mint_reference(chance.pick)
    earlier = _under_the_key(session, gift, giver, reference, now)
    if earlier != reference:
        return Given(earlier, is_new=False)
    balances.lock(session, gift.member_id)
    facts = _may_have(session, gift, now)
    offer: Offer = facts.Offer
    if not _write(session, gift, reference, now):
        return Given(_of_occasion(session, gift), is_new=False)
    _tell(session, facts, gift, giver, reference, now)
    if not (offer.auto_claim and giver.may_claim):
        return Given(reference, is_new=True)
    asked = Asked(gift.member_id, gift.offer_id, f"grant:{reference}", grant=reference, by_club=True)
    claim = claiming.claim_offer(session, keyring, asked, now=now, chance=chance)
    return Given(reference, is_new=True, claim=claim)


def withdraw(session: Session, reference: str, giver: Giver = BY_THE_CLUB, *, now: datetime) -> bool:
    """Take an open grant back; False where it is not open any more, and nothing changed.

    Raises GrantNotFound.
    """
    seen = grants.find(session, reference)
    if seen is None:
        raise GrantNotFound
    balances.lock(session, seen.member_id)
    if not grants.close(session, seen.id, GrantState.WITHDRAWN, now):
        return False
    _happened(session, seen, Happening.GRANT_WITHDRAWN, now)
    _note(session, "grant_withdrawn", giver, reference, now)
    return True


def record_expired(session: Session, *, now: datetime, batch: int = 500) -> int:
    """Close up to `batch` grants whose time is over; answers how many. Safe to run twice at once."""
    due = session.scalars(
        select(Grant)
        .where(Grant.state == GrantState.OPEN, Grant.expires_at <= now)
        .order_by(Grant.expires_at)
        .limit(batch)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    ).all()
    for grant in due:
        grants.close(session, grant.id, GrantState.EXPIRED, now)
        _happened(session, grant, Happening.GRANT_EXPIRED, now)
        outbox.add(session, "grant_expired", {"grant": grant.reference}, now=now)
    return len(due)


def _under_the_key(session: Session, gift: Gift, giver: Giver, reference: str, now: datetime) -> str:
    if giver.key is None:
        return reference
    about = f"offer:{gift.offer_id} member:{gift.member_id}"
    once = Once(giver.principal, "grant", f"{giver.key}:{gift.member_id}", about)
    return receipts.open_or_replay(session, once, result=reference, now=now)


def _may_have(session: Session, gift: Gift, now: datetime) -> AnyRow:
    asked = {"of_offer": gift.offer_id, "of_member": gift.member_id, "now": now}
    facts: AnyRow = session.execute(_FACTS, asked).one()
    offer: Offer = facts.Offer
    if members.is_banned(facts.banned_until, now):
        raise MemberBanned(banned_until=facts.banned_until)
    if offer.status != Status.PUBLISHED:
        raise OfferUnavailable
    if not offer.assignable:
        raise OfferNotAssignable
    if windows.is_over(offer.claim_to, now):
        raise OfferEnded(ended_at=offer.claim_to, zone=offer.zone)
    if facts.most_open_grants is not None and facts.open >= facts.most_open_grants:
        raise GrantLimitReached(limit=facts.most_open_grants)
    return facts


def _write(session: Session, gift: Gift, reference: str, now: datetime) -> bool:
    row = {
        "reference": reference,
        "offer_id": gift.offer_id,
        "member_id": gift.member_id,
        "state": GrantState.OPEN,
        "source": gift.source,
        "occasion": gift.occasion,
        "value": gift.value,
        "title": gift.title,
        "text": gift.text,
        "expires_at": gift.expires_at,
        "external_id": gift.external_id,
        "granted_at": now,
    } | ({"metadata": dict(gift.metadata)} if gift.metadata is not None else {})
    unique = ["offer_id", "member_id", "occasion"]
    return insert_or_none(session, Grant, row, unique=unique) is not None


def _of_occasion(session: Session, gift: Gift) -> str:
    earlier = select(Grant.reference).where(
        Grant.offer_id == gift.offer_id, Grant.member_id == gift.member_id, Grant.occasion == gift.occasion
    )
    return session.scalars(earlier).one()


def _tell(session: Session, facts: AnyRow, gift: Gift, giver: Giver, reference: str, now: datetime) -> None:
    told = {"grant": reference, "title": gift.title or facts.title}
    timeline.add(
        session, Happening.GRANTED, member_id=gift.member_id, offer_id=gift.offer_id, facts=told, now=now
    )
    if gift.source in (Source.STAFF, Source.BATCH):
        _note(session, "grant_given", giver, reference, now, member=gift.member_id, offer=facts.Offer.slug)
    outbox.add(session, "grant_given", {"grant": reference}, now=now)


def _note(session: Session, act: str, giver: Giver, reference: str, now: datetime, **facts: Any) -> None:
    journal.add(
        session,
        act,
        f"grant:{reference}",
        now=now,
        account_id=giver.account_id,
        reason=giver.reason,
        facts=facts,
    )
    if act != "grant_given":
        outbox.add(session, act, {"grant": reference}, now=now)


def _happened(session: Session, grant: Grant, happening: Happening, now: datetime) -> None:
    title = select(TimelineEvent.facts["title"].as_string()).where(
        TimelineEvent.member_id == grant.member_id,
        TimelineEvent.kind == Happening.GRANTED,
        TimelineEvent.facts["grant"].as_string() == grant.reference,
    )
    told = {"grant": grant.reference, "title": session.scalar(title)}
    who, what = grant.member_id, grant.offer_id
    timeline.add(session, happening, member_id=who, offer_id=what, facts=told, now=now)
