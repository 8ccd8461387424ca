"""Conditions answer the same in Python and in SQL, and as JSON-logic means them."""

import json
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from portal.core.club import profiles
from portal.core.club.fields import FieldKind
from portal.core.club.members import Member
from portal.core.offers.audience import answers, people, reading
from portal.core.offers.audience.counting import Counting
from portal.core.offers.audience.fitting import Fields
from portal.core.offers.audience.people import Person
from tests import build
from tests.plumbing.clock import NOON

KINDS = {
    "nick": FieldKind.TEXT,
    "children": FieldKind.INTEGER,
    "walk": FieldKind.NUMBER,
    "pets": FieldKind.BOOLEAN,
    "birthday": FieldKind.DATE,
    "store": FieldKind.CHOICE,
    "topics": FieldKind.CHOICES,
}
OPTIONS = {"store": ("pier", "quay", "2"), "topics": ("tea", "coffee", "books")}
DECLARED = Fields(KINDS, OPTIONS)
TEXTS = st.sampled_from(
    ["", "0", "2", "02", "-1.5", "2.", ".5", "1e3", "tea", "te", "Žą", "zz", "9" * 16, "𝒳"]
)
DAYS = st.sampled_from(["1985-03-27", "2000-02-29", "2012-06-10", "2026-06-11", "2999-01-01"])
NUMBERS = st.sampled_from([-1.5, 0, 1, 2, 2.0, 2.7183, 26, 1985, 10**15])
SWITCHES = st.booleans()
NOTHING = st.none()


def var(*keys):
    return st.sampled_from([{"var": key} for key in keys])


TEXT = (
    TEXTS | DAYS | var("nick", "store", "member.tier", "member.language") | st.just({"var": ["nick", "none"]})
)
NUMBER = (
    NUMBERS
    | var("children", "walk", "member.age", "member.birthday_month", "member.joined_days")
    | st.just({"var": ["walk", 2]})
)
SWITCH = SWITCHES | var("pets")
LEAF = TEXT | NUMBER | SWITCH | NOTHING


def compared(values):
    ops = st.sampled_from(["===", "!==", "==", "!=", "<", "<=", ">", ">="])
    pair = st.tuples(ops, values, values).map(lambda got: {got[0]: [got[1], got[2]]})
    between = st.tuples(values, values, values).map(lambda got: {"<=": list(got)})
    return pair | between


def chosen(conditions, values):
    """The same sort in each branch, as reading asks for where a value is compared."""
    both = st.tuples(conditions, values, values | NOTHING)
    return both.map(lambda got: {"if": list(got)}) | st.lists(values, min_size=1, max_size=3).map(
        lambda got: {"or": got}
    )


SIMPLE = (
    compared(LEAF)
    | st.tuples(var("birthday"), DAYS).map(lambda got: {">=": list(got)})
    | st.tuples(LEAF, st.lists(TEXTS | NUMBERS | SWITCHES | NOTHING, max_size=4)).map(
        lambda got: {"in": list(got)}
    )
    | st.tuples(TEXT | NOTHING, TEXT).map(lambda got: {"in": list(got)})
    | st.sampled_from(OPTIONS["topics"]).map(lambda option: {"in": [option, {"var": "topics"}]})
    | st.lists(st.sampled_from([*KINDS, *people.BUILT_IN]), min_size=1).map(lambda keys: {"missing": keys})
    | var(*KINDS)
    | LEAF
)
CONDITIONS = st.recursive(
    SIMPLE,
    lambda inner: (
        inner.map(lambda one: {"!": [one]})
        | st.lists(inner, min_size=1, max_size=3).map(lambda all_: {"and": all_})
        | st.lists(inner, min_size=1, max_size=3).map(lambda all_: {"or": all_})
        | st.lists(inner, min_size=2, max_size=5).map(lambda all_: {"if": all_})
        | compared(chosen(inner, TEXT))
        | compared(chosen(inner, NUMBER))
        | compared(chosen(inner, SWITCH))
    ),
    max_leaves=6,
)
PROFILES = st.fixed_dictionaries(
    {},
    optional={
        "nick": TEXTS.filter(bool),
        "children": st.integers(-2, 3),
        "walk": st.sampled_from([-1.5, 0.0, 2, 2.7183]),
        "pets": st.booleans(),
        "birthday": DAYS,
        "store": st.sampled_from(OPTIONS["store"]),
        "topics": st.sampled_from([["tea"], ["coffee", "books"]]),
    },
)
MANY = settings(max_examples=150, suppress_health_check=[*HealthCheck])


@MANY
@given(condition=CONDITIONS, told=st.lists(PROFILES, min_size=4, max_size=4))
@example(
    condition={"!": {"==": [{"var": "nick"}, 2]}}, told=[{}, {"nick": "2"}, {"nick": "tea"}, {"nick": "02"}]
)
@example(condition={"!": {"<": [{"var": "walk"}, 5]}}, told=[{}, {"walk": 0.0}, {"walk": 2}, {}])
@example(condition={"<": ["zz", {"var": "nick"}]}, told=[{"nick": "Žą"}, {"nick": "tea"}, {"nick": "𝒳"}, {}])
def test_python_and_sql_agree(town, condition, told):
    session, members = town
    node = accepted(condition)
    profiles.keep(session, list(zip([one.id for one in members], told, strict=True)))
    counting = Counting(KINDS, now=NOON, zone=build.ZONE, dialect=session.get_bind().dialect.name)
    yes = counting.holds(node)
    assert set(session.scalars(select(Member.id).where(yes))) == {
        one.id for one, profile in zip(members, told, strict=True) if lets_in(node, one, profile)
    }
    assert session.scalars(select(Member.id).where(yes.is_(None))).all() == []


def accepted(condition):
    """What chance wrote, where it can be meant."""
    try:
        return reading.kept(reading.accept(json.dumps(condition), DECLARED))
    except reading.Fault:
        assume(False)


def lets_in(node, member, profile):
    tier = "gold" if member.tier_id else None
    person = Person(profile, tier, member.language, member.joined_at)
    return answers.holds(node, people.values(person, NOON, build.ZONE))


@pytest.fixture
def town(session):
    """Members whose tier, language and joining differ in every way that a condition asks about."""
    gold = build.a_tier(session, "gold", 1)
    joined = [
        NOON,
        NOON - timedelta(days=2),
        NOON - timedelta(days=2, microseconds=-1),
        NOON + timedelta(hours=1),
    ]
    members = [
        build.a_member(session, tier=gold if place % 2 else None, language="lt" if place > 1 else "en")
        for place in range(4)
    ]
    for member, moment in zip(members, joined, strict=True):
        member.joined_at = moment
    session.flush()
    return session, members
