"""Every sentence is said in every language: nothing missing, nothing half done, nothing left over."""

import io

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from portal.web import i18n
from tests.plumbing import words

every_language = pytest.mark.parametrize("language", words.languages())

NAMED, COUNTED = "Signed in by %(name)s", ("%(num)s code", "%(num)s codes")
FINE = "Prisijungė %(name)s"
FORMS = ("%(num)s kodas", "%(num)s kodai", "%(num)s kodų")


def test_each_language_that_can_be_spoken_has_its_catalogue():
    assert words.languages() == sorted(set(i18n.LOCALES) - {i18n.DEFAULT})


@every_language
def test_every_sentence_is_translated(language):
    assert words.gaps(words.written(), words.translated(language)) == [], "see docs/translating.md"


@every_language
def test_what_is_read_is_what_was_translated(language):
    compiled = io.BytesIO()
    write_mo(compiled, words.translated(language))
    kept = words.file_of(language, "mo").read_bytes()
    assert kept == compiled.getvalue(), "the compiled catalogue is older: make words"


def test_a_fine_catalogue_has_no_gaps():
    assert words.gaps(asked(), catalogue()) == []


@pytest.mark.parametrize(
    "id_, said, flags, gap",
    [
        (NAMED, "", [], "not translated"),
        (NAMED, FINE, ["fuzzy"], "not certain"),
        (NAMED, "Prisijungė %(who)s", [], "other names"),
        (NAMED, "Prisijungė %(name)s, 5 %", [], "other signs"),
        (NAMED, "<b>Prisijungė</b> %(name)s", [], "other markup"),
        (COUNTED, (*FORMS[:2], ""), [], "not translated"),
        (COUNTED, ("kodas", *FORMS[1:]), [], "other names"),
        ("Old words", "Seni žodžiai", [], "no longer said"),
    ],
)
def test_a_planted_gap_is_found(id_, said, flags, gap):
    made = catalogue()
    made.delete(id_ if isinstance(id_, str) else id_[0])
    made.add(id_, said, flags=flags)
    assert words.gaps(asked(), made) == [f"{gap}: {id_!r}"]


def test_a_missing_sentence_is_found():
    made = catalogue()
    made.delete(NAMED)
    assert words.gaps(asked(), made) == [f"missing: {NAMED!r}"]


def asked() -> Catalog:
    sentences = Catalog()
    sentences.add(NAMED)
    sentences.add(COUNTED)
    return sentences


def catalogue() -> Catalog:
    made = Catalog(locale="lt")
    made.add(NAMED, FINE)
    made.add(COUNTED, FORMS)
    return made
