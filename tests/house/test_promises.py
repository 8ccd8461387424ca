"""docs/promises.md: each promise has its number and names tests that exist."""

import ast
import re

import pytest

from tests.plumbing import project

PAGE = project.ROOT / "docs" / "promises.md"
ROWS = re.findall(r"^\| (\d+) \| \*\*(.+?)\*\*.*?\| (.+) \|$", PAGE.read_text(encoding="utf-8"), re.M)
LINK = re.compile(r"\[[^\]]+\]\(\.\./(tests/[\w/]+\.py)#(test_\w+)\)")


def test_the_promises_are_numbered_from_one():
    assert [int(number) for number, _, _ in ROWS] == list(range(1, len(ROWS) + 1))


@pytest.mark.parametrize("number, promise, shown_by", ROWS, ids=lambda value: value[:30])
def test_a_promise_names_tests_that_exist(number, promise, shown_by):
    links = LINK.findall(shown_by)
    assert (links != [], LINK.sub("", shown_by).strip(", ")) == (True, "")
    assert [f"{file}#{name}" for file, name in links if name not in named_in(file)] == []


def test_no_link_of_the_page_stands_outside_the_table():
    linked = [link for _, _, shown_by in ROWS for link in LINK.findall(shown_by)]
    assert len(linked) == PAGE.read_text(encoding="utf-8").count("](")


def named_in(name: str) -> set[str]:
    file = project.ROOT / name
    if not file.is_file():
        return set()
    return {node.name for node in ast.walk(project.tree(file)) if isinstance(node, ast.FunctionDef)}
