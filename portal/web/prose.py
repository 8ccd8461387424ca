"""A club's longer text, in the part of Markdown that is safe and useful: no HTML, no pictures, no styles."""

from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

# Paragraphs, lists, a heading, emphasis and links to elsewhere; all else stays as it was typed.
_RULES = [
    "paragraph",
    "list",
    "heading",
    "newline",
    "escape",
    "emphasis",
    "link",
    "balance_pairs",
    "fragments_join",
]
_TAGS = frozenset({"p", "ul", "ol", "li", "h3", "em", "strong", "a", "br", ""})
_LINKS = ("https://", "mailto:")
_reader = MarkdownIt("zero", {"html": False, "linkify": False, "typographer": False}).enable(_RULES)


@lru_cache(maxsize=256)
def html(text: str) -> Markup:
    """The text as HTML. Every tag is one of the allowed few; what is not text is escaped."""
    tokens = _reader.parse(text)
    for token in tokens:
        _tame(token)
    return Markup(_reader.renderer.render(tokens, _reader.options, {}).strip())  # noqa: S704


def _tame(token: Token) -> None:
    if token.tag.startswith("h") and token.tag != "hr":
        token.tag = "h3"
    if token.tag not in _TAGS:
        raise ValueError(f"{token.tag} is not allowed")
    href = str(token.attrs.get("href", ""))
    token.attrs = {"href": href, "rel": "noopener noreferrer"} if href.startswith(_LINKS) else {}
    for child in token.children or ():
        _tame(child)
