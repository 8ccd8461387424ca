"""docs/capabilities.md: 120 rows, each shown by tests that exist, refused, or not there yet; and counted."""

import re

import pytest

from tests.house import test_promises
from tests.plumbing import project

PAGE = (project.ROOT / "docs" / "capabilities.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| (\d+) \| (.+?) \| (.+) \|$", PAGE, re.M)
_STATED = re.compile(r"^Built: (\d+) of 120\. Refused, for a reason: (\d+)\. Not yet: (\d+)\.", re.M)
_REASON = re.compile(r"(Refused|Not yet): \S.+\.")


def test_every_number_is_there_once_and_in_order():
    assert [int(number) for number, _, _ in ROWS] == list(range(1, 121))


@pytest.mark.parametrize("number, capability, answer", ROWS, ids=lambda value: value[:30])
def test_a_row_names_tests_that_exist_or_says_why_not(number, capability, answer):
    links = test_promises.LINK.findall(answer)
    assert [f"{file}#{name}" for file, name in links if name not in test_promises.named_in(file)] == []
    assert is_built(answer) or _REASON.fullmatch(answer)


def test_the_page_states_what_it_counts():
    answers = [answer for _, _, answer in ROWS]
    counted = [sum(answer.startswith(word) for answer in answers) for word in ("Refused: ", "Not yet: ")]
    stated = _STATED.findall("\n".join(PAGE.splitlines()[:5]))
    assert stated == [tuple(str(count) for count in (sum(map(is_built, answers)), *counted))]


def test_no_link_of_the_page_stands_outside_the_table():
    linked = [link for _, _, answer in ROWS for link in test_promises.LINK.findall(answer)]
    assert len(linked) == PAGE.count("](")


def is_built(answer: str) -> bool:
    """Nothing but links: whoever has to explain has not built it."""
    return "](" in answer and test_promises.LINK.sub("", answer).strip(", ") == ""
