"""The account: name, language, theme and reminders are kept; the way out is there."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from portal.core.club import preferences
from portal.core.club.consents import ConsentGiven
from portal.core.club.preferences import Preferences, Theme
from portal.web import i18n
from tests.members.ada import Ada
from tests.members.page import Part
from tests.plumbing.clock import NOON


def test_it_leads_everywhere(ada: Ada) -> None:
    pages = ada.opens("/account").one("nav", aria_label="Your pages")
    assert [link.text for link in pages.all("a")][:3] == ["Member card", "Points", "Tiers"]
    assert pages.link("Where you are signed in") == "/account/sign-ins"
    assert pages.link("Help") == "/help"


def test_what_is_chosen_is_kept(ada: Ada) -> None:
    page = ada.presses(settings(ada), name="  Ada Byron ", theme="dark")
    assert (ada.status, page.words("one")) == (200, "Saved.")
    assert kept(ada) == Preferences("Ada Byron", "en", Theme.DARK, reminders=True)
    assert page.one("html").attributes["data-theme"] == "dark"
    assert page.one("input", id="name").attributes["value"] == "Ada Byron"


def test_the_theme_goes_with_the_member_and_not_with_the_device(ada: Ada) -> None:
    ada.client.set_cookie("theme", "dark")
    assert ada.opens("/account").one("html").attributes["data-theme"] == ""


def test_pages_outside_look_as_the_last_member_chose(ada: Ada) -> None:
    ada.presses(settings(ada), theme="light")
    assert ada.opens("/no-such-page").one("html").attributes["data-theme"] == "light"
    ada.presses(settings(ada), theme="system")
    assert ada.opens("/no-such-page").one("html").attributes["data-theme"] == ""


def test_reminders_can_be_switched_off(ada: Ada) -> None:
    form = settings(ada)
    assert "checked" in form.one("input", id="reminders").attributes
    ada.presses(form, reminders=None)
    assert kept(ada).reminders is False
    assert "checked" not in settings(ada).one("input", id="reminders").attributes


def test_being_written_to_can_be_changed_and_every_answer_stays(ada: Ada) -> None:
    form = settings(ada)
    assert "checked" not in form.one("input", id="marketing").attributes
    ada.presses(form)
    assert answers(ada) == []
    ada.presses(form, marketing="y")
    ada.clock.forward(days=2)
    form = settings(ada)
    assert "checked" in form.one("input", id="marketing").attributes
    assert form.one(id="marketing-hint").text == "You said yes on 10 June."
    ada.presses(form)
    page = ada.presses(form, marketing=None)
    assert page.one(id="marketing-hint").text == "You said no on 12 June."
    assert answers(ada) == [(True, "account", NOON), (False, "account", NOON + timedelta(days=2))]


def test_nothing_is_answered_while_something_is_wrong(ada: Ada) -> None:
    page = ada.presses(settings(ada), name="", marketing="y")
    assert "checked" in page.one("input", id="marketing").attributes
    assert answers(ada) == []


@pytest.mark.parametrize(
    "changed, field, words",
    [
        ({"name": "   "}, "name", "Enter your name"),
        ({"name": "x" * 81}, "name", "Enter a name of 1 to 80 letters"),
        ({"theme": "pink"}, "theme", "Choose system, light or dark"),
        ({"language": "xx"}, "language", "Choose one of the languages"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(ada: Ada, changed, field: str, words: str) -> None:
    before = kept(ada)
    page = ada.presses(settings(ada), **changed)
    assert ada.status == 422
    assert [(link.attributes["href"], link.text) for link in page.one(id="problems").all("a")] == [
        (f"#{field}", words)
    ]
    assert kept(ada) == before


def test_a_problem_is_named_in_the_title_and_beside_its_field(ada: Ada) -> None:
    page = ada.presses(settings(ada), name="")
    assert "<title>Problem: Account, My club</title>" in ada.answer.text
    assert page.one(id="name-error").text == "Error: Enter your name"
    assert page.one("input", id="name").attributes["aria-invalid"] == "true"


def test_one_language_is_no_choice(ada: Ada, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(i18n, "TRANSLATIONS", tmp_path)
    assert settings(ada).one("input", name="language").attributes["type"] == "hidden"


def test_a_second_language_can_be_chosen(ada: Ada) -> None:
    form = settings(ada)
    assert [choice.text for choice in form.all("label") if "language" in choice.attributes["for"]] == [
        "English",
        "Lietuvių",
    ]
    page = ada.presses(form, language="lt", theme="system")
    assert (page.one("html").attributes["lang"], kept(ada).language) == ("lt", "lt")
    assert page.headings()[0] == "Paskyra"
    assert "lang=lt" in ada.answer.history[0].headers.getlist("Set-Cookie")[1]


def test_one_signs_out_here(ada: Ada) -> None:
    ada.presses(ada.opens("/account").button("Sign out"))
    ada.opens("/account")
    assert ada.answer.request.path == "/sign-in"


def test_it_asks_six_questions(ada: Ada) -> None:
    ada.opens("/account")
    with ada.counting() as sent:
        ada.opens("/account")
    assert len(sent) == 6


def settings(ada: Ada) -> Part:
    return ada.opens("/account").one("form", id="settings-form")


def answers(ada: Ada) -> list[tuple[bool, str, datetime]]:
    """What she said about being written to, in order."""
    ada.session.rollback()
    rows = ada.session.query(ConsentGiven).filter_by(member_id=ada.member.id, kind="marketing")
    return [(row.given, row.source, row.happened_at) for row in rows.order_by(ConsentGiven.id)]


def kept(ada: Ada) -> Preferences:
    ada.session.rollback()
    return preferences.of_member(ada.session, ada.member.id)
