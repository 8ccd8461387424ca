"""Templates read without rendering: their HTML with the Jinja taken out, and their syntax trees."""

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

from jinja2 import Environment, nodes

from tests.plumbing.project import ROOT

FOLDER = ROOT / "templates"
_ENVIRONMENT = Environment(extensions=["jinja2.ext.i18n", "jinja2.ext.do", "jinja2.ext.loopcontrols"])  # noqa: S701


@dataclass(frozen=True)
class Element:
    """An opening tag; two values that hold the same expression are equal."""

    line: int
    tag: str
    attributes: dict[str, str]


@dataclass(frozen=True)
class Text:
    """What stands between tags."""

    line: int
    words: str


def names() -> list[str]:
    """Every template, as Jinja names it."""
    return sorted(file.relative_to(FOLDER).as_posix() for file in FOLDER.rglob("*") if file.is_file())


def source(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


@functools.cache
def tree(name: str) -> nodes.Template:
    return _ENVIRONMENT.parse(source(name), name)


def elements(name: str) -> list[Element]:
    return [part for part in read(source(name)) if isinstance(part, Element)]


def texts(name: str) -> list[Text]:
    return [part for part in read(source(name)) if isinstance(part, Text)]


@functools.cache
def read(text: str) -> list[Element | Text]:
    """The tags and texts of a template's source, in their order."""
    reader = _Reader()
    reader.feed("".join(_without_jinja(text)))
    reader.close()
    return reader.parts


def _without_jinja(text: str) -> Iterator[str]:
    """The HTML alone: an expression becomes a token without letters, a statement and a sentence nothing."""
    seen: dict[str, int] = {}
    inside: list[str] = []
    sentence = False
    for _, kind, value in _ENVIRONMENT.lex(text):
        if kind == "data":
            yield _blank(value) if sentence else value
        elif kind in {"variable_begin", "block_begin", "comment_begin"}:
            inside = []
        elif kind == "variable_end":
            yield f"\ue000{seen.setdefault(' '.join(inside), len(seen))}\ue001"
        elif kind == "block_end":
            sentence = inside[:1] == ["trans"] or (sentence and inside[:1] != ["endtrans"])
        elif kind != "whitespace":
            inside.append(value)
        if kind != "data":
            yield _blank(value)


def _blank(text: str) -> str:
    return "\n" * text.count("\n")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.parts: list[Element | Text] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.parts.append(Element(self.getpos()[0], tag, {key: value or "" for key, value in attrs}))

    def handle_data(self, data: str) -> None:
        if data.strip() and self.cdata_elem not in {"script", "style"}:
            self.parts.append(Text(self.getpos()[0], data.strip()))
