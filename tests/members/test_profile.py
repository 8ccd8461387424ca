"""The profile: the club declares what it asks and why; members tell what they like."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from portal.core.club import fields, profiles
from portal.core.club.fields import Editor, FieldKind, Told
from tests import build
from tests.members.ada import Ada
from tests.members.page import Part

KINDS = {"kids": FieldKind.INTEGER, "walk": FieldKind.NUMBER, "topics": FieldKind.CHOICES}
TELL = {"born": "1985-03-27", "diet": "Vegan", "pets": True, "nick": "Addie"}


@pytest.fixture
def asked(ada: Ada) -> None:
    declare(ada.session)
    ada.session.commit()


def test_a_club_that_asks_nothing_has_no_such_part(ada: Ada) -> None:
    assert "About you" not in ada.opens("/account").headings()


@pytest.mark.usefixtures("asked")
def test_every_field_says_what_it_is_for(ada: Ada) -> None:
    about = ada.opens("/account").section("About you")
    assert [hint.text for hint in about.all(class_="hint")] == [
        "For a present on the day.",
        "So that we suggest what you can eat.",
        "For offers at the pet store.",
        "What the crew calls you.",
    ]
    assert about.one("input", id="profile_born").attributes["type"] == "date"
    assert [label.text for label in about.all("label")][1:4] == ["Vegan", "Anything", "I’d rather not say"]


@pytest.mark.usefixtures("asked")
def test_what_is_told_is_kept_and_can_be_taken_back(ada: Ada) -> None:
    page = send(
        ada, profile_born="1985-03-27", profile_diet="Vegan", profile_pets="y", profile_nick=" Addie "
    )
    assert (ada.status, page.words("one"), told(ada)) == (200, "Saved.", TELL)
    assert page.one("input", id="profile_nick").attributes["value"] == "Addie"
    send(ada, profile_born="", profile_diet="", profile_pets=None, profile_nick="")
    assert told(ada) == {"pets": False}


@pytest.mark.usefixtures("asked")
@pytest.mark.parametrize(
    "field, typed, words",
    [
        ("born", "1985-02-30", "Enter a real date for “Birthday”, such as 1985-03-27"),
        ("born", "0001-01-01", "Enter a real date for “Birthday”, such as 1985-03-27"),
        ("diet", "Stones", "Choose one of the answers to “Diet”"),
        ("nick", "x" * 201, "Enter at most 200 letters for “Nickname”"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_kept(ada: Ada, field: str, typed: str, words: str) -> None:
    page = send(ada, **{f"profile_{field}": typed})
    assert (ada.status, told(ada)) == (422, {})
    [problem] = page.one(id="problems").all("a")
    assert (problem.attributes["href"], problem.text) == (f"#profile_{field}", words)
    assert page.one("input", id="name").attributes["value"] == "Ada"


@pytest.mark.usefixtures("asked")
def test_what_staff_note_is_shown_and_cannot_be_sent(ada: Ada) -> None:
    profiles.tell(ada.session, ada.member.id, {"grade": "Regular"}, by=Editor.STAFF)
    ada.session.commit()
    send(ada, profile_grade="Owner", profile_nick="Addie")
    assert told(ada) == {"grade": "Regular", "pets": False, "nick": "Addie"}
    assert "Grade Regular" in ada.opens("/account").section("About you").text


@pytest.fixture
def counted(ada: Ada) -> None:
    ask = fields.declare
    topics = {"tea": "Tea & cake", "books": "Books"}
    ask(ada.session, "kids", "Children", KINDS["kids"], purpose="For presents.", required=True)
    ask(ada.session, "walk", "Kilometres", KINDS["walk"], purpose="For the map.")
    ask(ada.session, "topics", "Topics", KINDS["topics"], purpose="For the letter.", options=topics)
    ada.session.commit()


@pytest.mark.usefixtures("counted")
def test_numbers_and_several_choices_are_kept_and_shown_again(ada: Ada) -> None:
    page = send(ada, profile_kids="2", profile_walk="1,5", profile_topics=["books", "tea"])
    assert (ada.status, told(ada)) == (200, {"kids": 2, "walk": 1.5, "topics": ["tea", "books"]})
    assert [page.one("input", id=f"profile_{key}").attributes["value"] for key in ("kids", "walk")] == [
        "2",
        "1.5",
    ]
    about = page.section("About you")
    ticked = [box for box in about.all("input", type="checkbox") if "checked" in box.attributes]
    assert [box.attributes["value"] for box in ticked] == ["tea", "books"]
    send(ada, profile_kids="0", profile_walk="", profile_topics=[])
    assert told(ada) == {"kids": 0}


@pytest.mark.usefixtures("counted")
@pytest.mark.parametrize(
    "field, typed, words",
    [
        ("kids", "", "Fill in “Children”"),
        ("kids", "1.5", "Enter a whole number for “Children”, such as 2"),
        ("kids", "two", "Enter a whole number for “Children”, such as 2"),
        ("kids", "٣", "Enter a whole number for “Children”, such as 2"),
        ("walk", "1.23456", "Enter a number for “Kilometres”, such as 1.5"),
        ("walk", "9999999999", "Enter a number for “Kilometres”, such as 1.5"),
        ("topics", ["tea", "mud"], "Choose among the answers to “Topics”"),
    ],
)
def test_what_is_no_number_or_answer_is_said(ada: Ada, field: str, typed: Any, words: str) -> None:
    page = send(ada, **{"profile_kids": "2", f"profile_{field}": typed})
    assert (ada.status, told(ada)) == (422, {})
    [problem] = page.one(id="problems").all("a")
    assert (problem.attributes["href"], problem.text) == (f"#profile_{field}", words)


@pytest.mark.usefixtures("counted")
def test_what_the_club_needs_says_so(ada: Ada) -> None:
    about = ada.opens("/account").section("About you")
    assert next(hint.text for hint in about.all(class_="hint")) == "For presents. We need an answer."
    assert "required" in about.one("input", id="profile_kids").attributes


def test_what_the_lists_brought_is_shown_in_words(ada: Ada) -> None:
    said: dict[str, tuple[FieldKind, Told]] = {
        "since": (FieldKind.DATE, "2024-02-29"),
        "visits": (FieldKind.INTEGER, 1250),
        "circles": (FieldKind.CHOICES, ["a"]),
    }
    for key, (kind, _) in said.items():
        options = {"a": "Readers"} if key == "circles" else {}
        fields.declare(ada.session, key, key.title(), kind, purpose="", editor=Editor.NOBODY, options=options)
    brought = {key: value for key, (_, value) in said.items()}
    profiles.tell(ada.session, ada.member.id, brought, by=Editor.NOBODY)
    ada.session.commit()
    about = ada.opens("/account").section("About you")
    rows = [row.text for row in about.all("li")]
    assert rows == ["Since 29 February 2024", "Visits 1,250", "Circles Readers"]
    assert about.all("form") == []


@pytest.mark.parametrize(
    "news",
    [
        {"shoe": "41"},
        {"grade": "Owner"},
        {"born": "27 March"},
        {"diet": "Stones"},
        {"pets": "yes"},
        {"nick": ""},
    ],
)
def test_the_core_takes_only_what_was_declared(session: Session, news) -> None:
    declare(session)
    member = build.a_member(session)
    with pytest.raises(ValueError, match=r"is not theirs|does not take"):
        profiles.tell(session, member.id, {"nick": "Ada", **news}, by=Editor.MEMBER)
    assert profiles.told(session, member.id) == {}


def declare(session: Session) -> None:
    ask = fields.declare
    ask(session, "born", "Birthday", FieldKind.DATE, purpose="For a present on the day.")
    diet = "So that we suggest what you can eat."
    ask(session, "diet", "Diet", FieldKind.CHOICE, purpose=diet, options=["Vegan", "Anything"])
    ask(session, "pets", "I have a pet", FieldKind.BOOLEAN, purpose="For offers at the pet store.")
    ask(session, "nick", "Nickname", FieldKind.TEXT, purpose="What the crew calls you.")
    ask(session, "grade", "Grade", FieldKind.TEXT, purpose="For invitations.", editor=Editor.STAFF)


def send(ada: Ada, **typed: Any) -> Part:
    return ada.presses(ada.opens("/account").button("Save about you"), **typed)


def told(ada: Ada) -> dict[str, object]:
    ada.session.rollback()
    return dict(profiles.told(ada.session, ada.member.id))
