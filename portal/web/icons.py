"""The icons: one sprite of our own, drawn on a 24 grid and referred to by name."""

import re
from collections.abc import Callable
from functools import cache

from markupsafe import Markup

_SYMBOL = re.compile(r'<symbol id="([a-z]+)".*?</symbol>', re.DOTALL)
_DRAWING = Markup('<svg class="{}" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>')


def symbols(sprite: str) -> dict[str, str]:
    """Each symbol of a sprite's source, by its name."""
    return {found[1]: found[0] for found in _SYMBOL.finditer(sprite)}


def drawer(sprite_url: str, names: frozenset[str]) -> Callable[..., Markup]:
    """What templates call `icon`: draws a symbol of the sprite, always as decoration beside words."""

    def icon(name: str, cls: str = "i") -> Markup:
        if name not in names:
            raise LookupError(f"no icon is called {name}")
        return drawing(sprite_url, name, cls)

    return icon


@cache
def drawing(sprite_url: str, name: str, cls: str) -> Markup:
    """A symbol of a sprite in the ink around it, hidden from screen readers."""
    return _DRAWING.format(cls, sprite_url, name)
