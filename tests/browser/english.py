"""Finds English in a page: a sentence of the catalogue as it was, or a word that only English has."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core.claims.claims import Claim, FrozenTerms
from portal.core.club import fields
from portal.core.club.stores import Store, Till
from portal.core.offers.grants import Grant
from portal.core.offers.offers import Offer, OfferText
from portal.members import headline
from tests.members import page
from tests.members.page import Part
from tests.plumbing import words

# In attributes: read aloud, or kept there for a script to show.
READ_ALOUD = re.compile(
    r"aria-(label|description|valuetext)|alt|placeholder|title|data-(failed|offline|online|said|say|(here-)?words)"
)
UNREAD = {"script", "style"}
ONLY_ENGLISH = re.compile(
    r"\b(the|your?|is|are|of|and|with|for|at|by|it|this|that|not|from|was|has|have|can|points?|codes?|offers?)\b",
    re.IGNORECASE,
)
_NAMES = re.compile(r"%\(\w+\)s|\{\w+\}|<[^>]+>")
PARTS = ("title", "short", "terms", "how_store", "how_online")


@dataclass(frozen=True)
class Reader:
    """Knows the sentences that are worded otherwise in this language, and what the club wrote itself."""

    sentences: re.Pattern[str]
    own: re.Pattern[str]

    def english_in(self, html: str) -> list[str]:
        """What of the page is English, in its order."""
        return [text for text in _texts(page.read(html)) if self._is_english(text)]

    def _is_english(self, text: str) -> bool:
        rest = " ".join(self.own.sub(" ", text).split())
        return bool(self.sentences.fullmatch(rest) or ONLY_ENGLISH.search(rest))


def reader(session: Session, language: str) -> Reader:
    """Who reads the pages of this club in that language."""
    catalogue = words.translated(language)
    sentences = [
        asked
        for message in catalogue
        for asked in ([message.id] if isinstance(message.id, str) else message.id)
        if asked and asked not in words.forms(message) and re.search("[A-Za-z]{3}", _NAMES.sub("", asked))
    ]
    return Reader(_any(map(_pattern, sentences)), _any(map(re.escape, _own(session, language))))


def _texts(part: Part) -> Iterator[str]:
    """All that is seen or read aloud, also what waits in a template or an attribute for its moment."""
    for name, value in part.attributes.items():
        if value and READ_ALOUD.fullmatch(name):
            yield value
    if part.tag in UNREAD or part.attributes.get("translate") == "no":
        return
    for inside in part.inside:
        if isinstance(inside, Part):
            yield from _texts(inside)
        elif inside.strip():
            yield " ".join(inside.split())


def _own(session: Session, language: str) -> set[str]:
    """Words of the club, which are said as they were written."""
    names = (Store.name, Till.name, Offer.category)
    said = {name for column in names for name in session.scalars(select(column)) if name}
    for asked in (field.words(language) for field in fields.declared(session)):
        said |= {asked.label, asked.purpose, *asked.options.values()}
    for grant in session.scalars(select(Grant)):
        said |= {grant.title or "", grant.text or ""}
    offers = session.execute(select(Offer, OfferText).join(OfferText, OfferText.offer_id == Offer.id))
    for offer, text in offers:
        said |= _of_offer(offer.benefit_kind, offer.benefit_value, text)
    for claim in session.scalars(select(Claim)):
        said |= _of_offer(claim.promised.benefit_kind, claim.promised.benefit_value, claim.promised)
    return said - {""}


def _of_offer(kind: str, value: int | None, text: OfferText | FrozenTerms) -> set[str]:
    said = {line.strip() for part in PARTS for line in str(getattr(text, part)).splitlines()}
    head = headline.headline(kind, value, "EUR", title=text.title, short=text.short, language=text.language)
    return said | {head.value, head.what, head.whole}


def _pattern(sentence: str) -> str:
    plain = re.sub(r"<[^>]+>", "", sentence).replace("%%", "%")
    return ".+?".join(map(re.escape, _NAMES.split(plain)))


def _any(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(sorted(patterns, key=len, reverse=True)), re.IGNORECASE)
