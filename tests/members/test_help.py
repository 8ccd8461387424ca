"""Help: five topics, each short enough to read at a counter, each with a way on."""

import pytest

from portal.members import help as pages
from portal.members.help import TOPICS
from tests.members.ada import Ada

MOST_WORDS = 80


def test_there_are_five_topics(ada: Ada) -> None:
    topics = ada.opens("/help").one("nav", aria_label="Help topics")
    assert len(topics.all("a")) == len(TOPICS) == 5


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.slug)
def test_an_answer_is_short_and_leads_on(ada: Ada, topic: pages.Topic) -> None:
    page = ada.opens(f"/help/{topic.slug}")
    answer = page.one("article")
    assert len(" ".join(part.text for part in answer.all("p")[:-1]).split()) <= MOST_WORDS
    assert page.headings() == [topic.title, "More help"]
    assert ada.opens(answer.all("a")[0].attributes["href"]).headings() != []
    assert ada.status == 200


def test_a_topic_that_is_not_there_is_a_404(ada: Ada) -> None:
    ada.opens("/help/nonsense")
    assert ada.status == 404


def test_every_page_leads_to_it(ada: Ada) -> None:
    assert ada.opens("/offers").one("a", class_="help").attributes["href"] == "/help"
