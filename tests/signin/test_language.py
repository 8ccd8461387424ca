"""Before anybody signs in, the pages speak what was chosen in the browser, or what the browser asks for."""

import pytest

from tests.members import page
from tests.members.page import Part
from tests.plumbing.visitor import Visitor


@pytest.mark.parametrize(
    "asked, spoken",
    [
        ("", "en"),
        ("lt", "lt"),
        ("lt-LT,lt;q=0.9,en-US;q=0.8", "lt"),
        ("en-US,en;q=0.9,lt;q=0.8", "en"),
        ("de-DE,de;q=0.9,lt;q=0.2", "lt"),
        ("de", "en"),
        ("*", "en"),
        (";;;q=x", "en"),
    ],
)
def test_the_browser_says_what_it_would_like(visitor: Visitor, asked: str, spoken: str) -> None:
    assert language_of(page.read(visitor.get("/sign-in", Accept_Language=asked).text)) == spoken


def test_a_choice_is_one_button_and_leads_back(visitor: Visitor) -> None:
    form = switch(page.read(visitor.get("/sign-in?next=/wallet").text))
    assert form.one("button").attributes["lang"] == "lt"
    answer = visitor.post("/language", {**form.fields(), "language": "lt"})
    assert (answer.status_code, answer.location) == (303, "/sign-in?next=%2Fwallet")
    there = page.read(visitor.get(answer.location).text)
    assert (language_of(there), there.headings()[0]) == ("lt", "Prisijungti")
    assert switch(there).one("button").text == "English"


def test_the_choice_counts_for_more_than_the_browser(visitor: Visitor) -> None:
    visitor.post("/language", {"language": "en"})
    assert language_of(page.read(visitor.get("/sign-in", Accept_Language="lt").text)) == "en"


def test_the_cookie_says_nothing_but_the_language(visitor: Visitor) -> None:
    cookie = visitor.post("/language", {"language": "lt"}).headers["Set-Cookie"]
    assert cookie.startswith("lang=lt; ")
    assert {"HttpOnly", "Path=/", "SameSite=Lax", "Max-Age=31536000"} <= set(cookie.split("; "))


@pytest.mark.parametrize("language", ["", "xx", "en_GB", "../lt"])
def test_what_is_not_spoken_cannot_be_chosen(visitor: Visitor, language: str) -> None:
    answer = visitor.post("/language", {"language": language})
    assert (answer.status_code, visitor.cookie("lang")) == (400, None)


@pytest.mark.parametrize("next_", ["https://example.com/", "//example.com", "/nowhere", "", "/sign-out"])
def test_the_way_back_leads_to_a_page_of_ours(visitor: Visitor, next_: str) -> None:
    answer = visitor.post("/language", {"language": "lt", "next": next_})
    assert (answer.status_code, answer.location) == (303, "/")


def test_looking_chooses_nothing(visitor: Visitor) -> None:
    assert visitor.get("/language?language=lt").status_code == 405
    assert visitor.cookie("lang") is None


def test_caches_are_told_what_the_page_depends_on(visitor: Visitor) -> None:
    assert {"Accept-Language", "Cookie"} <= set(visitor.get("/sign-in").vary)
    assert "Accept-Language" not in visitor.get("/favicon.svg").vary


def test_a_page_that_failed_speaks_it_too(visitor: Visitor) -> None:
    there = page.read(visitor.get("/nowhere", Accept_Language="lt").text)
    assert (language_of(there), there.headings()[0]) == ("lt", "Tokio puslapio nerandame")


def language_of(there: Part) -> str:
    return there.one("html").attributes["lang"]


def switch(there: Part) -> Part:
    return there.one("form", class_="languages")
