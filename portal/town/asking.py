"""What the town's club asks of its members, in both languages, and what some of them have told."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from portal.core.base import Work
from portal.core.club import fields, profiles
from portal.core.club.fields import Editor, FieldKind, FieldWords, Told
from portal.town.calendar import Calendar


@dataclass(frozen=True)
class Question:
    """A field; its words are the label and the purpose, in English and in Lithuanian, choices likewise."""

    kind: FieldKind
    english: tuple[str, str]
    lithuanian: tuple[str, str]
    choices: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    editor: Editor = Editor.MEMBER


QUESTIONS = {
    fields.BIRTHDAY: Question(
        FieldKind.DATE,
        ("Birthday", "For a small present in its month."),
        ("Gimtadienis", "Mažai dovanai jo mėnesį."),
    ),
    "favourite_store": Question(
        FieldKind.CHOICE,
        ("Favourite store", "So that we think of you there first."),
        ("Mėgstamiausia parduotuvė", "Kad pirmiausia pagalvotume apie jus ten."),
        {
            "pier": ("Pier Café", "Pier Café"),
            "greenway": ("Greenway", "Greenway"),
            "lantern": ("Lantern", "Lantern"),
        },
    ),
    "topics": Question(
        FieldKind.CHOICES,
        ("What we may write about", "So that our letters hold what you like to read."),
        ("Apie ką galime rašyti", "Kad laiškuose būtų tai, ką mėgstate skaityti."),
        {
            "food": ("Food and drink", "Maistas ir gėrimai"),
            "outings": ("Days out", "Išvykos"),
            "home": ("Home and garden", "Namai ir sodas"),
        },
    ),
    "children": Question(
        FieldKind.INTEGER,
        ("Children at home", "For seats, portions and afternoons that fit."),
        ("Vaikai namuose", "Kad tiktų kėdutės, porcijos ir popietės."),
    ),
    "mug": Question(
        FieldKind.TEXT,
        ("Your mug at Pier Café", "Where it hangs on the wall."),
        ("Jūsų puodelis „Pier Café“", "Kur jis kabo ant sienos."),
        editor=Editor.STAFF,
    ),
}
# By the part that a member plays, or by name. Bronze has told nothing yet.
TOLD: Mapping[str, Mapping[str, Told]] = {
    "silver": {"favourite_store": "pier", "topics": ["food", "outings"], "children": 2, "mug": "No. 14"},
    "gold": {"birthday": "1961-02-28", "favourite_store": "lantern", "topics": ["home"], "children": 0},
    "Adomas Demo": {"birthday": "1992-02-29", "favourite_store": "greenway"},
    "Eglė Demo": {"children": 3, "topics": ["food", "outings", "home"]},
    "Lina Demo": {"birthday": "1979-11-05", "favourite_store": "pier", "children": 1},
}


def declare(session: Work) -> None:
    """The fields."""
    for key, asked in QUESTIONS.items():
        english, lithuanian = ({each: pair[at] for each, pair in asked.choices.items()} for at in (0, 1))
        label, purpose = asked.english
        made = fields.declare(
            session, key, label, asked.kind, purpose=purpose, editor=asked.editor, options=english
        )
        fields.say(made, "lt", FieldWords(*asked.lithuanian, lithuanian))
    session.flush()


def tell(session: Work, calendar: Calendar, member_ids: Mapping[str, int]) -> None:
    """What members have told; Silver's birthday is in the month in which the demo was loaded."""
    born = date(1988, calendar.at(0, "12:00").month, 12).isoformat()
    for who, told in TOLD.items():
        news = {fields.BIRTHDAY: born, **told} if who == "silver" else told
        profiles.tell(session, member_ids[who], news, by=Editor.STAFF)
