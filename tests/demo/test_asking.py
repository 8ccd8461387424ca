"""The town asks its members of four types, in both languages, and some have told."""

from datetime import date

from portal.core.club import fields, members, profiles
from portal.core.club.fields import FieldKind


def test_the_town_asks_in_both_languages(harbour_lane):
    declared = fields.declared(harbour_lane)
    assert [(field.key, field.kind) for field in declared] == [
        ("birthday", FieldKind.DATE),
        ("favourite_store", FieldKind.CHOICE),
        ("topics", FieldKind.CHOICES),
        ("children", FieldKind.INTEGER),
        ("mug", FieldKind.TEXT),
    ]
    for field in declared:
        assert field.words("lt").label != field.words("en").label
        assert [*field.words("lt").options] == [*field.words("en").options] == field.options


def test_silver_celebrates_this_month_and_bronze_has_told_nothing(harbour_lane):
    silver, bronze = (members.by_external_id(harbour_lane, f"user_{one}") for one in (12345, 12346))
    assert silver is not None
    assert bronze is not None
    assert profiles.values_of(harbour_lane, silver.id) == {
        "birthday": date(1988, 6, 12),
        "favourite_store": "pier",
        "topics": ("food", "outings"),
        "children": 2,
        "mug": "No. 14",
    }
    assert profiles.values_of(harbour_lane, bronze.id) == {}
