"""A club's longer text: a few marks become tags, everything else stays what was typed."""

import re

import pytest

from portal.web import prose


@pytest.mark.parametrize(
    "text, html",
    [
        ("Fresh *every* **day**", "<p>Fresh <em>every</em> <strong>day</strong></p>"),
        ("- tea\n- coffee", "<ul>\n<li>tea</li>\n<li>coffee</li>\n</ul>"),
        ("1. tea", "<ol>\n<li>tea</li>\n</ol>"),
        ("# Where", "<h3>Where</h3>"),
        (
            "[more](https://example.com/a)",
            '<p><a href="https://example.com/a" rel="noopener noreferrer">more</a></p>',
        ),
        ("", ""),
    ],
)
def test_what_marks_mean(text, html):
    assert prose.html(text) == html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](vbscript:a)",
        "[x](//evil.example)",
        '[x](https://a.example "t\\" onclick=alert(1)")',
        "![x](https://a.example/x.png)",
        "<https://a.example/?<b>>",
        "*<b onclick=a>*",
        "```\n<b>\n```",
        "> a\n> <style>*{}</style>",
        "1. <b>\n   # <i>",
        "| a |\n|---|\n| <u> |",
        "***" * 500,
    ],
)
def test_no_tag_but_the_allowed_comes_out(text):
    tags = re.findall(r"<(/?)([^\s>]+)([^>]*)>", prose.html(text))
    assert {name for _, name, _ in tags} <= {"p", "ul", "ol", "li", "h3", "em", "strong", "a", "br"}
    attributes = {more for _, _, more in tags if more}
    assert all(re.fullmatch(r' href="https://[^"]*" rel="noopener noreferrer"', more) for more in attributes)
