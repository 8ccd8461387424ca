"""A browser without scripts over a real line: what it sends can be sent again, byte for byte."""

import re
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from http.cookies import SimpleCookie
from urllib.parse import urlencode

PATIENCE = 30.0
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
_KEY = re.compile(r'name="key" value="([^"]+)"')
_WAITING = re.compile(r"<template\b.*?</template>", re.DOTALL)
_VERDICT = re.compile(r'data-v="(\w+)"')


class NoAnswer(Exception):
    """The line went dead: nobody knows whether the deed was done."""


class NobodyThere(NoAnswer):
    """Nothing was sent, for nobody listens."""


@dataclass(frozen=True)
class Request:
    """All that is sent."""

    method: str
    path: str
    body: str = ""


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    location: str
    text: str

    @property
    def verdict(self) -> str:
        """Which of the counter's verdicts stands on the page."""
        found = _VERDICT.search(_WAITING.sub("", self.text))
        return found[1] if found else ""

    @property
    def key(self) -> str:
        """The key of the page's form, as its hidden field holds it."""
        found = _KEY.search(self.text)
        assert found is not None, self.text
        return found[1]


@dataclass
class Caller:
    """Somebody at a browser of their own, who comes to that port."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str) -> Answer:
        return self.send(Request("GET", path))

    def form(self, path: str, page: str, **fields: str) -> Request:
        """The form of a page, filled in and ready to be sent, once or twice."""
        token = _TOKEN.search(self.get(page).text)
        assert token is not None
        return Request("POST", path, urlencode({"csrf_token": token[1], **fields}))

    def send(self, request: Request) -> Answer:
        """Send it and hear the answer, or NoAnswer."""
        line = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            line.request(request.method, request.path, request.body or None, self._headers())
            heard = line.getresponse()
            text = heard.read().decode()
        except ConnectionRefusedError as nobody:
            raise NobodyThere from nobody
        except (OSError, HTTPException) as dead:
            raise NoAnswer(str(dead)) from dead
        finally:
            line.close()
        for cookie in heard.headers.get_all("Set-Cookie", []):
            self.cookies |= {name: kept.value for name, kept in SimpleCookie(cookie).items()}
        return Answer(heard.status, heard.headers.get("Location", ""), text)

    def _headers(self) -> dict[str, str]:
        return {
            "Connection": "close",
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        }
