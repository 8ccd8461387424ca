"""The profile: the club declares what it asks and why; members tell what they like."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from portal.core.club import profiles
from portal.core.club.profiles import Editor, FieldKind
from tests import build
from tests.members.ada import Ada
from tests.members.page import Part

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


def test_a_declaration_has_to_make_sense(session: Session) -> None:
    with pytest.raises(ValueError, match="is no key"):
        profiles.declare(session, "Shoe size", "Shoe size", FieldKind.TEXT, purpose="")
    with pytest.raises(ValueError, match="a choice has options"):
        profiles.declare(session, "shoe", "Shoe size", FieldKind.CHOICE, purpose="")


def declare(session: Session) -> None:
    ask = profiles.declare
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
