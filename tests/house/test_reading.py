"""The house rules see what they are meant to see: each fault is planted once and found."""

from jinja2 import Environment

from tests.house import test_bare_strings as strings
from tests.house import test_htmx as htmx
from tests.plumbing import templates


def test_bare_text_is_seen_between_jinja():
    assert words("{% if x %}<p>{{ _('One') }} bare</p>{% endif %}") == ["\ue0000\ue001 bare"]


def test_text_inside_trans_is_no_bare_text():
    assert words("{% trans n=2 %}One code{% pluralize %}{{ n }} codes{% endtrans %}<b>after</b>") == [
        "\ue0000\ue001",
        "after",
    ]


def test_scripts_entities_and_comments_are_no_text():
    assert words("{# needs: x #}<script>let a</script>&nbsp;<!-- why -->&middot;") == []


def test_an_attribute_keeps_its_quotes_and_its_line():
    [element] = templates.read('\n<a title="{{ _("Read {}") }}" href=\'{{ url_for("x", a="b") }}\'>')
    assert element == templates.Element(2, "a", {"title": "\ue0000\ue001", "href": "\ue0001\ue001"})


def test_equal_expressions_are_equal_addresses():
    source = (
        """<form method="post" action="{{ url_for('x', a = 1) }}" data-hx-post="{{ url_for('x', a=1) }}">"""
    )
    form = element(source)
    assert htmx.works_alone(form) is True


def test_another_address_does_not_work_alone():
    form = element("""<form method="post" action="{{ a }}" data-hx-post="{{ b }}">""")
    assert htmx.works_alone(form) is False


def test_a_button_does_not_post_alone():
    button = element("""<button data-hx-post="/x">""")
    assert htmx.works_alone(button) is False


def test_code_in_attributes_is_seen():
    faults = [
        ("onclick", "x()"),
        ("data-hx-on:click", "x()"),
        ("data-hx-trigger", "click[x]"),
        ("href", "javascript:x"),
    ]
    assert [htmx.runs_code(key, value) for key, value in faults] == [True, True, True, True]


def test_a_sentence_in_an_expression_is_seen():
    tree = Environment(autoescape=True).parse("{{ button('Claim', cls='wide') }}{{ 'Now' }}{{ _('Later') }}")
    assert [const.value for const in strings.bare_constants(tree)] == ["Claim", "Now"]


def words(source: str) -> list[str]:
    return [part.words for part in templates.read(source) if isinstance(part, templates.Text)]


def element(source: str) -> templates.Element:
    [only] = [part for part in templates.read(source) if isinstance(part, templates.Element)]
    return only
