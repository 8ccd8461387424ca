"""The Nu HTML checker finds nothing in any page, in any state, and nothing in what htmx swaps in."""

from pathlib import Path

from tests.browser.gallery import Answer
from tests.plumbing import nu

# It shows side by side what no page has together: two purses, and a verdict below other headings.
PATTERNS = "guest: patterns"


def test_every_answer_is_valid_html(answers: list[Answer], tmp_path: Path) -> None:
    for number, answer in enumerate(answers):
        name = "".join(letter if letter.isalnum() else "-" for letter in answer.name)
        if answer.name != PATTERNS:
            Path(tmp_path, f"{number:03}-{name}.html").write_text(answer.page, encoding="utf-8")
    assert nu.faults(tmp_path) == []
