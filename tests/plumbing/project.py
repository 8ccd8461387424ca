"""The project's own files, for the rules that hold for all of them."""

import ast
import functools
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def files(folder: str, pattern: str) -> list[Path]:
    """Files of ours below a top-level folder; what is vendored is somebody else's."""
    found = sorted((ROOT / folder).rglob(pattern))
    return [file for file in found if file.is_file() and "vendor" not in file.relative_to(ROOT).parts]


def name(file: Path) -> str:
    """How a finding names the file."""
    return file.relative_to(ROOT).as_posix()


def tracked() -> list[str]:
    """Everything that is, or is about to be, under version control."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [line for line in listed.splitlines() if (ROOT / line).is_file()]


@functools.cache
def tree(file: Path) -> ast.Module:
    """The syntax tree of a Python file."""
    return ast.parse(file.read_text(encoding="utf-8"), filename=str(file))


def imports(file: Path) -> Iterator[tuple[int, str]]:
    """Each module that the file imports, with the line."""
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.lineno, node.module


def calls(file: Path) -> Iterator[tuple[int, str]]:
    """Each call in the file, as written up to its bracket, with the line."""
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Call):
            yield node.lineno, ast.unparse(node.func)


def strings(file: Path) -> Iterator[str]:
    """Each string constant in the file."""
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
