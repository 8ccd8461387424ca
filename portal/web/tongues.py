"""Words that are not in the reader's language say in which they are, for those who hear the page."""

import re
from collections.abc import Iterable

from flask import Flask
from markupsafe import Markup, escape

from portal.web.i18n import lang

_SPAN = Markup('<span lang="%s">%s</span>')


def install(app: Flask) -> None:
    """Give the templates `lang_of(language)` for a tag of theirs, and `in_tongue` for words in a sentence."""
    app.add_template_global(lang_of, "lang_of")
    app.add_template_global(in_tongue, "in_tongue")
    app.add_template_global(marked, "marked")


def lang_of(language: str) -> Markup:
    """The attribute of a tag that holds these words; nothing where the page speaks their language."""
    return Markup(' lang="%s"') % language if _is_foreign(language) else Markup("")


def in_tongue(words: str, language: str) -> Markup:
    """The words for a sentence of ours, marked where they are in another language."""
    return _SPAN % (language, words) if words and _is_foreign(language) else escape(words)


def marked(sentence: str, words: Iterable[str], language: str) -> Markup:
    """A sentence that is made already, with those of the words marked that stand in it."""
    known = sorted({one for one in words if one}, key=len, reverse=True)
    if not known or not _is_foreign(language):
        return escape(sentence)
    parts = re.split(f"({'|'.join(map(re.escape, known))})", sentence)
    return Markup("").join(in_tongue(part, language) if part in known else escape(part) for part in parts)


def _is_foreign(language: str) -> bool:
    return bool(language) and language != lang()
