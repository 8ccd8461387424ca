"""The Nu HTML checker finds nothing in any page, in any state, and nothing in what htmx swaps in."""

from pathlib import Path
from tempfile import TemporaryDirectory

from tests.browser.gallery import Answer
from tests.plumbing import nu

# It shows side by side what no page has together: two purses, and a verdict below other headings.
PATTERNS = "guest: patterns"


def test_every_answer_is_valid_html(answers: list[Answer]) -> None:
    # The pages show their owners' codes: they are gone before anybody looks for codes in what tests leave.
    with TemporaryDirectory() as folder:
        for number, answer in enumerate(answers):
            name = "".join(letter if letter.isalnum() else "-" for letter in answer.name)
            if answer.name != PATTERNS:
                Path(folder, f"{number:03}-{name}.html").write_text(answer.page, encoding="utf-8")
        assert nu.faults(Path(folder)) == []
