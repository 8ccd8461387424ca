"""Hangs the collected answers in a real browser: no server, no sign-in, only the page and its files."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Page, Request, Route

from tests.browser.cast import Cast
from tests.browser.gallery import Answer

HOST = "http://localhost"
PHONE, SMALL, DESK = (
    {"width": 390, "height": 844},
    {"width": 320, "height": 640},
    {"width": 1280, "height": 800},
)
Change = Callable[[str], str]


class Frame:
    """One window, through which every answer can be looked at; `restyle` changes what is in a stylesheet."""

    def __init__(self, page: Page, cast: Cast, restyle: Change) -> None:
        self.page, self.cast, self.restyle = page, cast, restyle
        self.hung: Answer | None = None
        self.reply: Answer | None = None
        self.files: dict[str, dict[str, Any]] = {}
        page.route(f"{HOST}/**", self._serve)

    def hang(self, answer: Answer, reply: Answer | None = None) -> Page:
        """Show this answer, and wait until it stands; `reply` is what htmx gets then."""
        self.hung, self.reply = answer, reply
        self.page.goto(f"{HOST}/page", wait_until="load")
        return self.page

    def _serve(self, route: Route, request: Request) -> None:
        if request.url.startswith((f"{HOST}/assets/", f"{HOST}/favicon")):
            self._file(route, request)
        elif request.headers.get("hx-request") and self.reply:
            kind = "text/plain" if self.reply.status >= 500 else "text/html"
            headers = {**self.reply.orders, "Content-Type": kind}
            route.fulfill(status=self.reply.status, body=self.reply.body, headers=headers)
        elif request.headers.get("hx-request"):
            route.fulfill(status=204)
        else:
            assert self.hung is not None
            policy = {"Content-Security-Policy": self.hung.policy}
            route.fulfill(body=self.hung.page, content_type="text/html; charset=utf-8", headers=policy)

    def _file(self, route: Route, request: Request) -> None:
        if request.url not in self.files:
            sent = self.cast.app.test_client().get(request.url.removeprefix(HOST))
            text = self.restyle(sent.text) if sent.mimetype == "text/css" else sent.text
            file = {"status": sent.status_code, "body": text, "content_type": sent.content_type}
            self.files[request.url] = file
        route.fulfill(**self.files[request.url])


@contextmanager
def opened(
    browser: Browser, cast: Cast, size: dict[str, int] | None = None, restyle: Change = str, **wishes: Any
) -> Iterator[Frame]:
    """A window of that size, for people with those wishes of colour and motion."""
    settings = {"viewport": size or PHONE, "locale": "en-GB", "timezone_id": "Europe/Vilnius", **wishes}
    context = browser.new_context(**settings)
    context.set_default_timeout(10_000)
    yield Frame(context.new_page(), cast, restyle)
    context.close()


def whole_pages(answers: list[Answer]) -> list[Answer]:
    """Those that are no fragments."""
    return [answer for answer in answers if not answer.entry.htmx]


def without_new_colours(sheet: str) -> str:
    """The sheet as a browser reads it that knows no colour words younger than hex."""
    sheet = _without_blocks(sheet, "@supports")
    return re.sub(r"[\w-]+:[^;{}]*(?:oklch|oklab|light-dark|color-mix)\([^;{}]*;?", "", sheet)


def _without_blocks(text: str, start: str) -> str:
    while (begin := text.find(start)) >= 0:
        end = text.index("{", begin) + 1
        depth = 1
        while depth:
            depth += {"{": 1, "}": -1}.get(text[end], 0)
            end += 1
        text = text[:begin] + text[end:]
    return text
