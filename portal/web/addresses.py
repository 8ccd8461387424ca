"""Addresses that stand in lists: built once for everybody, since they name offers and nobody."""

from functools import lru_cache

from flask import request, url_for

KEPT = 4096


def of(endpoint: str, **parts: str | int | None) -> str:
    """What `url_for` answers. Not for addresses with a key, a token or somebody's reference in them."""
    return _built(request.script_root, endpoint, *parts.items())


@lru_cache(KEPT)
def _built(_root: str, endpoint: str, *parts: tuple[str, str | int | None]) -> str:
    return url_for(endpoint, **dict(parts))  # type: ignore[arg-type]
