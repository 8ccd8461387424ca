"""Every page and state in Lithuanian: no English is left, and the longer words have their room."""

from collections.abc import Iterator

import pytest
from flask import render_template
from playwright.sync_api import Browser

from portal.web import i18n
from tests.browser import cast as casts
from tests.browser import english, frame, gallery
from tests.browser.cast import Cast
from tests.browser.gallery import Answer
from tests.browser.test_axe import look
from tests.browser.test_room import lost

# It is for those who build the portal; its samples are English.
PATTERNS = "guest: patterns"


def test_no_english_is_left(town: Cast, pages: list[Answer]) -> None:
    reader = english.reader(town.session, "lt")
    left = {answer.name: reader.english_in(answer.body) for answer in pages}
    assert {name: found for name, found in left.items() if found} == {}


@pytest.mark.parametrize("letter", ["claim_made", "join", "known", "reminder", "sign_in"])
def test_no_english_is_left_in_the_mails(town: Cast, letter: str) -> None:
    said = dict.fromkeys(["name", "digits", "link", "title", "unsubscribe"], "…") | {"ends": "Galioja ilgai"}
    with town.app.test_request_context(), i18n.speaking("lt"):
        html, text = (render_template(f"mail/{letter}.{kind}", **said) for kind in ("html", "txt"))
    reader = english.reader(town.session, "lt")
    lines = "".join(f"<p>{line}</p>" for line in text.splitlines())
    assert (reader.english_in(html), reader.english_in(lines)) == ([], [])


def test_every_page_says_its_language(pages: list[Answer]) -> None:
    said = {answer.name for answer in frame.whole_pages(pages) if '<html lang="lt"' not in answer.body}
    assert said == set()


def test_longer_words_have_their_room(browser: Browser, town: Cast, pages: list[Answer]) -> None:
    assert lost(browser, town, pages, [frame.SMALL, frame.PHONE, frame.DESK]) == []


def test_axe_finds_nothing_in_lithuanian_either(browser: Browser, town: Cast, pages: list[Answer]) -> None:
    with frame.opened(browser, town, reduced_motion="reduce") as window:
        faults = [fault for answer in frame.whole_pages(pages) for fault in look(window, answer)]
    assert faults == []


def test_english_that_is_left_would_be_found(town: Cast) -> None:
    reader = english.reader(town.session, "lt")
    planted = '<p>Piniginė</p><p>Wallet</p><p aria-label="Your codes">3 kodai</p><b>Show me the way</b>'
    assert reader.english_in(planted) == ["Wallet", "Your codes", "Show me the way"]


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cast]:
    with casts.gathered(tmp_path_factory.mktemp("lithuanian"), language="lt") as cast:
        yield cast


@pytest.fixture(scope="module")
def pages(town: Cast) -> list[Answer]:
    return [answer for answer in gallery.collect(town) if answer.name != PATTERNS]
