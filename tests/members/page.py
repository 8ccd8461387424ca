"""What a person reads on a page: found by heading, label and role, never by where it stands."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Union

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "path", "use", "wbr"}
UNREAD = {"script", "style", "template", "title", "desc"}
HEADINGS = {"h1", "h2", "h3"}


@dataclass
class Part:
    """One element with what is in it."""

    tag: str
    attributes: dict[str, str]
    inside: list[Union["Part", str]] = field(default_factory=list, repr=False)

    @property
    def text(self) -> str:
        """All that can be read in it, in one line."""
        return " ".join("".join(self._pieces()).split())

    def all(self, tag: str = "", **attributes: str) -> list["Part"]:
        """Every element below with that tag and those attributes, in the order of the page."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [part for part in self._below() if tag in ("", part.tag) and part.has(wanted)]

    def one(self, tag: str = "", **attributes: str) -> "Part":
        [only] = self.all(tag, **attributes)
        return only

    def has(self, wanted: dict[str, str]) -> bool:
        own = dict(self.attributes)
        if "class" in wanted and wanted["class"] in own.get("class", "").split():
            own["class"] = wanted["class"]
        return all(own.get(name) == value for name, value in wanted.items())

    def headings(self) -> list[str]:
        return [part.text for part in self._below() if part.tag in HEADINGS]

    def section(self, heading: str) -> "Part":
        """The section or article that this heading names."""
        named = [part for part in self._below() if part.tag in {"section", "article", "details"}]
        [only] = [part for part in named if heading in part.headings()[:1]]
        return only

    def ticket(self, starts: str) -> "Part":
        """The ticket whose heading starts so."""
        [only] = [part for part in self.all("article") if part.headings()[0].startswith(starts)]
        return only

    def link(self, words: str) -> str:
        """Where the link with those words leads."""
        [only] = [part for part in self.all("a") if part.text.startswith(words)]
        return only.attributes["href"]

    def button(self, words: str) -> "Part":
        """The form whose button says so."""
        [only] = [form for form in self.all("form") if form.all("button")[0].text.startswith(words)]
        return only

    def words(self, class_: str) -> str:
        return self.one(class_=class_).text

    def fields(self) -> dict[str, str]:
        """What a form would send."""
        sent = [part.attributes for part in self.all("input") if not part.is_left_out]
        return {attributes["name"]: attributes.get("value", "") for attributes in sent}

    @property
    def is_left_out(self) -> bool:
        """A box that is not ticked, a button of a choice that is not chosen."""
        return self.attributes.get("type") in {"checkbox", "radio"} and "checked" not in self.attributes

    def _below(self) -> Iterator["Part"]:
        for part in self.inside:
            if isinstance(part, Part):
                yield part
                yield from part._below()

    def _pieces(self) -> Iterator[str]:
        if self.tag in UNREAD:
            return
        for part in self.inside:
            if isinstance(part, Part):
                if "paper" in part.attributes.get("class", "").split():
                    continue  # said on paper only
                between = "" if part.tag in {"span", "time"} else " "
                yield between
                yield from part._pieces()
                yield between
            else:
                yield part


def read(html: str) -> Part:
    """The page as a tree."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.whole


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.whole = Part("", {})
        self.open = [self.whole]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        part = Part(tag, {name: value or "" for name, value in attrs})
        self.open[-1].inside.append(part)
        if tag not in VOID:
            self.open.append(part)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].inside.append(Part(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if tag in {part.tag for part in self.open}:
            while self.open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)
