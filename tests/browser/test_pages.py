"""The list of pages is whole: each way to look at something is in it, and no name stands for two."""

from collections import Counter

from flask import Flask

from tests.browser.cast import Cast
from tests.browser.gallery import Answer
from tests.browser.pages import NOT_PAGES


def test_every_address_to_look_at_is_in_the_list(cast: Cast, answers: list[Answer]) -> None:
    seen = {answer.route for answer in answers if answer.entry.sent is None}
    assert ways_to_look(cast.app) - seen - NOT_PAGES == set()


def test_names_are_told_apart(answers: list[Answer]) -> None:
    assert [name for name, times in Counter(answer.name for answer in answers).items() if times > 1] == []


def test_pages_are_what_their_names_say(answers: list[Answer]) -> None:
    """A page that became an error, or an error that became a page, is no longer the state that was meant."""
    said = {answer.name: answer.status for answer in answers}
    assert said == {answer.name: answer.entry.status for answer in answers}


def ways_to_look(app: Flask) -> set[str]:
    return {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
