"""Every sentence a person reads goes through gettext, and every template holds together."""

import re
from collections.abc import Iterator

import pytest
from jinja2 import nodes

from tests.plumbing import project, templates

READ_ALOUD = {
    "alt",
    "aria-description",
    "aria-label",
    "aria-placeholder",
    "aria-roledescription",
    "aria-valuetext",
    "data-hx-confirm",
    "label",
    "placeholder",
    "title",
}
GETTEXT = {"_", "gettext", "ngettext", "npgettext", "pgettext"}
LOOKS_LIKE_A_SENTENCE = re.compile(r"[A-Z][a-z]")

every_template = pytest.mark.parametrize("name", templates.names())
every_fragment = pytest.mark.parametrize(
    "name", [name for name in templates.names() if name.rpartition("/")[2].startswith("_")]
)


@every_template
def test_text_goes_through_gettext(name):
    bare = [f"{name}:{text.line} {text.words!r}" for text in templates.texts(name) if has_letters(text.words)]
    assert bare == []


@every_template
def test_attributes_that_people_meet_go_through_gettext(name):
    bare = [
        f"{name}:{element.line} {attribute}={value!r}"
        for element in templates.elements(name)
        for attribute, value in element.attributes.items()
        if has_letters(value) and is_read(element, attribute)
    ]
    assert bare == []


@every_template
def test_expressions_hold_no_bare_sentence(name):
    bare = [f"{name}:{const.lineno} {const.value!r}" for const in bare_constants(templates.tree(name))]
    assert bare == []


def test_every_template_compiles(app):
    for name in templates.names():
        app.jinja_env.get_template(name)


@every_template
def test_what_it_names_exists(name):
    asked = templates.tree(name).find_all((nodes.Extends, nodes.FromImport, nodes.Import, nodes.Include))
    named = {const.value for node in asked for const in node.find_all(nodes.Const) if is_a_name(const)}
    assert named - set(templates.names()) == set()


@every_template
def test_imported_macros_are_used(name):
    tree = templates.tree(name)
    imported = {alias for node in tree.find_all(nodes.FromImport) for alias in map(alias_of, node.names)}
    imported |= {node.target for node in tree.find_all(nodes.Import)}
    used = {node.name for node in tree.find_all(nodes.Name) if node.ctx == "load"}
    assert imported - used == set()


@every_fragment
def test_a_fragment_says_first_what_it_needs(name):
    assert re.match(r"\{# needs: .+ #\}\n", templates.source(name)) is not None


def test_views_answer_with_templates_that_exist():
    named = {
        const
        for file in project.files("portal", "*.py")
        for const in project.strings(file)
        if re.fullmatch(r"[\w/-]+\.(html|txt)", const)
    }
    assert named - set(templates.names()) == set()


def has_letters(words: str) -> bool:
    return any(letter.isalpha() for letter in words)


def is_read(element: templates.Element, attribute: str) -> bool:
    if element.tag == "meta":
        return attribute == "content" and element.attributes.get("name") == "description"
    if element.tag == "input" and attribute == "value":
        return element.attributes.get("type") in {"button", "reset", "submit"}
    return attribute in READ_ALOUD


def bare_constants(node: nodes.Node) -> Iterator[nodes.Const]:
    """What looks like a sentence and is not asked of gettext; lower case names things to the machine."""
    for child in node.iter_child_nodes():
        if isinstance(child, nodes.Const):
            if isinstance(child.value, str) and LOOKS_LIKE_A_SENTENCE.search(child.value):
                yield child
        elif not asks_gettext(child):
            yield from bare_constants(child)


def asks_gettext(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and node.node.name in GETTEXT


def is_a_name(const: nodes.Const) -> bool:
    return isinstance(const.value, str) and const.value.endswith((".html", ".txt"))


def alias_of(name: str | tuple[str, str]) -> str:
    return name if isinstance(name, str) else name[1]
