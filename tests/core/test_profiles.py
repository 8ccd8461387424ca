"""The profile: fields of seven kinds, in words of each language, and what members have told in them."""

from datetime import date

import pytest
from sqlalchemy import event, func, select

from portal.core.club import fields, profiles
from portal.core.club.fields import Editor, FieldKind, FieldWords, Told
from portal.core.club.members import Member
from tests import build

TOLD: dict[str, Told] = {
    "nick": "Addie",
    "children": 2,
    "walk": 1.5,
    "pets": True,
    "birthday": "1985-03-27",
    "store": "pier",
    "topics": ["tea", "books"],
}


def test_values_are_read_in_the_types_of_their_fields_in_one_statement(session):
    ada = told_everything(session)
    asked = []
    event.listen(session.get_bind(), "before_cursor_execute", lambda *sent: asked.append(sent[2]))
    values = profiles.values_of(session, ada.id)
    assert values == {**TOLD, "birthday": date(1985, 3, 27), "topics": ("tea", "books")}
    assert [type(value) for value in values.values()] == [str, int, float, bool, date, str, tuple]
    assert len(asked) == 1


def test_what_was_not_told_or_was_taken_back_is_not_there(session):
    ada = told_everything(session)
    profiles.tell(session, ada.id, dict.fromkeys(TOLD), by=Editor.MEMBER)
    assert profiles.values_of(session, ada.id) == {}
    assert session.scalar(select(func.count()).where(Member.profile["nick"].as_string().is_not(None))) == 0


def test_sql_reads_the_same_values(session):
    ada = told_everything(session)
    build.a_member(session, "Bo")
    told = Member.profile
    for condition in (
        told["nick"].as_string() == "Addie",
        told["children"].as_integer() >= 2,
        told["walk"].as_float() < 1.6,
        told["pets"].as_boolean().is_(True),
        told["birthday"].as_string() < "1985-03-28",
        told["store"].as_string().in_(["pier", "quay"]),
    ):
        assert session.scalars(select(Member.id).where(condition)).all() == [ada.id]
    assert profiles.options_told(session, "topics") == {"tea", "books"}


@pytest.mark.parametrize(
    "kind, fine, wrong",
    [
        (FieldKind.TEXT, "x" * 200, ["", "x" * 201, 5]),
        (FieldKind.INTEGER, -3, [1.5, True, "3", 1_000_000_001]),
        (FieldKind.NUMBER, 2.7183, [2.71828, True, "3", 1e9 + 1, float("nan")]),
        (FieldKind.BOOLEAN, False, [0, "no"]),
        (FieldKind.DATE, "2024-02-29", ["2023-02-29", "20240229", 2024]),
        (FieldKind.CHOICE, "tea", ["coffee", ["tea"]]),
        (FieldKind.CHOICES, ["tea", "books"], [[], "tea", ["books", "tea"], ["tea", "tea"], ["coffee"]]),
    ],
)
def test_each_kind_takes_its_own(session, kind, fine, wrong):
    options = ["tea", "books"] if kind in (FieldKind.CHOICE, FieldKind.CHOICES) else []
    asked = fields.declare(session, "asked", "Asked", kind, purpose="", options=options)
    assert asked.takes(fine)
    assert [value for value in wrong if asked.takes(value)] == []


def test_who_fills_in_what(session):
    editors = [Editor.MEMBER, Editor.STAFF, Editor.NOBODY]
    asked = [
        fields.declare(session, f"by_{one}", "", FieldKind.TEXT, purpose="", editor=one) for one in editors
    ]
    assert [[one.is_open_to(by) for one in asked] for by in editors] == [
        [True, False, False],
        [True, True, False],
        [True, True, True],
    ]


def test_words_are_read_in_the_own_language_else_in_english_else_in_any(session):
    kept = fields.declare(session, "mug", "Puodelis", FieldKind.TEXT, purpose="Kam?", language="lt")
    assert kept.words("en") == FieldWords("Puodelis", "Kam?")
    assert fields.say(kept, "en", FieldWords("Mug", "Why?"))
    assert not fields.say(kept, "en", FieldWords("Mug", "Why?"))
    assert (kept.words("en").label, kept.words("lt").label, kept.words("pl").label) == (
        "Mug",
        "Puodelis",
        "Mug",
    )


@pytest.mark.parametrize(
    "key, kind, options, said",
    [
        ("Shoe size", FieldKind.TEXT, [], "is no key"),
        ("_shoe", FieldKind.TEXT, [], "is no key"),
        ("x" * 41, FieldKind.TEXT, [], "is no key"),
        ("shoe", FieldKind.CHOICES, [], "a choice has options"),
        ("shoe", FieldKind.TEXT, ["flat"], "a choice has options"),
        ("birthday", FieldKind.TEXT, [], "birthday is a date"),
    ],
)
def test_a_declaration_has_to_make_sense(session, key, kind, options, said):
    with pytest.raises(ValueError, match=said):
        fields.declare(session, key, "", kind, purpose="", options=options)


def told_everything(session):
    kinds = ("text", "integer", "number", "boolean", "date", "choice", "choices")
    options = {"store": ["pier", "quay"], "topics": ["tea", "coffee", "books"]}
    for key, kind in zip(TOLD, kinds, strict=True):
        fields.declare(session, key, key, FieldKind(kind), purpose="", options=options.get(key, []))
    ada = build.a_member(session)
    profiles.tell(session, ada.id, TOLD, by=Editor.MEMBER)
    return ada
