"""A browser without scripts: it keeps cookies, and sends each form with the token of the page."""

import re
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


class Visitor:
    """Somebody at a browser of their own; `base_url` says over which address they come."""

    def __init__(self, app: Flask, base_url: str = "http://localhost") -> None:
        self.base_url = base_url
        self.client: FlaskClient = app.test_client()

    def get(self, path: str, **headers: str) -> TestResponse:
        return self.client.get(path, base_url=self.base_url, headers=_dashed(headers))

    def post(self, path: str, fields: dict[str, str] | None = None, **headers: str) -> TestResponse:
        """Send a form as a page of ours would."""
        typed = {"csrf_token": self.token(), **(fields or {})}
        headers.setdefault("Referer", f"{self.base_url}/")
        return self.client.post(path, base_url=self.base_url, data=typed, headers=_dashed(headers))

    def token(self) -> str:
        """What the hidden field of a page holds."""
        found = _TOKEN.search(self.get("/terms").text)
        assert found is not None
        return found[1]

    def cookie(self, name: str) -> str | None:
        """What the browser keeps under that name."""
        kept = self.client.get_cookie(name, domain=self.base_url.partition("//")[2])
        return kept.value if kept else None


def asking_for(language: str) -> type[FlaskClient]:
    """A kind of browser that would like that language."""

    class Browser(FlaskClient):
        def __init__(self, *given: Any, **named: Any) -> None:
            super().__init__(*given, **named)
            self.environ_base["HTTP_ACCEPT_LANGUAGE"] = language

    return Browser


def _dashed(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}
