"""Members read an offer in their language, else in English, else in any; a claim keeps what was read."""

import pytest
from sqlalchemy.orm import Session

from portal.core.club import sign_ins
from portal.core.club.accounts import Account
from portal.core.club.members import Member
from portal.core.club.sign_ins import Face
from portal.core.offers.offers import Offer, OfferText
from portal.core.reading import catalogue, people
from tests import build
from tests.plumbing.clock import NOON

SAID = {"en": "Free coffee", "lt": "Nemokama kava", "pl": "Darmowa kawa"}


@pytest.mark.parametrize(
    "there, spoken, read",
    [
        (["en", "lt"], "lt", "lt"),
        (["en", "lt"], "en", "en"),
        (["en"], "lt", "en"),
        (["lt", "pl", "en"], "xx", "en"),
        (["lt"], "en", "lt"),
        (["pl", "lt"], "en", "lt"),
    ],
)
def test_the_shelf_the_page_and_the_claim_say_the_same(session, there, spoken, read):
    offer, member = an_offer_in(session, there), build.a_member(session, language=spoken)
    here = at_the_door(session, member)
    [item] = catalogue.shelf(session, here, NOON)
    page = catalogue.item(session, here, offer.slug, NOON)
    assert page is not None
    claim = build.claim(session, member, offer)
    said = {(item.offer.language, item.offer.title), (page.offer.language, page.offer.title)}
    assert said | {(claim.promised.language, claim.promised.title)} == {(read, SAID[read])}


def test_words_come_whole_and_never_half_from_elsewhere(session):
    offer = an_offer_in(session, ["en", "lt"])
    session.get_one(OfferText, (offer.id, "en")).terms = "Any size."
    session.flush()
    claim = build.claim(session, build.a_member(session, language="lt"), offer)
    assert (claim.promised.title, claim.promised.terms) == ("Nemokama kava", "")


def test_a_claim_keeps_its_words_when_its_member_reads_another_language(session):
    member = build.a_member(session, language="lt")
    claim = build.claim(session, member, an_offer_in(session, ["en", "lt"]))
    member.language = "en"
    session.flush()
    session.expire_all()
    assert claim.promised.title == "Nemokama kava"


def an_offer_in(session: Session, languages: list[str]) -> Offer:
    offer = build.an_offer(session)
    session.delete(session.get_one(OfferText, (offer.id, "en")))
    session.flush()
    session.add_all(OfferText(offer_id=offer.id, language=one, title=SAID[one]) for one in languages)
    session.flush()
    return offer


def at_the_door(session: Session, member: Member) -> people.MemberHere:
    account = Account(email="ada@example.com", name=member.name, opened_at=NOON)
    session.add(account)
    session.flush()
    member.account_id = account.id
    entropy = build.CHANCE.entropy
    token = sign_ins.begin(session, Face.MEMBER, account.id, now=NOON, entropy=entropy, device=None)
    here = people.member_here(session, token, NOON)
    assert here is not None
    return here
