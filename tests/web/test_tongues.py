"""Words in another language than the page are marked; all else is left as it is, and escaped."""

import pytest

from portal.web import tongues
from portal.web.i18n import speaking


@pytest.mark.parametrize(
    "language, attribute", [("en", ' lang="en"'), ("lt", ""), ("", ""), ("pl", ' lang="pl"')]
)
def test_a_tag_says_its_language_where_it_is_another(language, attribute):
    with speaking("lt"):
        assert tongues.lang_of(language) == attribute


def test_words_in_a_sentence_are_marked_and_escaped():
    with speaking("lt"):
        assert tongues.in_tongue("Tea & <cake>", "en") == '<span lang="en">Tea &amp; &lt;cake&gt;</span>'
        assert tongues.in_tongue("<b>", "lt") == "&lt;b&gt;"
        assert tongues.in_tongue("", "en") == ""


def test_the_longest_of_the_clubs_words_are_found_in_a_sentence():
    with speaking("lt"):
        said = tongues.marked("Duoti: Free tea. <any> size.", ["Free", "Free tea", "", "any"], "en")
    assert said == 'Duoti: <span lang="en">Free tea</span>. &lt;<span lang="en">any</span>&gt; size.'


def test_a_sentence_without_them_stays():
    with speaking("lt"):
        assert tongues.marked("Ne mūsų", [], "en") == tongues.marked("Ne mūsų", ["Tea"], "en") == "Ne mūsų"
