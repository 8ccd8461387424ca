"""A device at the counter: what a person does there and reads, forms with the token of their page."""

import re
from html import unescape
from typing import TYPE_CHECKING

from flask import Flask
from werkzeug.test import TestResponse

if TYPE_CHECKING:
    from tests.counter.town import Town


class Page:
    """What a person at the device does and reads; forms are posted with what stands in them."""

    def __init__(self, app: Flask, cookies: dict[str, str]) -> None:
        self.client = app.test_client()
        for name, value in cookies.items():
            self.client.set_cookie(name, value)
        self.answer: TestResponse

    def open(self, url: str, **headers: str) -> "Page":
        self.answer = self.client.get(url, headers=headers)
        return self

    def post(self, url: str, *, follow: bool = True, htmx: bool = False, **fields: str) -> "Page":
        headers = {"HX-Request": "true"} if htmx else {}
        self.answer = self.client.post(url, data={**self.token(), **fields}, headers=headers)
        if follow and self.status == 303:
            self.answer = self.client.get(self.answer.headers["Location"])
        return self

    def scan(self, town: "Town", code: str, *, htmx: bool = False, key: str = "") -> "Page":
        return self.post(f"{town.bench}/scans", code=code, htmx=htmx, key=key)

    @property
    def status(self) -> int:
        return self.answer.status_code

    @property
    def html(self) -> str:
        """The answer without what waits in templates."""
        return re.sub(r"<template\b.*?</template>", "", self.answer.get_data(as_text=True), flags=re.DOTALL)

    @property
    def text(self) -> str:
        """All that can be read, in one line."""
        return words(re.sub(r"<(script|style|title)\b.*?</\1>", " ", self.html, flags=re.DOTALL))

    def part(self, attribute: str) -> str:
        """The words of the first element that has this attribute."""
        return words(element(self.html, attribute))

    @property
    def verdict(self) -> tuple[str, str, str]:
        """Which of the verdicts it is, its word, and the command."""
        kind = re.search(r'data-v="(\w+)"', self.html)
        headline = re.search(r"<h1[^>]*>(.*?)</h1>", self.html, flags=re.DOTALL)
        assert kind is not None, self.text
        assert headline is not None, self.text
        return kind[1], self.part('class="word"'), unescape(headline[1])

    @property
    def then(self) -> str:
        return self.part('class="then"')

    @property
    def title(self) -> str:
        found = re.search(r"<title>(.*?)</title>", self.html)
        assert found is not None
        return unescape(found[1])

    @property
    def buttons(self) -> list[str]:
        """What the verdict offers to press."""
        inside = element(self.html, 'class="btns"')
        found = re.findall(r"<button.*?</button>|<a .*?</a>", inside, flags=re.DOTALL)
        return [words(each) for each in found]

    def token(self) -> dict[str, str]:
        page = self.client.get("/counter").get_data(as_text=True)
        found = re.search(r'name="csrf_token" value="([^"]+)"', page)
        return {"csrf_token": found[1]} if found else {}


def words(html: str) -> str:
    """What is left without the tags."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


def element(html: str, attribute: str) -> str:
    """The first element with this attribute, to its own end, its room made even; or nothing."""
    opening = re.search(rf"<(\w+)[^>]*{attribute}[^>]*>", html)
    if opening is None:
        return ""
    rest, depth = html[opening.start() :], 0
    for tag in re.finditer(rf"<(/?){opening[1]}\b[^>]*>", rest):
        depth += -1 if tag[1] else 1
        if depth == 0:
            return re.sub(r"\s+", " ", rest[: tag.end()])
    return ""
