"""htmx repeats what a form or a link does alone, and runs no code from the page."""

import re

import pytest

from tests.plumbing import templates

every_template = pytest.mark.parametrize("name", templates.names())


@every_template
def test_htmx_attributes_are_data_attributes(name):
    plain = [
        element
        for element in templates.elements(name)
        if any(key.startswith("hx-") for key in element.attributes)
    ]
    assert plain == []


@every_template
def test_no_code_in_attributes(name):
    found = [
        f"{name}:{element.line} {key}={value!r}"
        for element in templates.elements(name)
        for key, value in element.attributes.items()
        if runs_code(key, value)
    ]
    assert found == []


@every_template
def test_extensions_of_htmx_2_are_not_asked_for(name):
    gone = {
        "data-hx-disabled-elt",
        "data-hx-ext",
        "data-hx-history",
        "data-hx-params",
        "data-hx-prompt",
        "data-hx-vars",
    }
    found = [
        f"{name}:{element.line}" for element in templates.elements(name) if gone & set(element.attributes)
    ]
    assert found == []


@every_template
def test_a_post_is_a_form_that_works_alone(name):
    alone = [
        f"{name}:{element.line}"
        for element in templates.elements(name)
        if "data-hx-post" in element.attributes and not works_alone(element)
    ]
    assert alone == []


@every_template
def test_a_get_repeats_its_link_or_form(name):
    differs = [
        f"{name}:{element.line}"
        for element in templates.elements(name)
        if "data-hx-get" in element.attributes and address(element) != element.attributes["data-hx-get"]
    ]
    assert differs == []


@every_template
def test_verbs_that_plain_html_lacks_are_not_used(name):
    verbs = {"data-hx-delete", "data-hx-patch", "data-hx-put"}
    found = [
        f"{name}:{element.line}" for element in templates.elements(name) if verbs & set(element.attributes)
    ]
    assert found == []


def runs_code(key: str, value: str) -> bool:
    """Event handlers, event filters (`click[…]`) and values that htmx would evaluate."""
    handler = key.startswith(("on", "data-hx-on", "hx-on"))
    filtered = key == "data-hx-trigger" and "[" in value
    return handler or filtered or re.match(r"\s*(js|javascript):", value) is not None


def works_alone(element: templates.Element) -> bool:
    has = element.attributes
    return element.tag == "form" and has.get("method") == "post" and has.get("action") == has["data-hx-post"]


def address(element: templates.Element) -> str | None:
    """Where it leads without htmx; what polls or loads by itself leads where htmx says."""
    if element.tag == "a":
        return element.attributes.get("href")
    if element.tag == "form":
        return element.attributes.get("action")
    return element.attributes["data-hx-get"]
