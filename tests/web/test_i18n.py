"""Sentences find their language, in a request and outside one."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from flask import Flask, render_template_string
from markupsafe import Markup

from portal.web import i18n


def test_outside_a_request_we_speak_british_english():
    assert (i18n.lang(), str(i18n.locale()), i18n.gettext("Claim")) == ("en", "en_GB", "Claim")


def test_names_in_a_sentence_are_filled_in():
    assert i18n.gettext("Signed in as %(name)s", name="Ona") == "Signed in as Ona"


def test_a_sentence_without_names_may_hold_a_per_cent_sign():
    assert i18n.gettext("20% off") == "20% off"


def test_a_sentence_may_hold_markup_and_escapes_what_fills_it():
    words = i18n.gettext_html("Expires <b>%(day)s</b>", day="<i>")
    assert (type(words), str(words)) == (Markup, "Expires <b>&lt;i&gt;</b>")


def test_nothing_to_say_is_nothing_said(lithuanian):
    with i18n.speaking("lt"):
        assert i18n.gettext("") == ""


@pytest.mark.parametrize("num, words", [(0, "0 codes"), (1, "1 code"), (1250, "1,250 codes")])
def test_a_number_chooses_its_form_and_is_written_as_people_do(num, words):
    assert i18n.ngettext("%(num)s code", "%(num)s codes", num) == words


def test_a_request_speaks_the_language_chosen_for_it(app, lithuanian):
    with app.test_request_context():
        i18n.choose("lt")
        assert (i18n.lang(), i18n.gettext("Claim")) == ("lt", "Pasiimti")
    with app.test_request_context():
        assert i18n.gettext("Claim") == "Claim"


def test_an_unknown_or_missing_language_is_english(app):
    with app.test_request_context():
        i18n.choose("xx")
        assert i18n.lang() == "en"
        i18n.choose(None)
        assert i18n.lang() == "en"


def test_mail_to_somebody_else_is_in_their_language(app, lithuanian):
    with app.test_request_context():
        with i18n.speaking("lt"):
            assert i18n.gettext("Claim") == "Pasiimti"
        assert i18n.gettext("Claim") == "Claim"


def test_lithuanian_has_three_forms(lithuanian):
    with i18n.speaking("lt"):
        forms = [i18n.ngettext("%(num)s code", "%(num)s codes", n) for n in (1, 3, 10)]
    assert forms == ["1 kodas", "3 kodai", "10 kodų"]


def test_a_lazy_sentence_is_translated_when_it_is_shown(app, lithuanian):
    label = i18n.lazy("Claim")
    with i18n.speaking("lt"):
        assert (f"{label}", str(label), render(app, "{{ it }}", it=label)) == ("Pasiimti",) * 3
    assert str(label) == "Claim"


def test_a_lazy_sentence_takes_its_names_late():
    assert i18n.lazy("At most %(max)d") % {"max": 80} == "At most 80"


def test_a_lazy_sentence_is_escaped_in_a_page(app):
    assert render(app, "{{ it }}", it=i18n.lazy("Fish & chips")) == "Fish &amp; chips"


def test_templates_speak_and_escape_what_they_are_given(app):
    page = '<html lang="{{ lang() }}">{{ _("Signed in as %(name)s", name=who) }}'
    assert render(app, page, who="<Ona>") == '<html lang="en">Signed in as &lt;Ona&gt;'


def test_templates_count_as_people_write(app):
    page = '{{ ngettext("%(num)s code at %(where)s", "%(num)s codes at %(where)s", n, where="A&B") }}'
    assert render(app, page, n=1250) == "1,250 codes at A&amp;B"


def test_trans_blocks_speak_too(app, lithuanian):
    many = "{% trans n=3 %}{{ n }} code{% pluralize n %}{{ n }} codes{% endtrans %}"
    with i18n.speaking("lt"):
        assert render(app, "{% trans %}Claim{% endtrans %}, " + many) == "Pasiimti, 3 codes"


def render(app: Flask, source: str, **values: object) -> str:
    with app.test_request_context():
        return render_template_string(source, **values)


@pytest.fixture
def app() -> Flask:
    app = Flask(__name__)
    i18n.install(app)
    return app


@pytest.fixture
def lithuanian(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    catalogue = Catalog(locale="lt")
    catalogue.add("Claim", "Pasiimti")
    catalogue.add(("%(num)s code", "%(num)s codes"), ("%(num)s kodas", "%(num)s kodai", "%(num)s kodų"))
    folder = tmp_path / "lt" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "messages.mo").open("wb") as file:
        write_mo(file, catalogue)
    monkeypatch.setattr(i18n, "TRANSLATIONS", tmp_path)
    i18n._catalogue.cache_clear()
    yield
    i18n._catalogue.cache_clear()
