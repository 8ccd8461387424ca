"""Every page of pages.py as the app answers it, collected once in a run and looked at in many ways."""

import re
from dataclasses import dataclass

from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from tests.browser.cast import Cast
from tests.browser.pages import ALL, Entry

HTMX = {"HX-Request": "true"}


@dataclass(frozen=True)
class Answer:
    """What came to the browser, and from which route; `orders` are what htmx is told besides."""

    entry: Entry
    route: str
    status: int
    body: str
    policy: str
    orders: dict[str, str]

    @property
    def name(self) -> str:
        return self.entry.name

    @property
    def page(self) -> str:
        """A whole document; of a fragment too, its title where titles stand, the rest below headings."""
        if not self.entry.htmx:
            return self.body
        titles = re.findall(r"<title>.*?</title>", self.body, re.S)
        title = titles[0] if titles else "<title>Fragment</title>"
        rest = re.sub(r"<title>.*?</title>", "", self.body, flags=re.S)
        head = f'<html lang="en"><head><meta charset="utf-8">{title}</head>'
        return f"<!doctype html>{head}<body>{_above(rest)}{rest}</body></html>"


def collect(cast: Cast) -> list[Answer]:
    """Ask for everything in the order of the list."""
    cast.clients["asked"] = cast.app.test_client()
    cast.clients["asked"].post("/sign-in/mail", data={"email": "silver@example.com"})
    cast.clients["keeper"].post("/wallet/copy", data={"keep": "on"})
    return [_answer(cast, entry) for entry in ALL]


def named(answers: list[Answer], name: str) -> Answer:
    """The one that is called so."""
    [only] = [answer for answer in answers if answer.name == name]
    return only


def _above(fragment: str) -> str:
    """The headings under which a fragment comes to stand in its page."""
    first = re.search(r"<h([1-6])", fragment)
    return "".join(f"<h{level}>Around it</h{level}>" for level in range(1, int(first[1]) if first else 2))


def _answer(cast: Cast, entry: Entry) -> Answer:
    client, path = cast.clients[entry.who], entry.path.format(**cast.places)
    headers = HTMX if entry.htmx else {}
    if entry.sent is None:
        response = client.get(path, headers=headers)
    else:
        response = client.post(path, headers=headers, data=dict(entry.sent))
    is_page = response.mimetype == "text/html" and bool(response.text)
    assert is_page, _fault(entry, response)
    policy = response.headers["Content-Security-Policy"]
    orders = {name: value for name, value in response.headers if name.startswith("HX-")}
    return Answer(entry, _route(cast, path, entry), response.status_code, response.text, policy, orders)


def _route(cast: Cast, path: str, entry: Entry) -> str:
    try:
        method = "GET" if entry.sent is None else "POST"
        endpoint, _ = cast.app.url_map.bind("localhost").match(path.partition("?")[0], method=method)
    except HTTPException:
        return ""
    return str(endpoint)


def _fault(entry: Entry, response: TestResponse) -> str:
    where = response.headers.get("Location", "")
    return f"{entry.name} answers {response.status_code} {response.mimetype} {where}, not a page"
