"""The sentences of the code and templates beside their translations, and what is wrong with a translation."""

import functools
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from tests.plumbing import command, project

FOLDER = project.ROOT / "portal" / "translations"
EXTRACT = ["extract", "-F", "pyproject.toml", "-k", "lazy", "-k", "gettext_html"]
_NAMES = re.compile(r"%\((\w+)\)s|\{(\w+)\}")
_TAGS = re.compile(r"</?\w[^>]*>")
Sentence = str | tuple[str, str]


@functools.cache
def written() -> Catalog:
    """Every sentence there is, as `make words` collects them."""
    with tempfile.TemporaryDirectory() as folder:
        pot = Path(folder) / "messages.pot"
        babel = [sys.executable, "-m", "babel.messages.frontend", "-q"]
        command.run([*babel, *EXTRACT, "-o", str(pot), "."], project.ROOT)
        return _read(pot)


def languages() -> list[str]:
    """The languages that have a catalogue."""
    return sorted(file.parents[1].name for file in FOLDER.glob("*/LC_MESSAGES/messages.po"))


@functools.cache
def translated(language: str) -> Catalog:
    """The catalogue as translators keep it."""
    return _read(file_of(language, "po"))


def file_of(language: str, kind: str) -> Path:
    return FOLDER / language / "LC_MESSAGES" / f"messages.{kind}"


def gaps(sentences: Catalog, catalogue: Catalog) -> list[str]:
    """What is missing, unfinished, astray or left over in a catalogue, a line for each."""
    found = [f"no longer said: {id_!r}" for id_ in [*catalogue.obsolete, *_ids(catalogue) - _ids(sentences)]]
    for id_ in sorted(_ids(sentences), key=str):
        message = catalogue.get(id_ if isinstance(id_, str) else id_[0])
        if message is None:
            found.append(f"missing: {id_!r}")
        else:
            found += [f"{fault}: {id_!r}" for fault in _faults(message, catalogue.num_plurals)]
    return found


def forms(message: Message) -> tuple[str, ...]:
    """The translation in each of its forms; one, where the sentence counts nothing."""
    said = message.string or ""
    return (said,) if isinstance(said, str) else tuple(said)


def _faults(message: Message, plurals: int) -> Iterator[str]:
    said, asked = forms(message), _fullest(message)
    if message.fuzzy:
        yield "not certain"
    if not all(form.strip() for form in said) or len(said) != (1 if isinstance(message.id, str) else plurals):
        yield "not translated"
        return
    # Each form holds the number: "one" is said of 21 in Lithuanian, too.
    for part, look in (("names", _names), ("markup", _markup), ("signs", _signs)):
        if any(look(form) != look(asked) for form in said):
            yield f"other {part}"


def _fullest(message: Message) -> str:
    """The sentence whose names a translation must hold: of several things, where it counts."""
    return message.id if isinstance(message.id, str) else message.id[-1]


def _names(sentence: str) -> list[str]:
    return sorted({name or brace for name, brace in _NAMES.findall(sentence)})


def _markup(sentence: str) -> list[str]:
    return sorted(_TAGS.findall(sentence))


def _signs(sentence: str) -> list[str]:
    return ["%"] * _NAMES.sub("", sentence).count("%")


def _ids(catalogue: Catalog) -> set[Sentence]:
    ids = (message.id for message in catalogue if message.id)
    return {id_ if isinstance(id_, str) else (id_[0], id_[1]) for id_ in ids}


def _read(file: Path) -> Catalog:
    with file.open("rb") as opened:
        return read_po(opened)
