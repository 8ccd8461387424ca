"""Budgets: what outgrows its limit splits by deed. The exceptions are named, with a reason."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.plumbing import project

# "file" or "file:function" -> why it may be longer. It starts empty and likes to stay so.
EXCEPTIONS: dict[str, str] = {}

MODULE, CORE_MODULE, FUNCTION, VIEW, TEST, CONFTEST = 250, 300, 30, 15, 20, 120
PAGE, FRAGMENT, STYLESHEET, SCRIPT, README, ROOM_README = 120, 50, 200, 60, 200, 50
VERBS = {"route", "get", "post", "put", "patch", "delete"}


def measured_files() -> Iterator[tuple[str, int, int]]:
    """Name, length, limit."""
    for file, limit in files_with_limits():
        yield project.name(file), len(file.read_text(encoding="utf-8").splitlines()), limit


def files_with_limits() -> Iterator[tuple[Path, int]]:
    for file in project.files("portal", "*.py"):
        yield file, CORE_MODULE if "core" in file.parts else MODULE
    for file in project.files("tests", "*.py"):
        yield file, CONFTEST if file.name == "conftest.py" else MODULE
    for file in project.files("templates", "*.*"):
        yield file, FRAGMENT if file.name.startswith("_") else PAGE
    for file in project.files("static", "*.css"):
        yield file, STYLESHEET
    for file in project.files("static", "*.js"):
        yield file, SCRIPT
    for file in project.files("portal", "*.md"):
        yield file, ROOM_README
    yield project.ROOT / "README.md", README


def measured_functions() -> Iterator[tuple[str, int, int]]:
    """Name, length, limit. Migrations are lists of columns, not code, and have no budget."""
    for folder in ("portal", "tests"):
        for file in project.files(folder, "*.py"):
            for node in ast.walk(project.tree(file)):
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                    length = (node.end_lineno or node.lineno) - node.lineno + 1
                    yield f"{project.name(file)}:{node.name}", length, limit_of(node)


def limit_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    if function.name.startswith("test_"):
        return TEST
    for decorator in function.decorator_list:
        call = decorator.func if isinstance(decorator, ast.Call) else decorator
        if isinstance(call, ast.Attribute) and call.attr in VERBS:
            return VIEW
    return FUNCTION


def test_files_keep_their_budgets():
    assert over_budget(measured_files()) == []


def test_functions_keep_their_budgets():
    assert over_budget(measured_functions()) == []


def test_exceptions_are_still_needed():
    long = {name for name, length, limit in [*measured_files(), *measured_functions()] if length > limit}
    assert set(EXCEPTIONS) - long == set()


@pytest.mark.parametrize("folder", ["portal", "tests", "migrations"])
def test_no_module_is_called_utils(folder):
    named = [project.name(file) for file in project.files(folder, "*.py") if "util" in file.stem]
    assert named == []


def over_budget(measured: Iterator[tuple[str, int, int]]) -> list[str]:
    return [
        f"{name}: {length} lines, {limit} allowed"
        for name, length, limit in measured
        if length > limit and name not in EXCEPTIONS
    ]
