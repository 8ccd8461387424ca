"""The line work of the house: eight rosettes, one for each offer, and the waves behind the standing card."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from hashlib import blake2s

from markupsafe import Markup

from portal.web import icons


@dataclass(frozen=True)
class Curve:
    """r = mean + swing * cos(petals / turns * angle): closed after so many turns, with so many petals."""

    petals: int
    turns: int
    least: int
    most: int


# The large curve of a shape and the small one inside it.
SHAPES = (
    (Curve(23, 5, 205, 485), Curve(11, 4, 40, 200)),
    (Curve(31, 7, 192, 488), Curve(13, 5, 26, 194)),
    (Curve(19, 6, 172, 488), Curve(9, 4, 70, 190)),
    (Curve(29, 5, 220, 480), Curve(17, 6, 60, 220)),
    (Curve(21, 8, 185, 485), Curve(7, 3, 30, 210)),
    (Curve(34, 9, 205, 485), Curve(12, 5, 40, 220)),
    (Curve(26, 7, 190, 490), Curve(15, 4, 50, 190)),
    (Curve(17, 4, 190, 490), Curve(10, 3, 45, 215)),
)
_KNOTS = 4  # a petal is drawn by four arcs: fewer show corners, more only weigh


def shape_of(offer_id: object) -> int:
    """Which of the eight shapes an offer wears: always the same one, on every screen."""
    return blake2s(str(offer_id).encode(), digest_size=1).digest()[0] % len(SHAPES)


@cache
def symbols() -> str:
    """Every shape and the waves as symbols of a sprite."""
    square, strip = (
        'viewBox="-500 -500 1000 1000"',
        'viewBox="0 0 1200 90" preserveAspectRatio="xMaxYMid slice"',
    )
    roses = "".join(
        f'<symbol id="ros{number}" {square}><path d="{_path(large)}{_path(small)}"/></symbol>\n'
        for number, (large, small) in enumerate(SHAPES)
    )
    waves = "".join(map(_wave, range(9)))
    return f'{roses}<symbol id="band" {strip}><path d="{waves}"/></symbol>\n'


def favicon() -> str:
    """A rosette as a picture of its own, in an ink that shows on light and dark tabs."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-500 -500 1000 1000" fill="none" stroke="#5f82c9"'
        f' stroke-width="34"><path d="{_path(Curve(11, 4, 170, 480))}"/></svg>'
    )


def drawer(sprite_url: str) -> Callable[..., Markup]:
    """What templates call `rosette`: draws a shape of the sprite in the ink around it."""

    def rosette(number: int, cls: str = "") -> Markup:
        return icons.drawing(sprite_url, f"ros{number % len(SHAPES)}", f"ros {cls}".strip())

    return rosette


def _path(curve: Curve) -> str:
    knots = curve.petals * _KNOTS
    step = 2 * math.pi * curve.turns / knots
    start_x, start_y, lead_x, lead_y = _knot(curve, 0, step)
    here = (round(start_x), round(start_y))
    path = f"M{_numbers(*here)}c{_numbers(lead_x, lead_y)}"
    for number in range(1, knots + 1):
        x, y, dx, dy = _knot(curve, number * step, step)
        arc = _numbers(x - dx - here[0], y - dy - here[1], x - here[0], y - here[1])
        # Every arc but the first mirrors the one before, so it names only its own end.
        path += _glued(arc) if number == 1 else f"s{arc}"
        here = (round(x), round(y))
    return path + "z"


def _knot(curve: Curve, angle: float, step: float) -> tuple[float, float, float, float]:
    """A point of the curve, and how far its control points stand off."""
    mean, swing = (curve.most + curve.least) / 2, (curve.most - curve.least) / 2
    rate = curve.petals / curve.turns
    radius, slope = mean + swing * math.cos(rate * angle), -swing * rate * math.sin(rate * angle)
    cos, sin = math.cos(angle), math.sin(angle)
    dx, dy = slope * cos - radius * sin, slope * sin + radius * cos
    return radius * cos, radius * sin, dx * step / 3, dy * step / 3


def _wave(line: int) -> str:
    height = round(-52 * math.cos(math.radians(20 * line)))
    return f"M{-15 * line} 45q38 {height} 75 0" + "t75 0" * 17


def _numbers(*values: float) -> str:
    first, *rest = (str(round(value)) for value in values)
    return first + "".join(map(_glued, rest))


def _glued(number: str) -> str:
    # A minus sign parts two numbers as well as a space does.
    return number if number.startswith("-") else f" {number}"
