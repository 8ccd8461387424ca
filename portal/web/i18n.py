"""The language a person reads: our own glue over gettext, Babel and Jinja."""

import gettext as catalogues
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache, wraps
from pathlib import Path
from typing import Any, ParamSpec

from babel import Locale
from babel.numbers import format_decimal
from flask import Flask
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

# A language is spoken with the customs of one country: English dates and sums are British.
LOCALES = {"en": "en_GB", "lt": "lt_LT"}
DEFAULT = "en"
TRANSLATIONS = Path(__file__).resolve().parent.parent / "translations"

KEPT = 4096
P = ParamSpec("P")

_speaking: ContextVar[str | None] = ContextVar("speaking", default=None)
# Not in `g`: every sentence asks, and a context variable answers ten times as fast.
_chosen: ContextVar[str | None] = ContextVar("chosen", default=None)


class Lazy(str):
    """Written down at import, translated each time it is shown: labels of forms, tables of words."""

    def __str__(self) -> str:
        return gettext(str.__str__(self))

    def __html__(self) -> str:
        return str(escape(str(self)))

    def __mod__(self, values: object) -> str:
        return str(self) % values

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)


def lazy(message: str) -> str:
    """Mark a sentence for the catalogue now and translate it when it is spoken."""
    return Lazy(message)


def lang() -> str:
    """The language spoken now: of the `speaking` block, else of the request, else English."""
    spoken = _speaking.get() or _chosen.get()
    return spoken if spoken in LOCALES else DEFAULT


def locale() -> Locale:
    """The Babel locale of the language spoken now."""
    return _locale(lang())


def languages() -> list[str]:
    """The languages that can be chosen: English, and each that has a catalogue."""
    return [*_with_catalogue(TRANSLATIONS)]


def gettext(message: str, **variables: Any) -> str:
    """The message in the language spoken now, its %(names)s filled in."""
    spoken = _catalogue(lang()).gettext(str.__str__(message)) if message else ""
    return spoken % variables if variables else spoken


def gettext_html(message: str, **variables: Any) -> Markup:
    """A sentence of ours that holds markup; what fills its %(names)s is escaped."""
    return Markup(gettext(message)) % variables  # noqa: S704 - our catalogue's own words, never a person's


def ngettext(singular: str, plural: str, num: int, **variables: Any) -> str:
    """The form that `num` asks for; %(num)s is the number as people write it: 1,250."""
    variables.setdefault("num", _number(num))
    return _catalogue(lang()).ngettext(singular, plural, num) % variables


def choose(language: str | None) -> None:
    """Answer the rest of this request in a language, or in English when we do not speak it."""
    _chosen.set(language)


@contextmanager
def speaking(language: str | None) -> Iterator[None]:
    """Speak a language for a while, whatever the request says: mail to somebody else, a job."""
    before = _speaking.set(language)
    try:
        yield
    finally:
        _speaking.reset(before)


def kept(words: Callable[P, str]) -> Callable[P, str]:
    """Keep what depends on its arguments and the language alone: lists say the same sums and days again.

    Not for sentences of the catalogue; Babel is what is slow.
    """

    @lru_cache(KEPT)
    def said(_language: str, *given: P.args, **named: P.kwargs) -> str:
        return words(*given, **named)

    @wraps(words)
    def say(*given: P.args, **named: P.kwargs) -> str:
        return said(lang(), *given, **named)  # type: ignore[arg-type]

    return say


def install(app: Flask) -> None:
    """Teach the templates `_`, `gettext`, `ngettext`, `{% trans %}` and `lang()`."""
    app.teardown_request(lambda _error: choose(None))
    env = app.jinja_env
    env.add_extension("jinja2.ext.i18n")
    env.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    env.globals.update(ngettext=_ngettext_in_template, lang=lang)


@pass_context
def _ngettext_in_template(context: Context, singular: str, plural: str, num: int, **variables: Any) -> str:
    # Jinja's own new style fills %(num)s with the bare digits; ours writes 1,250.
    spoken = _catalogue(lang()).ngettext(singular, plural, num)
    variables.setdefault("num", _number(num))
    if not context.eval_ctx.autoescape:
        return spoken % variables
    return Markup(spoken) % variables  # noqa: S704 - as Jinja does for gettext: the catalogue is ours


@cache
def _with_catalogue(folder: Path) -> tuple[str, ...]:
    return tuple(one for one in LOCALES if one == DEFAULT or catalogues.find("messages", folder, [one]))


@cache
def _catalogue(language: str) -> catalogues.NullTranslations:
    return catalogues.translation("messages", TRANSLATIONS, [language], fallback=True)


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(LOCALES[language])


@kept
def _number(value: int) -> str:
    return format_decimal(value, locale=locale())
