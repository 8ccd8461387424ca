"""Where every "no" of this face is answered: roll back, say why, and show what is so now."""

from flask import Response, render_template, request, url_for

from portal.core.base import Facts
from portal.core.reading.catalogue import ShelfItem
from portal.core.records import timeline
from portal.core.records.timeline import Happening
from portal.core.refusals import MemberBanned, Refusal
from portal.members import claims, details, handovers, members, offers, releases
from portal.members.members import bp
from portal.members.stubs import Link
from portal.web import answers, clock, db, doors, errors, pages, refusing
from portal.web.refusing import Said

NOT_FOUND = 404


@bp.errorhandler(Refusal)
def refused(refusal: Refusal) -> Response:
    """The words of a refusal with its status; nothing it was about has moved."""
    db.session().rollback()
    status = refusing.status(refusal.code)
    said = refusing.member_words(refusal.code, _here() | refusal.facts)
    if status == NOT_FOUND:
        return errors.answer(status, words=said.sentence)
    given = request.view_args or {}
    item = offers.item_of(given["slug"]) if "slug" in given else None
    if item is not None and request.method == "POST":
        _note(item, refusal.code)
    if isinstance(refusal, MemberBanned) and (item is None or not answers.is_htmx()):
        return _paused(said)
    if "handover" in given:
        return handovers.refused(given["handover"], said.sentence, status)
    if item is None:
        return releases.refused(given["ref"], said.sentence, status)
    return _of_offer(item, refusal, status)


def _of_offer(item: ShelfItem, refusal: Refusal, status: int) -> Response:
    facts = details.facts_of(item, offers.viewer()) | refusal.facts
    said = refusing.member_words(refusal.code, facts)
    return claims.refused(item, said.sentence, _way_on(said, item, refusal.facts), status)


def _way_on(said: Said, item: ShelfItem, facts: Facts) -> Link | None:
    """The next step, where it leads somewhere today; the offer's own page explains what is missing."""
    if said.step is None:
        return None
    addresses = {
        "offers": url_for(".offers"),
        "wallet": url_for(".wallet"),
        "points": url_for(".points", _anchor="earn"),
        "tiers": url_for(".tiers"),
        "card": url_for(".card"),
        "help": url_for(".help_topic", topic="problems"),
        "offer": url_for(".offer", slug=item.offer.slug),
        "retry": url_for(".offer", slug=item.offer.slug),
    }
    if "reference" in facts:
        addresses["claim"] = url_for(".claimed", ref=facts["reference"])
    href = addresses.get(said.step.endpoint)
    return Link(href, said.step.label, "") if href else None


def _note(item: ShelfItem, code: str) -> None:
    """The one row that a refusal leaves, in a transaction of its own."""
    db.session().rollback()
    db.begin_writing()
    who = doors.me().member_id
    told = {"refusal": code, "title": item.offer.title}
    timeline.add(
        db.session(),
        Happening.CLAIM_REFUSED,
        member_id=who,
        offer_id=item.offer.id,
        facts=told,
        now=clock.now(),
    )
    db.session().commit()


def _paused(said: Said) -> Response:
    return Response(render_template("members/paused.html", words=said.sentence, **members.frame()), 403)


def _here() -> Facts:
    return {"now": clock.now(), "zone": pages.club().zone}
