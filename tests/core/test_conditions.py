"""What a condition means, and what is refused: where it stands, and what to write instead."""

import json

import pytest

from portal.core.club.fields import FieldKind
from portal.core.offers.audience import answers, reading
from portal.core.offers.audience.fitting import Fields
from portal.core.offers.audience.reading import Fault
from portal.core.offers.audience.tree import Values

KINDS = {
    "gender": FieldKind.CHOICE,
    "city": FieldKind.TEXT,
    "children": FieldKind.INTEGER,
    "pets": FieldKind.BOOLEAN,
    "born": FieldKind.DATE,
    "topics": FieldKind.CHOICES,
}
DECLARED = Fields(KINDS, {"gender": ("female", "male"), "topics": ("tea", "books")})
ADA: Values = {
    "gender": "female",
    "city": "7",
    "children": 2,
    "pets": True,
    "topics": ["tea"],
    "born": "1985-03-27",
}
GENDER, CITY, CHILDREN, PETS = ({"var": key} for key in ("gender", "city", "children", "pets"))


@pytest.mark.parametrize(
    "condition, of_ada, of_somebody_who_told_nothing",
    [
        ({"and": [{"===": ["female", GENDER]}]}, True, False),
        ({"==": [CITY, 7]}, True, False),
        ({"===": [CITY, 7]}, False, False),
        ({"!==": [CITY, 7]}, True, True),
        ({"==": [PETS, 1]}, True, False),
        ({"===": [PETS, 1]}, False, False),
        ({"==": [CITY, None]}, False, True),
        ({"===": [GENDER, CITY]}, False, True),
        ({"<": [CHILDREN, 5]}, True, False),
        ({"!": {"<": [CHILDREN, 5]}}, False, True),
        ({"<=": [1, CHILDREN, 2]}, True, False),
        ({"<": [CITY, 10]}, True, False),
        ({"<": [CITY, "10"]}, False, False),
        ({"<": [{"var": "born"}, "1985-03-28"]}, True, False),
        ({"in": ["tea", {"var": "topics"}]}, True, False),
        ({"in": [CHILDREN, ["2", True]]}, False, False),
        ({"in": [CHILDREN, [2, None]]}, True, True),
        ({"in": ["7", CITY]}, True, False),
        ({"missing": ["born"]}, False, True),
        ({"!": [{"var": "topics"}]}, False, True),
        ({"==": [{"or": [CITY, "none"]}, "none"]}, False, True),
        ({"==": [{"and": [CHILDREN, 9]}, 9]}, True, False),
        ({"if": [PETS, False, True]}, False, True),
        ({"===": [{"if": [PETS, "yes", CHILDREN, "few"]}, "yes"]}, True, False),
        ({"==": [{"var": ["city", "none"]}, "none"]}, False, True),
        (True, True, True),
        ("0", True, True),
        (0, False, False),
    ],
)
def test_what_a_condition_means(condition, of_ada, of_somebody_who_told_nothing):
    node = reading.kept(reading.accept(json.dumps(condition), DECLARED))
    assert (answers.holds(node, ADA), answers.holds(node, {})) == (of_ada, of_somebody_who_told_nothing)


@pytest.mark.parametrize(
    "condition, path, mend",
    [
        (
            {"and": [True, {"===": [{"var": "genre"}, 1]}]},
            "/and/1/===/0/var",
            "there is no field genre; use one of",
        ),
        ({"missing": ["city", "zip"]}, "/missing", "there is no field zip"),
        ({"==": [GENDER, "femal"]}, "/==", "gender has no 'femal'; use one of: female, male"),
        ({"in": [GENDER, ["female", "x"]]}, "/in", "gender has no 'x'"),
        ({"in": ["milk", {"var": "topics"}]}, "/in", "topics has no 'milk'"),
        ({">": [{"var": "born"}, "27.3.1985"]}, "/>", "born is a date; use a day such as 2026-12-31"),
        ({"==": [{"var": "topics"}, "tea"]}, "/==", "a list is compared with nothing; use in"),
        ({"<": [{"if": [PETS, 1, "one"]}, 2]}, "/<", "let each branch give the same sort"),
        ({"in": [1, CITY]}, "/in", "a number is looked for in a list"),
        ({"in": ["x", CHILDREN]}, "/in", "the second value of in is a list"),
        ({"in": ["x"]}, "/in", "give two values: what, and in what"),
        ({"or": [{"like": [1, 2]}]}, "/or/0", "there is no 'like'; use one of: and or !"),
        ({"==": [1, 2], "!": 1}, "/", "write one operator in its braces"),
        ({"and": []}, "/and", "give at least one condition"),
        ({"!": [1, 2]}, "/!", "give one condition"),
        ({"if": [True]}, "/if", "give a condition, what it leads to"),
        ({">": [1, 2, 3]}, "/>", "give two values"),
        ({"!": {"var": ["children", "many"]}}, "/!/0/var", "children is a number; give such a value"),
        ({"var": 1}, "/var", "name one field"),
        ({"==": [[1], 1]}, "/==/0", "a list stands only as the second value of in"),
        ({"in": [1, [[1]]]}, "/in/1/0", "write a plain value here"),
        ({"==": [CITY, "\0"]}, "/==/1", "use letters that can be written"),
        ({"==": [CITY, "\ud800"]}, "/==/1", "use letters that can be written"),
        ({"==": [CHILDREN, 10**16]}, "/==/1", "use a number up to"),
        ({"and": [True] * 200}, "/and/199", "use at most 200 parts"),
        ({"in": [1, [1] * 200]}, "/in/1", "use at most 200 parts"),
    ],
)
def test_a_fault_is_named_with_its_place_and_its_mend(condition, path, mend):
    with pytest.raises(Fault) as refused:
        reading.accept(json.dumps(condition), DECLARED)
    assert refused.value.path == path
    assert mend in refused.value.mend


@pytest.mark.parametrize(
    "text, mend",
    [
        ("{'==': [1, 1]}", "write it as JSON such as"),
        ('{"==": [1, NaN]}', "NaN is no number"),
        ('{"!": 1, "!": 0}', "write '!' once"),
        ('{"!":' * 8 + "1" + "}" * 8, "nest at most 8 deep"),
        ("[" * 4000, "nest at most 8 deep|write it as JSON"),
        ("1" * 5000, "write it as JSON"),
        (" " * 10_001, "use at most 10000 characters"),
    ],
)
def test_what_is_no_condition_is_refused_before_it_is_read(text, mend):
    with pytest.raises(Fault, match=mend):
        reading.accept(text, DECLARED)


def test_what_was_accepted_stays_readable_when_a_choice_goes():
    kept = reading.accept(json.dumps({"==": [GENDER, "male"]}), DECLARED)
    assert not answers.holds(reading.kept(kept), ADA)
