"""Colours measured: how well one is read on another, how far two are apart, and what a mixture comes to."""

import math

Rows = tuple[tuple[float, float, float], ...]

# How a deuteranope sees linear red, green and blue (Machado, Oliveira and Fernandes, 2009).
DEUTERANOPE: Rows = (
    (0.367322, 0.860646, -0.227968),
    (0.280085, 0.672501, 0.047413),
    (-0.011820, 0.042940, 0.968881),
)
_CONES: Rows = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
_LAB: Rows = (
    (0.2104542553, 0.7936177850, -0.0040720468),
    (1.9779984951, -2.4285922050, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.8086757660),
)
_BACK_TO_CONES = (
    (0.3963377774, 0.2158037573),
    (-0.1055613458, -0.0638541728),
    (-0.0894841775, -1.2914855480),
)
_BACK_TO_RGB: Rows = (
    (4.0767416621, -3.3077115913, 0.2309699292),
    (-1.2684380046, 2.6097574011, -0.3413193965),
    (-0.0041960863, -0.7034186147, 1.7076147010),
)


def contrast(one: str, other: str) -> float:
    """The ratio that accessibility rules ask 4.5 of."""
    dark, light = sorted(_weigh(_linear(colour), (0.2126, 0.7152, 0.0722)) for colour in (one, other))
    return (light + 0.05) / (dark + 0.05)


def distance(one: str, other: str, eye: Rows | None = None) -> float:
    """How far two colours are apart in OKLab, for an eye."""
    seen = [_linear(colour) for colour in (one, other)]
    if eye is not None:
        seen = [tuple(max(_weigh(colour, row), 0) for row in eye) for colour in seen]
    return math.dist(*(_oklab(colour) for colour in seen))


def hex_of(light: float, strength: float, angle: float) -> str:
    """An OKLCH colour as hex."""
    a, b = (strength * turn(math.radians(angle)) for turn in (math.cos, math.sin))
    cones = tuple((light + first * a + second * b) ** 3 for first, second in _BACK_TO_CONES)
    return "#" + "".join(f"{round(255 * _encoded(_weigh(cones, row))):02x}" for row in _BACK_TO_RGB)


def _linear(colour: str) -> tuple[float, ...]:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return tuple(part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)


def _encoded(part: float) -> float:
    part = min(max(part, 0), 1)
    return 12.92 * part if part <= 0.0031308 else float(1.055 * part ** (1 / 2.4) - 0.055)


def _oklab(colour: tuple[float, ...]) -> tuple[float, ...]:
    cones = tuple(float(_weigh(colour, row) ** (1 / 3)) for row in _CONES)
    return tuple(_weigh(cones, row) for row in _LAB)


def _weigh(values: tuple[float, ...], weights: tuple[float, ...]) -> float:
    return sum(value * weight for value, weight in zip(values, weights, strict=True))
