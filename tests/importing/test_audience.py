"""Whom an offer is for, as the file says it."""

import csv
import io
import json

import pytest
from sqlalchemy import select

from portal.core.club import fields
from portal.core.club.fields import FieldKind
from portal.core.offers.offers import Offer
from tests import build

COLUMNS = [
    "slug",
    "title",
    "short",
    "terms",
    "how_store",
    "how_online",
    "benefit",
    "value",
    "points_cost",
    "stock",
    "per_member",
    "claim_from",
    "claim_to",
    "valid_days",
    "stores",
    "status",
]
COFFEE = {"slug": "coffee", "title": "Free coffee", "benefit": "free_item", "status": "published"}
PARENTS = '{">=": [{"var": "children"}, 1]}'
GOLD = '{"===":[{"var":"member.tier"},"gold"]}'
FOR = {"audience": PARENTS, "view_condition": GOLD, "new_member_days": "30", "birthday_month": "yes"}


@pytest.fixture(autouse=True)
def club(session):
    build.a_club(session)
    fields.declare(session, "children", "Children", FieldKind.INTEGER, purpose="")
    session.commit()


def test_the_rules_come_in_and_a_repeat_changes_nothing(bring, session):
    assert bring("offers", table(COFFEE | FOR)).output == "offers.csv: 1 new, 0 changed, 0 unchanged.\n"
    assert rules(session) == ('{">=":[{"var":"children"},1]}', GOLD, 30, True, 1)
    again = COFFEE | FOR | {"audience": json.dumps(json.loads(PARENTS), indent=1)}
    assert bring("offers", table(again)).output == "offers.csv: 0 new, 0 changed, 1 unchanged.\n"


def test_a_rule_is_a_term_and_an_empty_cell_takes_it_away(bring, session):
    bring("offers", table(COFFEE | FOR))
    bring("offers", table(COFFEE))
    assert rules(session)[2:] == (30, True, 1)
    bring("offers", table(COFFEE | dict.fromkeys(FOR, "")))
    assert rules(session) == (None, None, None, False, 2)


@pytest.mark.parametrize(
    "cells, said",
    [
        (
            {"audience": PARENTS.replace("children", "childs")},
            "audience: at />=/0/var: there is no field childs;",
        ),
        ({"view_condition": "gold"}, "view_condition: at /: write it as JSON such as"),
        ({"new_member_days": "0"}, "new_member_days: use a whole number from 1"),
        ({"birthday_month": "May"}, "birthday_month: use yes or no."),
    ],
)
def test_what_cannot_be_meant_is_left_out_with_its_mend(bring, session, cells, said):
    result = bring("offers", table(COFFEE | cells))
    assert result.output.startswith(f"Line 2, {said}")
    assert session.scalars(select(Offer)).all() == []


def rules(session):
    session.rollback()
    offer = session.scalars(select(Offer)).one()
    return (
        offer.audience,
        offer.view_condition,
        offer.new_member_days,
        offer.birthday_month,
        offer.version,
    )


def table(row):
    out = io.StringIO()
    writer = csv.DictWriter(out, [*COLUMNS, *(name for name in row if name not in COLUMNS)])
    writer.writeheader()
    writer.writerow(row)
    return out.getvalue()
