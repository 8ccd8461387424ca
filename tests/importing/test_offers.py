"""Offers: days mean the club's days, money its currency; only what differs makes a new version."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from portal.core.offers import offers
from portal.core.offers.offers import Offer, OfferText, Status
from portal.core.offers.stock import Stock
from portal.core.reading import audit
from portal.core.records.journal import JournalEntry
from tests import build

COLUMNS = (
    "slug,title,short,terms,how_store,how_online,benefit,value,points_cost,stock,per_member,"
    "claim_from,claim_to,valid_days,stores,status"
)
COFFEE = {
    "slug": "coffee",
    "title": "Free coffee",
    "benefit": "free_item",
    "status": "published",
}


WHOLE = COFFEE | {
    "short": "Any size",
    "how_online": "Type it",
    "benefit": "fixed_amount",
    "value": "5.20",
    "points_cost": "100",
    "stock": "7",
    "per_member": "2",
    "claim_from": "2026-06-01",
    "claim_to": "2026-12-31",
    "valid_days": "60",
    "minimum_purchase": "20",
    "minimum_tier": "GOLD",
    "hue": "plum",
}
KEPT = {
    "benefit_kind": "fixed_amount",
    "benefit_value": 520,
    "points_cost": 100,
    "per_member": 2,
    "valid_days": 60,
    "minimum_purchase": 2000,
    "hue": "plum",
    "all_stores": False,
    "status": "published",
    "version": 1,
    "zone": build.ZONE,
    "claim_from": datetime(2026, 5, 31, 21, tzinfo=UTC),
    "claim_to": datetime(2026, 12, 31, 22, tzinfo=UTC),
}


def test_every_column_comes_in(bring, session):
    build.a_club(session)
    gold = build.a_tier(session, "gold", 3)
    pier = build.a_store(session)
    session.commit()
    text = table(WHOLE | {"stores": pier.code}, extra=["minimum_purchase", "minimum_tier", "hue"])
    assert bring("offers", text).output.startswith("offers.csv: 1 new")
    offer = the(session)
    assert {name: getattr(offer, name) for name in KEPT} == KEPT
    assert (offer.minimum_tier_id, offers.store_ids_of(session, offer.id)) == (gold.id, {pier.id})
    assert session.scalars(select(Stock.remaining)).one() == 7
    text_kept = session.scalars(select(OfferText)).one()
    assert (text_kept.short, text_kept.how_online) == ("Any size", "Type it")


def test_an_offer_has_a_line_for_each_language(bring, session):
    lines = [COFFEE | {"language": "en"}, COFFEE | {"language": "lt", "title": "Nemokama kava"}]
    text = table(*lines, extra=["language"])
    assert bring("offers", text).output == "offers.csv: 1 new, 1 changed, 0 unchanged.\n"
    assert bring("offers", text).output == "offers.csv: 0 new, 0 changed, 2 unchanged.\n"
    said = {text.language: text.title for text in session.scalars(select(OfferText))}
    assert said == {"en": "Free coffee", "lt": "Nemokama kava"}


def test_the_same_language_twice_is_one_too_many(bring):
    lines = [COFFEE | {"language": "lt"}, COFFEE | {"language": "lt", "title": "Kita kava"}]
    said = bring("offers", table(*lines, extra=["language"]))
    assert said.exit_code == 1
    assert "line 2 has the same; keep one of the two" in said.output


def test_a_language_that_is_not_spoken_is_refused(bring):
    said = bring("offers", table(COFFEE | {"language": "lv"}, extra=["language"]))
    assert "Line 2, language: use one of: en, lt." in said.output


def test_empty_cells_mean_no_limit_and_a_draft(bring, session):
    assert bring("offers", table(COFFEE | {"status": ""})).exit_code == 0
    offer = the(session)
    assert (offer.status, offer.all_stores, offer.points_cost) == ("draft", True, 0)
    limits = (offer.stock, offer.per_member, offer.claim_from, offer.claim_to, offer.valid_days)
    assert limits == (None,) * 5
    assert session.scalars(select(Stock)).all() == []


def test_only_a_change_makes_a_new_version(bring, session):
    bring("offers", table(COFFEE))
    bring("offers", table(COFFEE))
    assert (the(session).version, journal(session)) == (1, ["offer_created"])
    said = bring("offers", table(COFFEE | {"points_cost": "50", "terms": "One a day"})).output
    assert said == "offers.csv: 0 new, 1 changed, 0 unchanged.\n"
    assert (the(session).version, journal(session)) == (2, ["offer_created", "offer_changed"])
    facts = session.scalars(select(JournalEntry.facts)).all()[1]
    assert facts == {"columns": ["points_cost", "terms"], "by": "import"}


def test_stock_is_what_is_left_after_the_claims_made(bring, session):
    bring("offers", table(COFFEE | {"stock": "5"}))
    offer = the(session)
    for name in ("Ada", "Bo"):
        build.claim(session, build.a_member(session, name), offer)
    session.commit()
    bring("offers", table(COFFEE | {"stock": "3"}))
    assert session.scalars(select(Stock.remaining)).all() == [1]
    assert list(audit.breaches(session, build.KEYRING)) == []
    session.rollback()
    bring("offers", table(COFFEE))
    assert session.scalars(select(Stock)).all() == []
    assert list(audit.breaches(session, build.KEYRING)) == []


def test_a_column_that_the_file_lacks_keeps_what_the_offer_has(bring, session):
    bring(
        "offers", table(COFFEE | {"hue": "plum", "minimum_purchase": "20"}, extra=["hue", "minimum_purchase"])
    )
    said = bring("offers", table(COFFEE | {"status": ""})).output
    assert said == "offers.csv: 0 new, 0 changed, 1 unchanged.\n"
    assert (the(session).hue, the(session).minimum_purchase, the(session).status) == (
        "plum",
        2000,
        "published",
    )
    bring("offers", table(COFFEE, extra=["minimum_purchase"]))
    assert the(session).minimum_purchase is None


PLACED = {"category": "Food & drink", "featured": "yes", "public": "Yes", "tags": "tea | latte|tea"}


def test_where_an_offer_lies_makes_no_new_version(bring, session):
    bring("offers", table(COFFEE))
    said = bring("offers", table(COFFEE | PLACED, extra=PLACED)).output
    assert said == "offers.csv: 0 new, 1 changed, 0 unchanged.\n"
    assert placed(session) == ("Food & drink", True, True, ["tea", "latte"], 1)
    assert journal(session) == ["offer_created", "offer_changed"]


def test_an_empty_cell_takes_the_place_away_and_a_missing_column_does_not(bring, session):
    bring("offers", table(COFFEE | PLACED, extra=PLACED))
    assert "1 unchanged" in bring("offers", table(COFFEE)).output
    bring("offers", table(COFFEE | {"points_cost": "5"}, extra=PLACED))
    assert placed(session) == (None, False, False, [], 2)


def test_pausing_and_binding_to_stores(bring, session):
    bring("offers", table(COFFEE))
    pier = build.a_store(session)
    session.commit()
    bring("offers", table(COFFEE | {"status": "paused", "stores": pier.code}))
    assert (the(session).status, the(session).all_stores) == (Status.PAUSED, False)
    assert offers.store_ids_of(session, the(session).id) == {pier.id}
    bring("offers", table(COFFEE | {"status": "archived"}))
    said = bring("offers", table(COFFEE)).output
    assert said.startswith("Line 2, status: this offer is archived and cannot become published.\n")


@pytest.mark.parametrize(
    "cells, said",
    [
        ({"slug": "Free Coffee"}, "slug: use small letters, digits and single dashes, such as pier-cafe."),
        ({"benefit": "cashback"}, "value: use a sum such as 5 or 5.20."),
        ({"value": "5"}, "value: leave it empty where the benefit is free_item."),
        ({"benefit": "percentage"}, "value: use a whole per cent from 1 to 100, such as 20."),
        ({"benefit": "percentage", "value": "20%"}, "value: use a whole per cent from 1 to 100, such as 20."),
        ({"benefit": "percentage", "value": "101"}, "value: use a whole per cent from 1 to 100, such as 20."),
        (
            {"benefit": "fixed_amount", "value": "€5"},
            "value: use a sum such as 5 or 5.20, without the currency.",
        ),
        (
            {"benefit": "fixed_amount", "value": "5.205"},
            "value: use a sum with at most 2 digits after the point, such as 5 or 5.20.",
        ),
        ({"stock": "many"}, "stock: use a whole number such as 120."),
        ({"per_member": "0"}, "per_member: use a whole number from 1, or leave it empty for no limit."),
        (
            {"claim_to": "31.12.2026"},
            "claim_to: use a day such as 2026-12-31, or an instant such as 2026-12-31T18:00+02:00.",
        ),
        (
            {"claim_to": "2026-12-31T18:00"},
            "claim_to: use a day such as 2026-12-31, or an instant such as 2026-12-31T18:00+02:00.",
        ),
        (
            {"claim_from": "2026-02-02", "claim_to": "2026-02-01"},
            "claim_to: use a day that is not before claim_from.",
        ),
        ({"stores": "moon"}, "stores: there is no moon; import the stores first."),
        (PLACED | {"featured": "maybe"}, "featured: use yes or no."),
        ({"status": "live"}, "status: use one of: draft, published, paused, archived."),
    ],
)
def test_a_bad_cell_is_named_with_its_mend(bring, session, cells, said):
    result = bring("offers", table(COFFEE | cells, extra=PLACED.keys() & cells.keys()))
    assert result.output.splitlines()[0] == f"Line 2, {said}"
    assert (result.exit_code, session.scalars(select(Offer)).all()) == (1, [])


def test_an_instant_may_be_given_whole(bring, session):
    bring("offers", table(COFFEE | {"claim_from": "2026-06-01T09:00+03:00", "claim_to": "2026-06-01T20:00Z"}))
    assert (the(session).claim_from, the(session).claim_to) == (
        instant("2026-06-01T06:00"),
        instant("2026-06-01T20:00"),
    )


def the(session):
    session.rollback()
    return session.scalars(select(Offer).execution_options(populate_existing=True)).one()


def placed(session):
    offer = the(session)
    return offer.category, offer.featured, offer.public, offer.tags, offer.version


def journal(session):
    return session.scalars(select(JournalEntry.act).order_by(JournalEntry.id)).all()


def table(*lines, extra=()):
    columns = [*COLUMNS.split(","), *extra]
    cells = [columns, *([line.get(column, "") for column in columns] for line in lines)]
    return "".join(";".join(row) + "\n" for row in cells)


def instant(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
