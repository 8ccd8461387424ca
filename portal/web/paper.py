"""Words that differ where nobody can turn the clock: on paper, and in a copy kept on a phone."""

from markupsafe import Markup

_BOTH = Markup('<span class="screen">%s</span><span class="paper">%s</span>')


def both(screen: str, paper: str) -> Markup:
    """What the screen says now, and what paper says for ever; one of the two is drawn."""
    return _BOTH % (screen, paper)
