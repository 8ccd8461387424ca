"""Where codes come from that somebody else makes. One kind is spoken: a code service over HTTP."""

import http.client
import json
import ssl
from typing import Protocol
from urllib.parse import urlsplit

from portal.config import Settings

PATIENCE = 10.0
LONGEST = 10_000
# What may be better another time; every other refusal is final.
_AGAIN = {408, 409, 425, 429}


class NotNow(Exception):
    """No answer, or one that may be better later: to be asked again under the same key."""


class Never(Exception):
    """The provider will not make this code."""


class Provider(Protocol):
    """Makes codes. The same key means the same code, however often it is asked."""

    def fetch(self, key: str, offer: str) -> str:
        """The code for that key; raises NotNow or Never."""


class CodeService:
    """Asks the one configured address, and no other: no redirect is followed, no proxy asked."""

    def __init__(self, settings: Settings) -> None:
        self._url, self._secret = urlsplit(settings.provider_url), settings.provider_secret

    def fetch(self, key: str, offer: str) -> str:
        """POST {"key", "offer"}, with the key as Idempotency-Key too; the answer is {"code"}."""
        try:
            status, body = self._ask(key, offer)
        except (OSError, http.client.HTTPException) as trouble:
            raise NotNow(type(trouble).__name__) from None
        if status >= 500 or status in _AGAIN:
            raise NotNow(f"answered {status}")
        if status not in (200, 201):
            raise Never(f"answered {status}")
        return _code_in(body)

    def _ask(self, key: str, offer: str) -> tuple[int, bytes]:
        connection = self._connection()
        headers = {
            "Authorization": f"Bearer {self._secret}",
            "Content-Type": "application/json",
            "Idempotency-Key": key,
        }
        try:
            asked = json.dumps({"key": key, "offer": offer})
            connection.request("POST", self._path, asked, headers)
            answer = connection.getresponse()
            return answer.status, answer.read(LONGEST)
        finally:
            connection.close()

    def _connection(self) -> http.client.HTTPConnection:
        host, port = self._url.hostname or "", self._url.port
        if self._url.scheme == "https":
            context = ssl.create_default_context()
            return http.client.HTTPSConnection(host, port, timeout=PATIENCE, context=context)
        return http.client.HTTPConnection(host, port, timeout=PATIENCE)

    @property
    def _path(self) -> str:
        query = f"?{self._url.query}" if self._url.query else ""
        return (self._url.path or "/") + query


def _code_in(body: bytes) -> str:
    try:
        code = json.loads(body)["code"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise Never("answered without a code") from None
    if not isinstance(code, str):
        raise Never("answered without a code")
    return code.strip()
